"""The stock ledger: every act on a premises becomes movements between accounts, entered with the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from wardflow.domain.books import THIS_CASE, Writing
from wardflow.domain.names import folded
from wardflow.domain.reasons import Objection, Reason
from wardflow.families.asset.stock import ACCOUNTS, DESTINED, MEASURES, OUTSIDE, Movement, movements, position
from wardflow.offers import Book, BookContext, Standing

FAMILY, KEPT = "asset", "kept"
_ENTRY_COLUMNS = (
    "case_id, seq, day, at, by, asset_code, unit, source, target, destination, counter, ended, destined, sites, land, floor"
)
# a trigger moves the balance with each entry, so that neither is ever there without the other
_ENTER = f"INSERT INTO asset_entry ({_ENTRY_COLUMNS}, kept_for) VALUES ({', '.join('?' * 17)})"
_BEGIN = (
    f"INSERT INTO asset_stock (case_id, measure, asset_code, unit, destination, live, ended, total, {', '.join(ACCOUNTS)}) "
    f"VALUES (?, ?, ?, ?, '', 1, 0{', 0' * (1 + len(ACCOUNTS))})"
)
_NAME = f"INSERT INTO asset_premises (case_id, asset_code, unit, name, address, words) VALUES ({', '.join('?' * 6)})"
_END = "UPDATE asset_stock SET ended = ?, destination = ? WHERE case_id = ?"
# a new file on premises whose earlier file has ended takes its stock over: it leaves the earlier one by counter entries
_GIVE_UP = f"INSERT INTO asset_entry ({_ENTRY_COLUMNS}) " + " UNION ALL ".join(
    f"SELECT s.case_id, ?, ?, ?, ?, s.asset_code, s.unit, '{name}', '{OUTSIDE}', s.destination, 1, 1, '', s.{name}, l.{name}, f.{name} "
    "FROM asset_stock s JOIN asset_stock l ON l.case_id = s.case_id AND l.measure = 'land' "
    "JOIN asset_stock f ON f.case_id = s.case_id AND f.measure = 'floor' WHERE s.measure = 'sites' AND s.asset_code = ? "
    f"AND s.live = 1 AND s.ended = 1 AND s.{name} + l.{name} + f.{name} > 0"
    for name in ACCOUNTS
)
_CLEAR = "UPDATE asset_stock SET live = 0 WHERE asset_code = ? AND live = 1 AND ended = 1"


def enter(context: BookContext) -> Sequence[Writing]:
    """The movements of one act with the new balance; nothing where the premises stand as before."""
    after, before = position(context.after), position(context.before)
    moved = tuple(movements(before, after))
    if context.before is None:
        return _taken_in(context, moved)
    if not moved and context.after.ended == context.before.ended and _destination(context.after) == _destination(context.before):
        return ()
    return _moved(context, moved)


def _taken_in(context: BookContext, moved: Sequence[Movement]) -> Sequence[Writing]:
    code, unit = _code(context.after), _unit(context.after)
    at = _at(context)
    twice = Objection("/asset_code", Reason("asset.in_stock", {"asset_code": code}))
    rows = [(THIS_CASE, measure, code, unit) for measure in MEASURES]
    given_up = [value for _ in ACCOUNTS for value in (context.seq, context.on.isoformat(), at, context.by, code)]
    return (
        Writing(_GIVE_UP, [given_up], twice), Writing(_CLEAR, [(code,)], twice), Writing(_BEGIN, rows, twice),
        Writing(_ENTER, _entries(context, moved), twice), Writing(_NAME, [_named(context.after)], twice),
    )


def _named(standing: Standing) -> tuple[Any, ...]:
    """What the register lists the premises by, and is searched by without tone marks."""
    form, code = standing.data["form"], _code(standing)
    name, address = (str(form.get(part, "")) for part in ("name", "address"))
    return THIS_CASE, code, _unit(standing), name, address, folded(f"{code} {name} {address}")


def _moved(context: BookContext, moved: Sequence[Movement]) -> Sequence[Writing]:
    beyond = Objection("", Reason("asset.beyond_stock", {"asset_code": _code(context.after)}))
    if not moved:
        return (Writing(_END, [(int(context.after.ended), _destination(context.after), THIS_CASE)], beyond),)
    return (Writing(_ENTER, _entries(context, moved), beyond),)


def _entries(context: BookContext, moved: Sequence[Movement]) -> list[tuple[Any, ...]]:
    old = _destination(context.before) if context.before else ""
    new = _destination(context.after)
    return [
        (
            THIS_CASE, context.seq, context.on.isoformat(), _at(context), context.by, _code(context.after), _unit(context.after),
            each.source, each.target, new if each.target in DESTINED else old, int(each.counter),
            int(context.after.ended), new, *(each.quantities[measure] for measure in MEASURES), _kept_for(context.after, each),
        )
        for each in moved
    ]


def _destination(standing: Standing | None) -> str:
    """Where it goes, once the plan says so."""
    placed = position(standing)
    if standing is None or not any(any(placed.get(name, {}).values()) for name in DESTINED):
        return ""
    said = standing.data.get("propose")
    return str(said.get("destination", "")) if isinstance(said, dict) else ""


def _kept_for(standing: Standing, movement: Movement) -> str:
    """What is kept and for what, as the check of the need says; nothing of any other movement."""
    said = standing.data.get("need_check")
    return str(said.get("kept_for", "")) if movement.target == KEPT and isinstance(said, dict) else ""


def _at(context: BookContext) -> str:
    return context.now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _code(standing: Standing) -> str:
    return str(standing.data["form"]["asset_code"])


def _unit(standing: Standing) -> str:
    return str(standing.data["form"]["commune"])


BOOK = Book("asset.stock", FAMILY, enter)
