"""Tools of this project. Set-up runs on the standard library alone, before anything is installed."""
