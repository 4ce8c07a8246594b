"""Who may decide what, where and since when: the question, the instruments, what is wrong among them, and what changed."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template, request
from wardflow.cases import reads
from wardflow.domain.names import in_order
from wardflow.domain.register import Unit
from wardflow.domain.units import Level
from wardflow.errors import InstrumentUnknown
from wardflow.permissions import Question, may

from wardflow_web.calendar_form import Typed as Days
from wardflow_web.register_words import worded
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("authority", __name__)


@pages.get("/register")
@required
def show() -> str:
    """The question with its answer, and all instruments by form."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("procedure", "place", "on")}
    day = Days.read_day(asked["on"]) if asked["on"] else _today()
    answer = None
    if asked["procedure"] and asked["place"] and day is not None and platform().register().knows_unit(asked["place"]):
        answer = reads.decides(platform(), someone(), asked["procedure"], asked["place"], day)
    return render_template(
        "register.html",
        overview=reads.overview(platform(), someone()),
        asked={**asked, "on": asked["on"] or f"{_today():%d/%m/%Y}"},
        wrong_day=day is None,
        answer=answer,
        procedures=reads.known_procedures(platform(), someone()),
        communes=_communes(),
        units={unit.id: unit for unit in platform().register().units},
        may_change=_may_change(),
    )


@pages.get("/register/instruments/<int:paper>")
@required
def paper(paper: int) -> str:
    """One instrument: what it gives to whom, under which conditions, from when to when."""
    reads.overview(platform(), someone())
    register = platform().register()
    try:
        found = register.instrument(paper)
    except InstrumentUnknown:
        abort(404)
    return render_template(
        "register_paper.html", paper=found, units={unit.id: unit for unit in register.units}, today=_today(), may_change=_may_change()
    )


@pages.get("/register/log")
@required
def log() -> str:
    """What changed in the register, newest first."""
    rows = [(entry, who, worded(reason)) for entry, who, reason in reads.register_changes(platform(), someone())]
    return render_template("register_log.html", rows=rows)


def _communes() -> list[Unit]:
    """The units of the city where something can be: its communes, then its departments for what lies in none."""
    register = platform().register()
    tops = [unit for unit in register.units if unit.parent is not None and register.unit(unit.parent).parent is None]
    return sorted(tops, key=lambda unit: (unit.level != Level.COMMUNE, in_order(unit.name)))


def _may_change() -> bool:
    return may(someone(), "change_register", Question())


def _today() -> date:
    return platform().snapshot().calendar.local(platform().now()).date()
