"""Official papers as PDF/A: a template and the data of one case, set by Typst.

The data travels as data: nothing a person typed becomes markup. A template sees its data and the shipped letterhead,
and nothing else: no other file, no package, no font of the machine, no present moment. The same data gives the same paper.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from wardflow.documents.amounts import in_words
from wardflow.documents.qr import qr_svg
from wardflow.errors import SlipTemplateRefused

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "a-2b"


def template(name: str) -> bytes:
    """A template that ships with the platform: receipt, supplement, refusal, apology, stop, control, decision, minute or payment."""
    file = TEMPLATES / f"{name}.typ"
    if not name.isidentifier() or not file.is_file():
        raise SlipTemplateRefused(why=f"none of the name {name} ships with the platform")
    return file.read_bytes()


def render(template: bytes, data: Mapping[str, Any]) -> bytes:
    """The paper as PDF/A-2b; this folder's README lists what `data` may hold."""
    if b'"@' in template:
        raise SlipTemplateRefused(why="it asks for a package")
    nowhere = TEMPLATES / "no-packages"
    paper = typst.Compiler(
        template,
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs=_inputs(data),
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    try:
        made = paper.compile(format="pdf", pdf_standards=[STANDARD], timestamp=_day(data["date"]))
    except typst.TypstError as wrong:
        raise SlipTemplateRefused(why=wrong.message) from wrong
    assert isinstance(made, bytes)    # a list comes only from the formats that are pictures
    return made


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    total = sum(fee["amount"] for fee in data.get("fees") or ())
    shown = {**data, "fees_total": total, "fees_in_words": in_words(total)}
    address = (data.get("tracking") or {}).get("url")
    return {"data": json.dumps(shown, ensure_ascii=False), "qr": qr_svg(address).decode() if address else ""}
