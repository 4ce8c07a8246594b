"""The register of dossiers (slip 07) of the reader's counter: a day on a page, up to 31 days as a file or as slip 07."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import Blueprint, Response, abort, g, render_template, request
from wardflow.cases import reads
from wardflow.cases.reads import Book, BookRow
from wardflow.domain.reasons import Reason

from wardflow_web.intake import receiving_unit
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("book", __name__)

DAY = timedelta(days=1)
HEAD = (
    _("Số thứ tự"), _("Mã hồ sơ"), _("Thủ tục"), _("Người nộp"), _("Ngày nhận"), _("Hẹn trả"), _("Cơ quan giải quyết"),
    _("Nơi trả kết quả"), _("Tình trạng"), _("Ngày có kết quả"), _("Thời hạn"), _("Hồ sơ đến"),
)  # fmt: skip


@pages.get("/book")
@required
def show() -> str:
    """What was received on one day; without a day that can be read it is today."""
    today = _today()
    day = min(_day("day", today), today)
    return render_template(
        "book.html", book=_book(day, day), month=day.replace(day=1), earlier=day - DAY, later=day + DAY if day < today else None
    )


@pages.get("/book.csv")
@required
def file() -> Response:
    """The same from a day to a day, for a spreadsheet."""
    today = _today()
    book = _book(_day("from", today), _day("to", today))
    name = f"so-theo-doi-{book.first:%Y%m%d}-{book.last:%Y%m%d}.csv"
    return as_file(name, [phrase(each) for each in HEAD], (_line(row) for row in book.rows))


@pages.get("/book.pdf")
@required
def paper() -> Response:
    """The same as slip 07, to be signed and kept."""
    today = _today()
    made = _book(_day("from", today), _day("to", today))
    name = f"so-theo-doi-{made.first:%Y%m%d}-{made.last:%Y%m%d}.pdf"
    return Response(
        reads.book_paper(platform(), someone(), made),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )


def _line(row: BookRow) -> list[str]:
    words = platform().wording(g.language)
    stands, came = words.say(row.standing.reason), words.say(Reason(f"channel.{row.channel}"))
    return [
        str(row.number), row.code, own(row.procedure), row.applicant, _local(row.received_at), _local(row.due), own(row.authority),
        own(row.returning), own(row.state), _local(row.finished_at), stands, came,
    ]  # fmt: skip


def _local(moment: datetime | None) -> str:
    return f"{moment.astimezone(platform().settings.zone):%d/%m/%Y %H:%M}" if moment else ""


def _book(first: date, last: date) -> Book:
    unit = receiving_unit(platform(), someone())
    if unit is None:
        abort(403)
    return reads.book(platform(), someone(), unit, first, last)


def _today() -> date:
    return platform().snapshot().calendar.local(platform().now()).date()


def _day(name: str, otherwise: date) -> date:
    try:
        return datetime.strptime(request.args.get(name, ""), "%d/%m/%Y").date()
    except ValueError:
        return otherwise
