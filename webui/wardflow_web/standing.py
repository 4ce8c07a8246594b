"""How assignments stand: the sheet of a unit, counted by state, axis, field and commune, on a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from flask import Blueprint, render_template, request, url_for
from wardflow.cases.reads.shared import unit_words
from wardflow.cases.reads.views import Words
from wardflow.families.assignment import standing
from wardflow.families.assignment.matters import FAMILY
from wardflow.families.assignment.standing import Count, Standing
from werkzeug.wrappers import Response

from wardflow_web.briefing import choices, month_named, steering, today
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import current_matters, platform, required

pages = Blueprint("standing", __name__)
SHEETS = {"axis": _("Theo trục"), "field": _("Theo lĩnh vực"), "area_commune": _("Theo xã, phường")}
HEAD = (
    _("Tổng số"), _("Đang làm"), _("Quá hạn"), _("Vướng mắc"), _("Đã xong"), _("Đúng hạn (%)"), _("Trước hạn (%)"), _("Chậm bình quân (ngày)"),
)  # fmt: skip


@pages.get("/briefing/standing")
@required
def show() -> str:
    """The sheet: what is open, and what was ended since the first day of a month, of this year where none is asked for."""
    asked = request.args.get("since", "")
    first, found = _found()
    return render_template(
        "standing.html", found=found, first=f"{first:%m/%Y}", typed=asked, wrong=bool(asked) and month_named(asked) is None, sheets=SHEETS, head=HEAD,
        figures=_figures, names=_names(found), states=_states(), file=url_for("standing.taken", since=f"{first:%m/%Y}"),
    )  # fmt: skip


@pages.get("/briefing/standing.csv")
@required
def taken() -> Response:
    """The same as a file: a line for the whole and for each axis, field and commune."""
    first, found = _found()
    names = _names(found)

    def lines() -> Iterator[list[object]]:
        yield [phrase(_("Tất cả")), "", *_figures(found.whole)]
        for sheet, title in SHEETS.items():
            for key, counted in found.by[sheet].items():
                yield [phrase(title), own(names[sheet][key]), *_figures(counted)]

    head = [phrase(_("Cách chia")), phrase(_("Mục")), *(phrase(each) for each in HEAD)]
    return as_file(f"tinh-hinh-nhiem-vu-{first:%Y%m}.csv", head, ([("" if cell is None else cell) for cell in line] for line in lines()))


def _found() -> tuple[date, Standing]:
    actor = steering()
    first = month_named(request.args.get("since", "")) or today().replace(month=1, day=1)
    return first, standing.standing(platform(), actor, first)


def _figures(counted: Count) -> list[float | None]:
    """The figures in the order of their heads; None is what cannot be said yet."""
    return [
        counted.total, counted.open, counted.overdue, counted.blocked, counted.done, counted.in_time_percent, counted.early_percent,
        counted.mean_days_late,
    ]  # fmt: skip


def _names(found: Standing) -> Mapping[str, Mapping[str, Words]]:
    """What each axis, field and commune is called."""
    snapshot = platform().snapshot()
    said = {name: {value: Words(vi, en) for value, vi, en in rows} for name, rows in choices().items()}
    unsaid = Words("Chưa ghi", "Not said")
    named = {sheet: {key: said.get(sheet, {}).get(key) or (Words(key, key) if key else unsaid) for key in rows} for sheet, rows in found.by.items()}
    communes = found.by["area_commune"]
    return named | {"area_commune": {key: unit_words(snapshot, key) if snapshot.register.knows_unit(key) else named["area_commune"][key] for key in communes}}


def _states() -> Mapping[str, Words]:
    """What the states are called, as the packs in force say."""
    packs = (matter.pack for matter in current_matters() if matter.pack.family == FAMILY)
    return {name: Words(words.vi, words.en) for pack in packs for name, words in pack.states.items()}
