"""The network of the running application."""

from flask import Flask, current_app

from lms.content.network import FIRST, Network
from lms.content.network_files import NetworkReading, network_of
from lms.core.settings import Settings, SettingsError


def setup_network(app: Flask, settings: Settings) -> None:
    """Read which network is served; pages, mails and the style sheet take name, words and colours from it.

    A file that does not hold is kept with its mistakes, so that `flask courses check` can name them.
    Raises SettingsError when the demonstration is asked for with another network than its own.
    """
    reading = network_of(settings.courses)
    app.extensions["network"] = reading
    found = reading.network
    if settings.demonstration and found is not FIRST:
        message = (
            "LMS_DEMONSTRATION: the demonstration belongs to the first network, and LMS_COURSES leads to "
            "another. Set LMS_DEMONSTRATION=0, or leave out LMS_COURSES."
        )
        raise SettingsError(message)
    if found:
        app.jinja_env.globals.update(network=found, site_name=settings.site_name or found.name)
        app.config["COLOURS"] = found.colours.changed()


def network() -> Network:
    """The network that is served.

    Raises SettingsError when its file does not hold.
    """
    reading: NetworkReading = current_app.extensions["network"]
    return reading.whole()
