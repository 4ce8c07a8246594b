"""Steps that are paid online: their form takes what a confirmed payment fills in, and the pack has what [payment] names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.domain.findings import LintFinding
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.pack import SETTINGS
from wardflow.packs.payment import FORM, ONLINE


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Forms that would refuse a payment, papers and notices that are not there."""
    for path, _, node in sheet.tasks():
        if "pay" in node.attributes and not _takes(sheet.forms.get(node.attributes.get("form", ""))):
            yield sheet.at_node("payment.form-unlike", path, node, fields=", ".join(FORM), method=ONLINE)
    payment = sheet.pack.payment
    if payment.slip and payment.slip not in sheet.pack.slips:
        yield sheet.at_text("slip.undeclared", SETTINGS, "[payment]", slip=payment.slip)
    if payment.notice and payment.notice not in sheet.pack.notices:
        yield sheet.at_text("notice.undeclared", SETTINGS, "[payment]", notice=payment.notice)


def _takes(form: Mapping[str, Any] | None) -> bool:
    """True for a form that asks for what a payment knows, and for nothing else."""
    if form is None:
        return False
    fields = form.get("properties", {})
    ways = fields.get("method", {}).get("enum", [ONLINE])
    return fields.keys() >= set(FORM) and set(form.get("required", ())) <= set(FORM) and ONLINE in ways
