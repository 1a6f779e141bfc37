"""The network of the running application."""

from flask import Flask, current_app
from flask_babel import LazyString, gettext

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
    app.jinja_env.globals["word"] = word
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


def word(name: str, *, first: bool = False) -> LazyString:
    """A word of the network that is served, by its key, worked out when it is printed.

    With `first` it begins with a capital, as the first of a label.
    """
    return LazyString(_word, name, first=first)


def _word(name: str, *, first: bool) -> str:
    found = str(gettext(getattr(network().words, name)))
    return found[:1].upper() + found[1:] if first else found
