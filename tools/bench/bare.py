"""The bare page that the product is compared with: a log-in, one query of 20 rows, as many bytes.

Served as `granian --interface wsgi tools.bench.bare:app`, on the same database and the same server.
"""

import os

from flask import Flask, render_template
from flask_login import LoginManager, UserMixin, login_required
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DATABASE, SECRET, BYTES = "BENCH_DATABASE", "BENCH_SECRET", "BENCH_BYTES"
ROWS = 20
TABLE = """<!DOCTYPE html><html lang="en-GB"><head><title>Bare</title></head><body><main><h1>Bare</h1>
<p>{{ current_user.name }}</p><table><tbody>{% for row in rows %}
<tr><td><a href="/{{ row.id }}">{{ row.name }}</a></td><td>{{ row.email }}</td></tr>{% endfor %}
</tbody></table><p>PADDING</p></main></body></html>"""
ROW_BYTES = 100
"""About what a row adds to the page."""


class Base(DeclarativeBase):
    """The tables of the bare page."""


db = SQLAlchemy(model_class=Base)


class Row(UserMixin, Base):
    """A person of the demonstration: the rows of the page, and who has logged in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


def template(size: int) -> str:
    """A template that renders to about so many bytes; most of a page of text stands still, as here."""
    rest = max(0, size - len(TABLE) - ROWS * ROW_BYTES)
    line = "Words of a page that no expression makes. "
    return TABLE.replace("PADDING", (line * (rest // len(line) + 1))[:rest])


def create_bare_app(database: str, secret: str, size: int) -> Flask:
    """Make the application; its one page is about `size` bytes long."""
    bare = Flask("bare")
    bare.config.update(SECRET_KEY=secret, SQLALCHEMY_DATABASE_URI=f"sqlite:///{database}")
    bare.jinja_loader = DictLoader({"page.html": template(size)})
    db.init_app(bare)
    manager = LoginManager(bare)

    @manager.user_loader
    def who(kept: str) -> Row | None:
        return db.session.get(Row, int(kept))

    @bare.get("/")
    @login_required
    def page() -> str:
        return render_template("page.html", rows=db.session.scalars(select(Row).order_by(Row.id).limit(ROWS)))

    @bare.get("/healthz")
    def health() -> str:
        return "ok"

    return bare


def session_of(bare: Flask, person_id: int) -> str:
    """The value of a session’s cookie for a person who has logged in."""
    signer = bare.session_interface.get_signing_serializer(bare)  # type: ignore[attr-defined]
    return str(signer.dumps({"_user_id": str(person_id), "_fresh": True}))


app = (
    create_bare_app(os.environ[DATABASE], os.environ[SECRET], int(os.environ[BYTES]))
    if DATABASE in os.environ
    else None
)
"""The served application; None where this module is only imported."""
