from pathlib import Path
from typing import Protocol

class NameRecord:
    nameID: int
    string: str

class NameTable(Protocol):
    names: list[NameRecord]

class TTFont:
    flavor: str | None
    def __init__(self, file: Path) -> None: ...
    def __getitem__(self, tag: str) -> NameTable: ...
    def save(self, file: Path) -> None: ...
