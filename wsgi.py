"""The server's entry: `granian --interface wsgi wsgi:app`. Commands come in here too."""

import sys

from lms import create_app
from lms.core.settings import SettingsError
from lms.reports.warming import warm_with_the_first_request

COULD_NOT_RUN = 2

try:
    app = create_app()
except SettingsError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(COULD_NOT_RUN)

warm_with_the_first_request(app)
