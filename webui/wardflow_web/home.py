"""The first page: who to sit down as, the five-step path, and what waits."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from wardflow.cases import reads
from wardflow_web.path import STEPS, done_steps
from wardflow_web.visitor import actor, left_out, platform

pages = Blueprint("home", __name__)

WAITING = 3


@pages.get("/")
def show() -> str | Response:
    """The way in: personas in a demo, the desk for somebody signed in, the sign-in form for anybody else."""
    who = actor()
    if not platform().settings.demo:
        return redirect(url_for("desk.show" if who else "sign_in.show"))
    personas = reads.personas(platform())
    people = {persona.role: persona.person for persona in reversed(personas)}
    done = done_steps()
    path = [(step, people[step.role]) for step in STEPS if step.role in people]
    rows = [row for _, group in reads.desk(platform(), who, "mine").groups for row in group] if who else []
    return render_template(
        "home.html", personas=personas, path=path, done=done, left_out=left_out(), waiting=rows[:WAITING],
        current=next((step.key for step, _ in path if step.key not in done), ""), city=reads.city(platform()),
    )
