"""Where a matter stands, for whoever holds its code or scans it, without signing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.answer_by_code import answer_by_code
from wardflow.cases.attach_by_code import attach_by_code
from wardflow.cases.attach_document import Upload
from wardflow.cases.draft_by_code import draft_by_code
from wardflow.cases.reads.views import TrackedStep, Tracking
from wardflow.errors import FormRefused
from werkzeug.wrappers import Response

from wardflow_web import rates
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.language import phrase, wording
from wardflow_web.path import walked
from wardflow_web.security import form_may_lead_to
from wardflow_web.uploads import bare, only_held, with_attached
from wardflow_web.visitor import platform

pages = Blueprint("tracking", __name__)


@pages.get("/track")
def ask() -> str | Response:
    """The form that asks for the code, or straight on to the matter."""
    code = request.args.get("code", "").strip()
    return (
        redirect(url_for("tracking.show", code=code))
        if code
        else render_template("track_ask.html", code="", missing=False)
    )


@pages.get("/track/<code>")
def show(code: str) -> str | tuple[str, int]:
    """The matter with that code; a code that never was and one that is mistyped get the same answer."""
    rates.check("track")
    case = reads.track(platform(), code)
    if case is None:
        return _unknown(code)
    walked("track")
    return _page(case)


@pages.post("/track/<code>/tasks/<task>")
def answer(code: str, task: str) -> str | Response | tuple[str, int]:
    """Takes the answer to a step that needs no account; what cannot be so comes back with everything typed."""
    rates.check("track")
    case = reads.track(platform(), code)
    if case is None:
        return _unknown(code)
    step = next((each for each in case.answerable if each.task == task), None)
    if step is None:
        flash(phrase("Phần này đã được trả lời hoặc đã hết thời gian."), "warn")
        return redirect(url_for("tracking.show", code=code))
    return _answer(case, step)


def _answer(case: Tracking, step: TrackedStep) -> str | Response | tuple[str, int]:
    """Keeps what was typed; then draws the page again, or completes the step."""
    wanted, task = request.form.get("act"), step.task
    pairs = with_attached(posted(), lambda upload: attach_by_code(platform(), case.tracking, task, upload), bare)
    filling = filled(step.schema, step.schemas, pairs, step.value)
    filling = replace(filling, value=_own_files(case.tracking, filling.value))
    if wanted != "send" or list_button(pairs):
        draft_by_code(platform(), case.tracking, task, filling.value)
    if wanted == "autosave":
        return phrase("Đã tự lưu lúc {time}.", time=f"{platform().now().astimezone(platform().settings.zone):%H:%M}")
    if wanted == "draft":
        flash(phrase("Đã lưu nháp."), "good")
        return redirect(url_for("tracking.show", code=case.tracking))
    if wanted != "send" or list_button(pairs):
        return _page(case, {task: filling})
    try:
        answer_by_code(platform(), case.tracking, task, filling.value)
    except FormRefused as refused:
        draft_by_code(platform(), case.tracking, task, filling.value)
        return _page(case, {task: replace(filling, objections=refused.objections)}), 422
    flash(phrase("Đã nhận. Cảm ơn ông/bà."), "good")
    return redirect(url_for("tracking.show", code=case.tracking))


def _own_files(tracking: str, value: Any) -> Any:
    """The value without a reference to a file that is no paper of this case."""
    case = platform().store.worklist.by_tracking(tracking)
    papers = platform().store.papers.documents(case.id) if case else ()
    held = {
        paper.sha256: Upload(paper.name, paper.sha256, paper.size, paper.media_type).reference() for paper in papers if paper.sha256
    }
    return only_held(value, held)


def _page(case: Tracking, typed: Mapping[str, Filling] | None = None) -> str:
    """The matter, with the form of each step that can be answered here."""
    known = typed or {}
    for fee in case.payments.due if case.payments else ():
        form_may_lead_to(fee.origin)
    forms = []
    for step in case.answerable:
        filling = known.get(step.task) or Filling(step.schema, step.schemas, step.value)
        drawn = filling.fields()
        forms.append((step, drawn, filling.unplaced(drawn)))
    return render_template("track.html", case=case, forms=forms, words=wording())


def _unknown(code: str) -> tuple[str, int]:
    return render_template("track_ask.html", code=code, missing=True), 404
