"""Set-up of this project, with the standard library alone: it runs before anything is installed."""
