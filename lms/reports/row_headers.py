"""Says in a tagged PDF which cells name their rows, which the typesetter cannot say yet."""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf

OF_ITS_ROW = {"/O": Name.Table, "/Scope": Name.Row}


def with_row_headers(made: bytes) -> bytes:
    """The file in which the first cell of each row of a table is the header of its row.

    Cells no longer list their headers one by one: both kinds follow from where they stand.
    """
    changed = BytesIO()
    with Pdf.open(BytesIO(made)) as pdf:
        for element in _elements(pdf.Root.StructTreeRoot):
            cells = list(_kids(element)) if element.S == Name.TR else []
            if cells and cells[0].S == Name.TD:
                for cell in cells:
                    cell.A = Array(_attributes(cell))
                cells[0].S = Name.TH
                cells[0].A.append(Dictionary(OF_ITS_ROW))
        pdf.save(changed)
    return changed.getvalue()


def _attributes(cell: Object) -> list[Object]:
    """What else is said of a cell, such as how it is framed."""
    said = [each for each in cell.get("/A", Array()) if isinstance(each, Dictionary)]
    return [each for each in said if "/Headers" not in each]


def _elements(parent: Object) -> Iterator[Object]:
    for each in _kids(parent):
        yield each
        yield from _elements(each)


def _kids(parent: Object) -> Iterator[Object]:
    """The elements right inside another; what is no element is text or a link."""
    found = parent.get("/K", Array())
    for each in found if isinstance(found, Array) else [found]:
        if isinstance(each, Dictionary) and "/S" in each:
            yield each
