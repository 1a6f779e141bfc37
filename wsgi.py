"""The server's entry: `granian --interface wsgi wsgi:app`."""

from lms import create_app

app = create_app()
