"""Errors in the code that keeps the ledger: a function gets the body that changed source gives it."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest

Change = Callable[[str], str]


@dataclass(frozen=True)
class LedgerPlant:
    """An error in words, where it is made, and what notices it."""

    error: str
    module: ModuleType
    function: str
    change: Change
    noticed_by: frozenset[str]

    @contextmanager
    def grown(self) -> Iterator[None]:
        """Make the error, for everybody who calls the function."""
        source = Path(str(self.module.__file__)).read_text()
        changed = compile(self.change(source), f"{self.error} in {self.module.__name__}", "exec")
        body = _code_of(changed, self.function)
        assert body != self._found().__code__, f"{self.function} is as it was: plant this error elsewhere"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self._found(), "__code__", body)
            self._forget()
            yield
        self._forget()

    def _forget(self) -> None:
        """Build every statement again that is kept."""
        for each in vars(self.module).values():
            if hasattr(type(each), "cache_clear"):
                each.cache_clear()

    def _found(self) -> FunctionType:
        found: object = self.module
        for name in self.function.split("."):
            found = inspect.unwrap(getattr(found, name))
        assert isinstance(found, FunctionType)
        return found


def _code_of(code: CodeType, name: str) -> CodeType:
    return next(each for each in _within(code) if each.co_qualname == name)


def _within(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _within(each)
