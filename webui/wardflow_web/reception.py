"""The reception book of letters and visits, on a page narrowed by kind, way, state and days, as a file and printed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from wardflow.cases.reads.shared import unit_words
from wardflow.domain.people import Actor
from wardflow.families.voice import reception_book as books
from wardflow.families.voice.reception_book import Line, Narrow, ReceptionBook
from wardflow.permissions import Question, may

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import HEARD, platform, required, someone

pages = Blueprint("reception", __name__)

CHANNELS = {"visit": _("Tiếp trực tiếp"), "online": _("Tiếp trực tuyến"), "post": _("Đơn gửi đến")}
KINDS = {
    books.UNSORTED: _("Chưa phân loại"), "complaint": _("Khiếu nại"), "petition": _("Kiến nghị"), "petition_rule": _("Kiến nghị về quy định"),
    "field_report": _("Phản ánh hiện trường"), "field_report_urgent": _("Phản ánh khẩn"), "conciliation": _("Tranh chấp đất, hòa giải"),
    "split": _("Nhiều loại, hướng dẫn tách đơn"),
}  # fmt: skip
HEAD = (
    _("Số trong sổ"), _("Mã hồ sơ"), _("Ngày đến"), _("Cách gửi"), _("Số người"), _("Chủ tịch tiếp"), _("Tóm tắt nội dung"), _("Loại"),
    _("Tình trạng"),
)  # fmt: skip


@pages.get("/reception")
@required
def show() -> str:
    """The book of a month or of the days asked for."""
    book = _book()
    units = {unit: unit_words(platform().snapshot(), unit) for unit in books.readable(platform(), someone())}
    return render_template(
        "reception.html", book=book, units=units, channels=CHANNELS, kinds=KINDS, narrow=_narrow(), opens=_opens(book), query=_query(book)
    )


@pages.get("/reception.csv")
@required
def file() -> Response:
    """The same lines for a spreadsheet."""
    book = _book()
    return as_file(f"{_name(book)}.csv", [phrase(each) for each in HEAD], (_cells(line) for line in book.lines))


@pages.get("/reception.pdf")
@required
def paper() -> Response:
    """The same lines on paper, to be signed and kept."""
    book = _book()
    made = books.reception_paper(platform(), someone(), book, {**CHANNELS, **KINDS})
    headers = {"Content-Disposition": f'inline; filename="{_name(book)}.pdf"', "Cache-Control": "no-store"}
    return Response(made, mimetype="application/pdf", headers=headers)


def keeps_reception(actor: Actor) -> bool:
    """Whether they read the book of some reception."""
    here = any(plugin.name == HEARD for plugin in platform().plugins.installed)
    return here and bool(books.readable(platform(), actor))


def _book() -> ReceptionBook:
    actor = someone()
    if not keeps_reception(actor):
        abort(403)
    unit = request.args.get("unit", "")[:80] or books.readable(platform(), actor)[0]
    today = platform().snapshot().calendar.local(platform().now()).date()
    last = _day("to", today)
    return books.reception_book(platform(), actor, unit, _day("from", last.replace(day=1)), last, _narrow())


def _narrow() -> Narrow:
    kind, channel = request.args.get("kind", ""), request.args.get("channel", "")
    return Narrow(kind if kind in KINDS else "", channel if channel in CHANNELS else "", request.args.get("state", "")[:40])


def _query(book: ReceptionBook) -> dict[str, Any]:
    narrow = _narrow()
    days = {"from": f"{book.first:%d/%m/%Y}", "to": f"{book.last:%d/%m/%Y}"}
    return {"unit": book.unit, "kind": narrow.kind, "channel": narrow.channel, "state": narrow.state, **days}


def _opens(book: ReceptionBook) -> set[int]:
    """The lines whose case the reader may open; the others stand there by their code alone."""
    register = platform().register()
    return {line.case.id for line in book.lines if may(someone(), "see_case", Question(case=line.case, register=register))}


def _cells(line: Line) -> list[object]:
    return [
        line.number, line.case.code, f"{line.arrived:%d/%m/%Y}", phrase(CHANNELS.get(line.channel, line.channel)), line.persons,
        phrase("có") if line.by_chair else "", line.summary, phrase(KINDS.get(line.kind, line.kind)), own(line.state),
    ]  # fmt: skip


def _name(book: ReceptionBook) -> str:
    return f"so-tiep-cong-dan-{book.first:%Y%m%d}-{book.last:%Y%m%d}"


def _day(name: str, otherwise: date) -> date:
    try:
        return datetime.strptime(request.args.get(name, ""), "%d/%m/%Y").date()
    except ValueError:
        return otherwise
