"""`flask courses preview`: a page beside the editor that follows the files as they are saved."""

import logging

import click
from flask import Flask, current_app
from werkzeug.serving import WSGIRequestHandler, make_server

from lms.authoring.cli import commands, courses_folder, stop
from lms.authoring.live import LiveFolder
from lms.authoring.live_views import blueprint, nothing_else
from lms.content.serving import network


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request: the terminal is for what an author has to know."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Leave it out."""


@commands.command("preview")
@click.option("--port", default=5050, show_default=True, help="Where the page is; 0 takes one that is free.")
def preview_courses(port: int) -> None:
    """Serve a page on this machine that shows each module as it is written; it needs no database."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 its documented way
    network()  # whose name and colours its pages have: without it the command ends here
    prepare(app, LiveFolder(courses_folder()))
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    try:
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    except (OSError, SystemExit):
        stop(f"Port {port} is taken. Choose another one with --port.")
    click.echo(
        f"Open http://127.0.0.1:{server.server_port}/preview/ and leave this running. End it with Ctrl-C."
    )
    server.serve_forever()


def prepare(app: Flask, live: LiveFolder) -> None:
    """Give an application the pages of the preview; its other pages lead there."""
    # Cookies know no port: that of a service on the same machine would be taken for ours.
    app.config["SESSION_COOKIE_NAME"] = "preview"
    app.extensions["live"] = live
    app.register_blueprint(blueprint)
    app.before_request_funcs.setdefault(None, []).insert(0, nothing_else)
