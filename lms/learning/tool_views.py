"""The pages of the calculators. All of a result is in its address, and nothing of it is stored."""

from flask import Response, abort, request

from lms.content import catalogue
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.tools.kinds import TOOLS, blank, worked_out
from lms.people.access import requires


@blueprint.get("/tools/")
@requires("home")
def tools() -> Response:
    """Show which calculators there are."""
    return page("learning/tools.html", tools=TOOLS.values())


@blueprint.get("/tools/<string:tool>")
@requires("home")
def tool(tool: str) -> Response:
    """Show a calculator, with its result once something is filled in."""
    found = TOOLS.get(tool)
    if found is None:
        abort(404)
    framework = catalogue.current().framework
    if not any(field in request.args for field in found.form()._fields):
        return page("learning/tool.html", shown=blank(found, framework), form=None)
    shown = worked_out(found, framework, request.args)
    return page("learning/tool.html", 422 if shown.form.errors else 200, shown=shown, form=shown.form)
