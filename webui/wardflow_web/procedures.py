"""The public catalogue of procedures: found without tone marks, each with what to bring, what it costs, how long, who decides and why."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from wardflow.cases import reads
from wardflow.cases.opening import PlaceRule
from wardflow.cases.reads.catalogue import CatalogueEntry
from wardflow.domain.names import in_order

from wardflow_web import rates
from wardflow_web.filling import Filling
from wardflow_web.language import mark_for_translation as _
from wardflow_web.visitor import platform

pages = Blueprint("procedures", __name__)

KINDS = {
    "original": _("Bản chính"),
    "certified": _("Bản sao có chứng thực"),
    "copy": _("Bản chụp"),
    "data": _("Cơ quan tự tra dữ liệu, không phải nộp"),
}
LEVELS = {
    "commune": _("Ủy ban nhân dân xã, phường"),
    "city": _("Thành phố"),
    "department": _("Sở, ngành của Thành phố"),
}
ONLINE = {"full": _("Làm trọn qua mạng"), "part": _("Nộp qua mạng, đến nơi một lần"), "info": _("Nộp trực tiếp")}


@pages.get("/procedures")
def listed() -> str:
    """Every procedure that can be filed today, or those that hold the words asked for."""
    rates.check("catalogue")
    text = request.args.get("q", "").strip()
    rows = reads.catalogue(platform(), text)
    return render_template("procedures.html", rows=rows, text=text, levels=LEVELS, online=ONLINE)


@pages.get("/procedures/<code>")
def show(code: str) -> str:
    """One procedure; with a place chosen also who decides there and when it would be due."""
    rates.check("catalogue")
    entry = reads.catalogue_entry(platform(), code)
    place = request.args.get("place", "")
    return render_template(
        "procedure.html",
        entry=entry,
        asked=_asked(entry),
        total=sum(fee.amount or 0 for fee in entry.fees),
        places=sorted((unit for unit in platform().register().units if unit.kind in COMMUNES), key=lambda unit: in_order(unit.name)),
        place=place,
        decider=reads.decider(platform(), code, place) if place else None,
        on_form=entry.place is PlaceRule.FORM,
        kinds=KINDS,
        levels=LEVELS,
        online=ONLINE,
    )


COMMUNES = ("ward", "rural", "special_zone")


def _asked(entry: CatalogueEntry) -> tuple[str, ...]:
    """What the form of the procedure asks for, by the names of its parts."""
    if entry.schema is None:
        return ()
    return tuple(drawn.label for drawn in Filling(entry.schema, entry.schemas, {}).fields() if drawn.label)
