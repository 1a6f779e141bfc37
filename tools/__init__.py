"""Set-up of this project: plain Python with the standard library alone, since nothing is installed before it runs."""
