"""Measures what pages cost beside a bare Flask page on the same server: `make bench`."""
