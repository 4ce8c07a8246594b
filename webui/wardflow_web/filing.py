"""Filing online: the address proved where nobody signed in, the sheet kept while it is filled in, the receipt."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.assist_filing import assist_filing, can_be_helped
from wardflow.cases.file_online import STRANGER, file_online
from wardflow.cases.prove_address import normal, proves, send_code
from wardflow.cases.reads.catalogue import CatalogueEntry
from wardflow.errors import FormRefused, NotFiledOnline
from wardflow.packs import Online
from werkzeug.wrappers import Response

from wardflow_web import rates
from wardflow_web.earlier import Sources, marks, without
from wardflow_web.filling import Filling, filled, list_button, posted
from wardflow_web.language import phrase, wording
from wardflow_web.lists import units
from wardflow_web.online_draft import begun_with, drafts_of, keep, open_part
from wardflow_web.online_sheet import OnlineSheet, online_sheet
from wardflow_web.proved import Filer, be_guest, begin, filer, wait_for, waiting
from wardflow_web.uploads import Files, bare, only_held, taken_in
from wardflow_web.visitor import actor, platform

pages = Blueprint("filing", __name__)
log = logging.getLogger("wardflow.web")

Page = str | Response | tuple[str, int]
LONGEST = 200


@pages.get("/procedures/<code>/file")
def start(code: str) -> Page:
    """The way in: a new sheet or one begun earlier; without an account first the address and its code."""
    return _start_page(code)


@pages.post("/procedures/<code>/file")
def prove(code: str) -> Page:
    """Sends a code to an address, takes the code, or begins a sheet."""
    entry = reads.catalogue_entry(platform(), code)
    who, act = _filer_of(entry), request.form.get("act", "")
    if who is None and entry.online is Online.OPEN:
        who = be_guest()
    if who is not None and act in ("begin", "help"):
        return _begun(code, replace(who, helps=_helps(code) if act == "help" else ""))
    if entry.online is not Online.EMAIL:
        raise NotFiledOnline(procedure=code)
    return _check(code) if act == "check" else _send(code)


def _filer_of(entry: CatalogueEntry) -> Filer | None:
    """Who may fill in such a sheet: a guest only what is open to anybody."""
    who = filer()
    return None if who is not None and who.guest and entry.online is not Online.OPEN else who


def _helps(code: str) -> str:
    """The unit in which the reader may help somebody file such a thing; empty for nowhere."""
    someone = actor()
    if someone is None or not someone.helps_in:
        return ""
    today = platform().snapshot().calendar.day_of(platform().now())
    return someone.helps_in if can_be_helped(platform().library.procedure(code, today)) else ""


def _send(code: str) -> Page:
    address = request.form.get("email", "").strip()
    if not _plausible(address):
        return _start_page(code, address=address, wrong="address"), 422
    rates.check("code")
    rates.check("code to", normal(address))
    wait_for(address)
    sent = _sent(address)
    if platform().settings.demo and not platform().settings.mail_server and sent:
        flash(phrase("Bản chạy thử không gửi thư. Mã của thư vừa rồi là {code}.", code=sent), "warn")
    return redirect(url_for("filing.start", code=code))


def _sent(address: str) -> str | None:
    """The code, or None; whether a letter left is told to nobody, so that the answer is the same for every address."""
    try:
        return send_code(platform(), STRANGER, address, g.language)
    except OSError as failed:    # the class alone: a mail server's answer may quote the address
        log.error("a code was not sent: %s", type(failed).__name__)
        return None


def _check(code: str) -> Page:
    rates.check("code tried")
    address = waiting()
    if not address or not proves(platform(), STRANGER, address, request.form.get("code", "")):
        return _start_page(code, wrong="code"), 422
    begin(address)
    return redirect(url_for("filing.start", code=code))


def _start_page(code: str, *, address: str = "", wrong: str = "") -> str:
    entry = reads.catalogue_entry(platform(), code)
    who = _filer_of(entry)
    if entry.online is None:
        raise NotFiledOnline(procedure=code)
    other = request.args.get("other") is not None
    return render_template(
        "filing_start.html", entry=entry, who=who, drafts=drafts_of(code, who), address=address, wrong=wrong,
        waiting="" if other or wrong == "address" else waiting(), by_mail=entry.online is Online.EMAIL, open=entry.online is Online.OPEN,
        helps=_helps(code),
    )  # fmt: skip


def _begun(code: str, who: Filer) -> Page:
    if who.guest:
        rates.check("report")
    made = online_sheet(platform(), code, {}, who)    # refuses what nobody receives
    draft = secrets.token_urlsafe(18)
    value, sources = begun_with(made, who)
    keep(draft, who, code, value, {}, sources)
    return redirect(url_for("filing.fill", draft=draft))


@pages.get("/filing/<draft>")
def fill(draft: str) -> Page:
    """The sheet with everything kept so far."""
    held = _held(draft)
    if isinstance(held, Response):
        return held
    who, kept = held
    made = online_sheet(platform(), kept["procedure"], kept["value"], who)
    value = made.value or forms.defaults(made.schema, schemas=made.schemas) or {}
    said = made.objections() if made.value else ()
    return _page(draft, made, who, Filling(made.schema, made.schemas, value, objections=said, lists=units()), kept.get("earlier"))


@pages.post("/filing/<draft>")
def act(draft: str) -> Page:
    """Keeps what was typed; then draws the sheet again, says that it is kept, or files the case."""
    rates.check("sheet")
    held = _held(draft)
    if isinstance(held, Response):
        return held
    who, kept = held
    before = online_sheet(platform(), kept["procedure"], kept["value"], who)
    pairs, files, refused = taken_in(posted(), kept["files"], clean=partial(bare, needed=who.guest))
    typed = filled(before.schema, before.schemas, pairs, kept["value"])
    made = online_sheet(platform(), kept["procedure"], only_held(typed.value, files), who)
    sources: Sources = kept.get("earlier") or {}
    if request.form.get("act") == "anew":
        keep(draft, who, kept["procedure"], without(open_part(made), sources), files)
        return redirect(url_for("filing.fill", draft=draft))
    keep(draft, who, kept["procedure"], open_part(made), files, sources)
    filling = Filling(made.schema, made.schemas, made.value, typed.choices, (*made.objections(), *refused), units())
    wanted = request.form.get("act", "redraw")
    if wanted == "autosave":
        return phrase("Đã tự lưu lúc {time}.", time=f"{platform().now().astimezone(platform().settings.zone):%H:%M}")
    if wanted == "draft" and not refused:
        flash(phrase("Đã lưu nháp. Ông/bà quay lại bằng địa chỉ thư này lúc nào cũng được."), "good")
        return redirect(url_for("filing.fill", draft=draft))
    if wanted != "send" or list_button(pairs):
        return _page(draft, made, who, filling, sources)
    return _file(draft, made, who, filling, files, sources)


def _file(draft: str, made: OnlineSheet, who: Filer, filling: Filling, files: Files, sources: Sources) -> Page:
    """The case, or the sheet with every objection and nothing but the draft kept."""
    found = (*forms.check(made.schema, made.value, schemas=made.schemas), *filling.objections)
    if any(objection.blocks for objection in found):
        return _page(draft, made, who, replace(filling, objections=found), sources), 422
    if who.guest:
        rates.check("reported")
    try:
        if who.helps:
            assist_filing(platform(), actor() or STRANGER, made.opening, made.uploads(files), key=draft)
        else:
            file_online(platform(), actor(), made.opening, made.uploads(files), key=draft, address=who.address)
    except FormRefused as refused:
        said = tuple(replace(each, pointer=f"/form{each.pointer}") for each in refused.objections)
        return _page(draft, made, who, replace(filling, objections=said), sources), 422
    platform().store.intakes.drop(draft)
    session["filed"] = [draft, *session.get("filed", [])][:20]
    return redirect(url_for("filing.received", draft=draft))


@pages.get("/filing/<draft>/received")
def received(draft: str) -> Page:
    """The tracking code, shown to the browser that filed and to nobody else."""
    case = platform().store.cases.opened_with(draft) if draft in session.get("filed", []) else None
    if case is None:
        abort(404)
    return render_template("filing_received.html", case=reads.track(platform(), case.tracking), helped=bool(platform().store.channels.of(case.id).way.helper_person))


def _page(draft: str, made: OnlineSheet, who: Filer, filling: Filling, sources: Sources | None = None) -> str:
    drawn = filling.fields()
    return render_template(
        "filing.html",
        draft=draft,
        made=made,
        who=who,
        fields=drawn,
        unplaced=filling.unplaced(drawn),
        words=wording(),
        total=sum(fee.amount or 0 for fee in made.view.fees),
        open=made.procedure.online is Online.OPEN,
        earlier=marks(made.value, sources or {}),
    )


def _held(draft: str) -> tuple[Filer, Mapping[str, Any]] | Response:
    """The draft of whoever asks; the case it became already, or the way in for somebody who is nobody yet."""
    who = filer()
    kept = platform().store.intakes.load(draft, who.owner) if who else None
    if who is not None and kept is not None and kept.get("online"):
        return replace(who, helps=kept.get("helps", "")), kept
    if draft in session.get("filed", []):
        return redirect(url_for("filing.received", draft=draft))
    if who is None:
        flash(phrase("Xin xác nhận lại địa chỉ thư để mở tiếp bản đang điền."), "warn")
        return redirect(url_for("procedures.listed"))
    abort(404)


def _plausible(address: str) -> bool:
    """An address a letter can be sent to: the proof is the letter, so little is asked of it here."""
    problems: Sequence[Any] = forms.check({"type": "string", "format": "email", "maxLength": LONGEST}, address, schemas=forms.Schemas({}))
    return bool(address) and not any(character.isspace() for character in address) and not problems
