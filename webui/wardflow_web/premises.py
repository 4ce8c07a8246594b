"""The register of premises and its weekly balance, on pages and as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from wardflow.cases.library import Matter
from wardflow.cases.reads.shared import state_words, unit_words
from wardflow.cases.reads.views import Words
from wardflow.cases.records import Case
from wardflow.domain.names import in_order
from wardflow.families.asset import balance, premises
from wardflow.families.asset.balance import Balance, Line
from wardflow.families.asset.idleness import IDLE_MONTHS
from wardflow.families.asset.premises import ALL_SURPLUS, Filed, Narrow
from wardflow.families.asset.stock import DM2, MEASURES
from wardflow.permissions import Question, may

from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.spreadsheet import as_file
from wardflow_web.visitor import ASSETS, current_matters, platform, required, someone

pages = Blueprint("premises", __name__)

ACCOUNTS = {
    "reviewing": _("Đang rà soát"), "kept": _("Giữ lại"), ALL_SURPLUS: _("Dôi dư (tất cả)"), "surplus": _("Dôi dư, chưa có phương án"),
    "planned": _("Đã duyệt phương án"), "decided": _("Đã quyết định, chờ bàn giao"), "handed_over": _("Đã bàn giao"),
    "large": _("Cơ sở lớn, phương án riêng"), "referred": _("Chuyển xử lý vi phạm"),
}  # fmt: skip
AMOUNTS = {"sites": _("Số cơ sở"), "land": _("Diện tích đất, m²"), "floor": _("Diện tích sàn, m²")}
HEAD = (
    _("Mã"), _("Tên"), _("Địa chỉ"), _("Xã, phường"), _("Phân loại"), _("Hướng xử lý"), _("Bên nhận"), _("Đất, m²"), _("Sàn, m²"),
    _("Mã hồ sơ"), _("Tình trạng"),
)  # fmt: skip


@pages.get("/premises")
@required
def listed() -> str:
    """The register, a page at a time."""
    narrow, number = _narrow(), _page_number()
    total = premises.count(platform(), narrow)
    rows = premises.listed(platform(), narrow, (number - 1) * premises.PAGE)
    return render_template(
        "premises.html", rows=rows, total=total, narrow=narrow, number=number, more=total > number * premises.PAGE, states=_states(rows),
        opens=_opens(rows), query=_query(), **_words(),
    )  # fmt: skip


@pages.get("/premises.csv")
@required
def file() -> Response:
    """Everything the list is narrowed to."""
    rows = premises.listed(platform(), _narrow(), 0, premises.MOST)
    states, words = _states(rows), _words()
    return as_file("so-nha-dat.csv", [phrase(each) for each in HEAD], (list(_cells(row, states, words)) for row in rows))


@pages.get("/premises/balance")
@required
def weekly() -> str:
    """The balance of a week, and what stands unused."""
    found, unit = _balance(), _narrow().unit
    months = int(platform().plugins.settings(_today(), [unit] if unit else [])[IDLE_MONTHS])
    idle = premises.idle(platform(), Narrow(unit=unit), months)
    return render_template(
        "premises_balance.html", balance=found, unit=unit, idle=idle, idle_months=months, states=_states([each.filed for each in idle]),
        opens=_opens([each.filed for each in idle]), earlier=found.first - balance.WEEK, later=found.first + balance.WEEK, today=_today(),
        amounts=AMOUNTS, processed=_destinations(found), query={"unit": unit, "measure": found.measure}, **_words(),
    )  # fmt: skip


@pages.get("/premises/balance.csv")
@required
def weekly_file() -> Response:
    """The same lines, one a commune, with the sum at the end."""
    found, words = _balance(), _words()
    named = [own(words["destinations"].get(each, Words(each, each))) for each in _destinations(found)]
    head = [phrase(each) for each in (_("Xã, phường"), _("Đầu kỳ"), _("Phát sinh"), _("Thu hồi lại"))]
    tail = [phrase(each) for each in (_("Đưa ra khỏi danh mục"), _("Cuối kỳ"))]
    lines = [*((own(words["units"][unit]), line) for unit, line in found.units.items()), (phrase("Tổng cộng"), found.whole)]
    name = f"can-doi-nha-dat-{found.first:%Y%m%d}-{found.last:%Y%m%d}.csv"
    return as_file(name, [*head, *named, *tail], (_line(label, line, found) for label, line in lines))


def _line(label: str, line: Line, found: Balance) -> list[object]:
    processed = [line.processed.get(each, 0) for each in _destinations(found)]
    amounts = (line.opening, line.added, line.recalled, *processed, line.taken_out, line.closing)
    return [label, *(each if found.measure == MEASURES[0] else each / DM2 for each in amounts)]


def _cells(row: Filed, states: Mapping[int, Words], words: Mapping[str, Any]) -> Iterator[object]:
    each = row.premises
    yield from (each.code, each.name, each.address, own(words["units"].get(each.unit, Words(each.unit, each.unit))))
    yield phrase(ACCOUNTS.get(each.account, each.account))
    yield own(words["destinations"][each.destination]) if each.destination in words["destinations"] else ""
    yield own(unit_words(platform().snapshot(), row.receiver)) if row.receiver and each.destination else ""
    yield from (each.land / DM2, each.floor / DM2, row.case.code if row.case else "", own(states[each.case_id]))


def _words() -> dict[str, Any]:
    """The labels every page of the register needs."""
    register = platform().register()
    communes = [unit for unit in register.units if unit.kind in ("ward", "rural")]
    return {
        "accounts": ACCOUNTS, "destinations": _named_destinations(), "communes": sorted(communes, key=lambda unit: in_order(unit.name)),
        "units": {unit.id: Words(unit.name, unit.name_en or unit.name) for unit in communes},
        "words_of": lambda unit: unit_words(platform().snapshot(), unit), "dm2": DM2,
    }


def _named_destinations() -> dict[str, Words]:
    """Where surplus premises may go, as the form of the proposal offers it."""
    matter = next(iter(_matters()), None)
    part = ((matter.schema("forms/propose.json") if matter else None) or {}).get("properties", {}).get("destination", {})
    english = part.get("x-i18n", {}).get("en", {}).get("enum", {})
    return {value: Words(words, english.get(value, words)) for value, words in part.get("x-enum", {}).items()}


def _destinations(found: Balance) -> list[str]:
    """Those that something was decided for in the week, in the order of the form."""
    decided = {each for line in found.units.values() for each, amount in line.processed.items() if amount}
    return [each for each in _named_destinations() if each in decided] + sorted(decided - _named_destinations().keys())


def _matters() -> list[Matter]:
    if not any(plugin.name == ASSETS for plugin in platform().plugins.installed) or not someone().units:
        abort(403)
    return [matter for matter in current_matters() if matter.pack.family == ASSETS]


def _narrow() -> Narrow:
    _matters()
    account = request.args.get("account", "")
    unit = request.args.get("unit", _home() if "unit" not in request.args else "")
    return Narrow(unit[:80], account if account in ACCOUNTS else "", request.args.get("destination", "")[:40], request.args.get("q", "")[:100])


def _home() -> str:
    """The commune of a reader who works in one: its premises are what they come for."""
    register = platform().register()
    near = (unit for held in someone().holdings for unit in register.up(held.unit))
    return next((unit.id for unit in near if unit.kind in ("ward", "rural")), "")


def _query() -> dict[str, str]:
    narrow = _narrow()
    return {"unit": narrow.unit, "account": narrow.account, "destination": narrow.destination, "q": narrow.text}


def _page_number() -> int:
    text = request.args.get("page", "1")
    return max(1, min(int(text), 10_000)) if text.isdecimal() and len(text) < 6 else 1


def _states(rows: Sequence[Filed]) -> dict[int, Words]:
    return {row.premises.case_id: _state(row.case) for row in rows}


def _state(case: Case | None) -> Words:
    if case is None:
        return Words("Đã lưu trữ", "Archived")
    return state_words(platform().library.matter_of(case), case.business_state)


def _opens(rows: Sequence[Filed]) -> set[int]:
    """The files the reader may open; the others stand in the register by their code alone."""
    register = platform().register()
    return {row.premises.case_id for row in rows if row.case and may(someone(), "see_case", Question(case=row.case, register=register))}


def _balance() -> Balance:
    measure = request.args.get("measure", MEASURES[0])
    try:
        day = datetime.strptime(request.args.get("week", ""), "%d/%m/%Y").date()
    except ValueError:
        day = _today()
    return balance.week(platform(), balance.monday(min(day, _today())), measure if measure in MEASURES else MEASURES[0], _narrow().unit)


def _today() -> date:
    return platform().snapshot().calendar.local(platform().now()).date()
