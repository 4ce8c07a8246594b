"""The first page: who to sit down as, the five-step path, and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Blueprint, redirect, render_template, url_for
from wardflow.cases import reads
from wardflow.cases.reads.views import Persona
from wardflow.demo.sitting import seats
from werkzeug.wrappers import Response

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import phrase
from wardflow_web.path import APPLICANT, STEPS, Step, done_steps
from wardflow_web.visitor import actor, left_out, platform

pages = Blueprint("home", __name__)

COMMUNES = ("ward", "rural", "special_zone")
COUNTS = {
    "late": _("{n} việc quá hạn"),
    "today": _("{n} việc hôm nay"),
    "ok": _("{n} việc sắp tới"),
    "pause": _("{n} việc đang dừng"),
    "early": _("{n} việc còn sớm"),
}


@pages.get("/")
def show() -> str | Response:
    """The way in: personas in a demo, the desk for somebody signed in, the sign-in form for anybody else."""
    who = actor()
    if not platform().settings.demo:
        return redirect(url_for("desk.show" if who else "sign_in.show"))
    personas = seats(platform())
    done, path = done_steps(), _path(personas)
    return render_template(
        "home.html",
        personas=personas,
        path=path,
        done=done,
        left_out=left_out(),
        counted=counted,
        waiting=reads.home(platform(), who) if who else (),
        city=_city(),
        kept=_kept(),
        current=next((step.key for step, _person in path if step.key not in done), ""),
    )


def _path(personas: Sequence[Persona]) -> list[tuple[Step, str]]:
    """The steps, each with the persona who does it."""
    register = platform().register()
    by_role: dict[str, str] = {}
    for persona in personas:
        for role in [held.role for held in register.holdings_of(persona.person)] or [APPLICANT]:
            by_role.setdefault(role, persona.person)
    return [(step, by_role[step.role]) for step in STEPS if step.role in by_role]


def _city() -> dict[str, int]:
    kinds = Counter(unit.kind for unit in platform().register().units)
    return {"communes": sum(kinds[kind] for kind in COMMUNES), "departments": kinds["department"]}


def _kept() -> dict[str, int]:
    """How the whole city keeps its dates."""
    rows = platform().timeliness(platform().now())
    names = ("open_in_time", "open_overdue", "ended_in_time", "ended_late")
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def counted(counts: Mapping[str, int]) -> str:
    """What waits for a persona, in words: the two most pressing counts that are not nought."""
    said = [phrase(text, n=counts[key]) for key, text in COUNTS.items() if counts.get(key)]
    return ", ".join(said[:2])
