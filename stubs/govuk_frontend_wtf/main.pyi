from collections.abc import Mapping
from typing import Any

from flask import Flask
from wtforms import Form

class WTFormsHelpers:
    def __init__(self, app: Flask | None = ...) -> None: ...
    def init_app(self, app: Flask) -> None: ...

def wtforms_errors(form: Form, params: Mapping[str, Any] = ...) -> dict[str, Any]: ...
