"""A table as a CSV file that every spreadsheet opens as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def as_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The file to download; no text in it is run by a spreadsheet, numbers stay numbers."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(head)
    lines.writerows([_cell(cell) for cell in row] for row in rows)
    # the mark at the beginning tells a spreadsheet that the letters are UTF-8
    return Response(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue(), mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _cell(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
