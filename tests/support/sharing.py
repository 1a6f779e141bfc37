"""What the applications of one worker share: texts of SQL, compiled templates and builders of addresses.

A server works them out once in its life; each test makes an application, and would pay for them anew.
Nothing of it holds a row, a setting or who is logged in.
"""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from lms.core.database import db

if TYPE_CHECKING:
    from types import CodeType

STATEMENTS = 2_000
Builder = Callable[..., tuple[str, str]]


class Templates(BytecodeCache):
    """Compiled templates, found by the text that they were compiled from."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from this text before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled from this text."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_builders: dict[Hashable, Builder] = {}
_templates = Templates()
_engines: dict[str, Engine] = {}
_statements: LRUCache[object, object] = LRUCache(STATEMENTS)


class SharedRule(Rule):
    """An address of the application; what writes it out is compiled once from all that it depends on.

    Should Werkzeug rename the method, applications would take longer to make, and do the same.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 its own form
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in _builders:
            _builders[key] = super()._compile_builder(append_unknown)
        return _builders[key]


def share(app: Flask) -> None:
    """Let an application use what those before it worked out; the first is one that has been connected."""
    app.jinja_env.bytecode_cache = _templates
    with app.app_context():
        first = _engines.setdefault(db.engine.dialect.name, db.engine)
        # What was compiled is found under the dialect that it was compiled for.
        db.engine.dialect = first.dialect
        db.engine.update_execution_options(compiled_cache=_statements)
