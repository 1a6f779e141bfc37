"""The pages of the calculators. All of a result is in its address, and nothing of it is stored."""

from flask import Response, abort, request

from lms.content import catalogue
from lms.content.serving import network
from lms.core.pages import page
from lms.learning.blueprint import blueprint
from lms.learning.calculator_forms.kinds import CALCULATORS, blank, worked_out
from lms.people.access import requires


@blueprint.get("/tools/")
@requires("home")
def calculators() -> Response:
    """Show which calculators the network offers."""
    kinds = [CALCULATORS[each] for each in network().calculators]
    return page("learning/calculators.html", kinds=kinds) if kinds else abort(404)


@blueprint.get("/tools/<string:calculator>")
@requires("home")
def calculator(calculator: str) -> Response:
    """Show a calculator, with its result once something is filled in."""
    found = CALCULATORS.get(calculator)
    if found is None or found.id not in network().calculators:
        abort(404)
    framework = catalogue.current().framework
    alone = request.headers.get("HX-Target") != f"calculator-{found.id}"
    if not any(field in request.args for field in found.form()._fields):
        return page("learning/calculator.html", shown=blank(found, framework), form=None, alone=alone)
    shown = worked_out(found, framework, request.args)
    status = 422 if shown.form.errors else 200
    return page("learning/calculator.html", status, shown=shown, form=shown.form, alone=alone)
