"""Several tasks at once: claimed, given to somebody, completed; each is an act of its own, and what is refused is told by its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Blueprint, flash, redirect, request, url_for
from wardflow.cases.claim_task import claim_task
from wardflow.cases.complete_task import complete_task
from wardflow.cases.reassign_task import reassign_task
from wardflow.errors import FormRefused, ReasonMissing, WardflowError
from werkzeug.wrappers import Response

from wardflow_web.errors import page_for
from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("bulk", __name__)

MOST = 100
"""Tasks in one press of a button."""

One = Callable[[int, str], object]


@pages.post("/desk")
@required
def act() -> Response:
    """Does one thing to the task whose button was pressed, or to every ticked one; what cannot be is told, the rest is done."""
    wanted = "claim" if request.form.get("claim") else request.form.get("act", "claim")
    if wanted == "none":    # Enter in a field of the list
        return redirect(url_for("desk.show", view=request.form.get("view", "mine")))
    if wanted == "joint":    # one decision over all of them is made on a page of its own
        return redirect(url_for("joint.show", task=request.form.getlist("task")[:MOST]))
    done = _each({"assign": _assign, "complete": _complete}.get(wanted, _claim))
    if done and wanted == "assign":
        flash(phrase("Đã giao {n} việc.", n=done), "good")
    elif done and wanted == "complete":
        flash(phrase("Đã hoàn thành {n} việc.", n=done), "good")
    elif done:
        flash(phrase("Đã nhận {n} việc.", n=done), "good")
    stays = wanted in ("assign", "complete") or not done
    return redirect(url_for("desk.show", view=request.form.get("view", "mine") if stays else "mine"))


def _claim(case_id: int, task: str) -> object:
    return claim_task(platform(), someone(), case_id, task)


def _assign(case_id: int, task: str) -> object:
    return reassign_task(platform(), someone(), case_id, task, request.form.get("to", ""), request.form.get("reason", ""))


def _complete(case_id: int, task: str) -> object:
    """Completes a task with what was prepared for it; what is still missing is asked for on its own page."""
    held = platform().store.cases.load(case_id, task).task
    return complete_task(platform(), someone(), case_id, task, dict(held.draft or {}) if held else {})


def _each(one: One) -> int:
    done = 0
    for case_id, task in _chosen():
        try:
            one(case_id, task)
            done += 1
        except ReasonMissing:
            flash(phrase("Chọn người nhận và ghi lý do rồi giao lại."), "warn")
            break
        except FormRefused as refused:
            advice = phrase("Mở việc này, điền nốt rồi hoàn thành.")
            flash(f"{phrase(page_for(refused).title)}. {advice} {_code(case_id)}", "warn")
        except WardflowError as refused:
            page = page_for(refused)
            holder = phrase("Người đang giữ: {who}.", who=refused.holder) if "holder" in refused.facts else ""
            flash(f"{phrase(page.title)}. {phrase(page.advice)} {holder} {refused.facts.get('case', '')}".strip(), "warn")
    return done


def _code(case_id: int) -> str:
    """The case that was meant: one whose step the reader may do."""
    return platform().store.cases.load(case_id).case.code


def _chosen() -> Iterator[tuple[int, str]]:
    """The tasks named by the pressed button, else those ticked; anything unreadable is passed over."""
    named = request.form.getlist("claim") or request.form.getlist("task")
    for text in named[:MOST]:
        case_id, _slash, task = text.partition("/")
        if case_id.isdigit() and task:
            yield int(case_id), task
