"""The page of a step: its form, and the acts on it: claim, give back, keep a draft, complete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.claim_task import claim_task
from wardflow.cases.complete_task import complete_task
from wardflow.cases.reads.views import TaskView, Words
from wardflow.cases.records import Case, CaseStatus
from wardflow.cases.release_task import release_task
from wardflow.cases.save_draft import save_draft
from wardflow.counter_errors import BackEntryRefused
from wardflow.errors import FormRefused, ReasonMissing, TaskGone
from werkzeug.wrappers import Response

from wardflow_web.afterwards import of_step
from wardflow_web.cases import page as case_page
from wardflow_web.errors import typed
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.intake import receiving_unit
from wardflow_web.language import own, phrase, say, wording
from wardflow_web.lists import choices
from wardflow_web.path import walked
from wardflow_web.said import told
from wardflow_web.uploads import with_files
from wardflow_web.visitor import me, name_of, platform, required, someone

pages = Blueprint("tasks", __name__)

SHOWN = 3

Page = str | Response | tuple[str, int]


@pages.get("/cases/<code>/tasks/<task>")
@required
def show(code: str, task: str) -> Page:
    """The form with the draft in it, or with what is known already."""
    try:
        view = reads.task(platform(), someone(), code, task)
    except TaskGone as gone:
        return _gone(gone)
    return _page(view, _fielded(view, Filling(view.schema, view.schemas, view.value, lists=choices())))


@pages.post("/cases/<code>/tasks/<task>")
@required
def act(code: str, task: str) -> Page:
    """Completes the step, shows all answers before that, keeps a draft, or draws the form again; nothing typed is lost."""
    try:
        view = reads.task(platform(), someone(), code, task)
        return _act(view, request.form.get("act", "redraw"))
    except TaskGone as gone:
        return _gone(gone)


def _act(view: TaskView, wanted: str) -> Page:
    task, pairs = view.waiting.task, posted()
    filling = filled(view.schema, view.schemas, with_files(view.case_id, view.node, pairs), view.value, choices())
    filling = _fielded(view, filling)
    if wanted not in ("complete", "review") or list_button(pairs):
        # the next post is read over this draft, so it must be the value the page is drawn from
        save_draft(platform(), someone(), view.case_id, task, filling.value)
    if wanted == "autosave":
        return phrase("Đã tự lưu lúc {time}.", time=f"{platform().now().astimezone(platform().settings.zone):%H:%M}")
    if wanted == "draft":
        flash(phrase("Đã lưu nháp."), "good")
        return redirect(url_for("tasks.show", code=view.code, task=task))
    if wanted == "review" and not list_button(pairs):
        return _review(view, filling)
    if wanted != "complete" or list_button(pairs):
        return _page(view, filling)
    try:
        after = complete_task(platform(), someone(), view.case_id, task, filling.value, real=of_step())
    except FormRefused as refused:
        return _page(view, replace(filling, objections=refused.objections)), 422
    except BackEntryRefused as refused:
        return _page(view, filling, late=say(refused.why)), 422
    _mark_path(after)
    flash(phrase("Đã hoàn thành bước “{title}”.", title=own(view.waiting.title)), "good")
    return redirect(url_for("cases.show", code=view.code))


@pages.post("/cases/<code>/tasks/<task>/claim")
@required
def claim(code: str, task: str) -> Page:
    """Takes the task and opens its form."""
    case = reads.case(platform(), someone(), code)
    try:
        claim_task(platform(), someone(), case.id, task)
    except TaskGone as gone:
        return _gone(gone)
    flash(phrase("Đã nhận việc."), "good")
    return redirect(url_for("tasks.show", code=code, task=task))


@pages.post("/cases/<code>/tasks/<task>/release")
@required
def release(code: str, task: str) -> Page:
    """Gives the task back to its queue, with the reason."""
    case = reads.case(platform(), someone(), code)
    try:
        release_task(platform(), someone(), case.id, task, request.form.get("reason", ""))
    except ReasonMissing:
        return case_page(case, release_refused=True), 422
    except TaskGone as gone:
        return _gone(gone)
    flash(phrase("Đã trả lại việc."), "good")
    return redirect(url_for("desk.show"))


def _page(view: TaskView, filling: Filling, *, late: str = "") -> str:
    case, drawn, reader = view.case(), filling.fields(), me()
    citizen = reader is not None and reader.citizen
    tracked = reads.track(platform(), case.tracking) if citizen else None
    written = [] if citizen else [pair for pair in told(case, answers=True) if pair[1]]
    return render_template(
        "step.html",
        task=view.waiting,
        case=case,
        view=view,
        fields=drawn,
        unplaced=filling.unplaced(drawn),
        words=wording(),
        written=written[:SHOWN],
        afterwards=case.came.entered_at is not None and receiving_unit(platform(), someone()) is not None,
        late=late,
        asked=tracked.items if tracked else (),
        explained={value.pointer: (value.reason, value.basis) for value in filling.said.computed},
    )


def _review(view: TaskView, filling: Filling) -> Page:
    """All answers to read before they are sent, or the form with what has to be mended first."""
    found = (*forms.check(view.schema, filling.value, schemas=view.schemas), *filling.objections)
    if any(objection.blocks for objection in found):
        return _page(view, replace(filling, objections=found)), 422
    pairs = [pair for pair in filling.pairs if pair[0] not in ("act", "csrf_token")]
    return render_template("review.html", task=view.waiting, case=view.case(), fields=filling.read_only(), pairs=pairs, words=wording())


def _fielded(view: TaskView, filling: Filling) -> Filling:
    """The form with what the rules of the field compute and say."""
    if view.fielded is None:
        return filling
    value = view.fielded.completed(filling.value)
    said = view.fielded.said(value)
    return replace(filling, value=value, said=said, objections=said.objections)


def _gone(error: TaskGone) -> tuple[str, int]:
    """Who was faster and when, with the reader's own text offered back."""
    facts: dict[str, Any] = error.facts
    title = own(Words(facts.get("title", ""), facts.get("title_en", "")))
    who = name_of(facts.get("by"))
    page = render_template("gone.html", title=title, who=who, at=facts.get("at"), code=facts["case"], typed=typed())
    return page, 409


def _mark_path(case: Case) -> None:
    """The two steps of the path that end with a completed task."""
    if case.paused:
        walked("supplement")
    if case.status is CaseStatus.ENDED:
        walked("sign")
