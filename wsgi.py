"""The server's entry: `granian --interface wsgi wsgi:app`. Commands come in here too."""

import os
import sys

from lms import create_app
from lms.content.serving import network
from lms.core.settings import SettingsError
from lms.reports.warming import warm_with_the_first_request

COULD_NOT_RUN = 2

try:
    app = create_app()
    # A command such as `flask courses check` is there to name what is wrong; a server must not begin with it.
    if "FLASK_RUN_FROM_CLI" not in os.environ:
        with app.app_context():
            network()
except SettingsError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(COULD_NOT_RUN)

warm_with_the_first_request(app)
