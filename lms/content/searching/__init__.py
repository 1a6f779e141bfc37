"""Search: the sections of all that is published, kept in the database and found by their words."""
