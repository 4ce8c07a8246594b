"""Premises that are known already come in through the acts of their process, and read back as the file had them."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from premises import sheet, shipped, staff
from wardflow.families.asset import balance, premises
from wardflow.families.asset.importing import import_premises
from wardflow.families.asset.premises import ALL_SURPLUS, Narrow
from wardflow.families.asset.sheet import SheetRefused

SMALL = 40
LATER_OF_SECOND = ("destination", "plan_document", "decision_document")


def brought_in(office: Any, file: Path) -> list[str]:
    return list(import_premises(Namespace(file=file), office.platform))


def test_a_file_reads_back_as_it_was(office: Any, tmp_path: Path) -> None:
    staff(office)
    rows = shipped()[:SMALL]
    wanted = Counter(row["destination"] or row["need"] for row in rows if not row["separate_plan"])
    said = brought_in(office, sheet(tmp_path, rows))
    assert not any("line" in line for line in said), said
    assert len(premises.listed(office.platform, Narrow(), 0, 2000)) == SMALL
    assert premises.count(office.platform, Narrow(account="kept")) == wanted["keep"]
    found = {name: premises.count(office.platform, Narrow(account=ALL_SURPLUS, destination=name)) for name in wanted if name != "keep"}
    assert found == {name: count for name, count in wanted.items() if name != "keep"}
    assert premises.count(office.platform, Narrow(account="decided")) == sum(bool(row["decision_document"]) for row in rows)
    lands = {row.premises.code: row.premises.land / 100 for row in premises.listed(office.platform, Narrow(), 0, 2000)}
    assert lands == {row["asset_code"]: float(row["land_area_m2"]) for row in rows}
    week = balance.week(office.platform, balance.monday(office.now.date()))
    assert week.total == SMALL and week.whole.closing == premises.count(office.platform, Narrow(account="planned"))


def test_the_same_file_again_changes_nothing_and_one_that_knows_more_goes_on(office: Any, tmp_path: Path) -> None:
    staff(office)
    row = next(each for each in reversed(shipped()) if each["decision_document"] and each["destination"] == "education")
    before = {**row, "plan_document": "", "decision_document": ""}
    assert brought_in(office, sheet(tmp_path, [before]))[-1] == "plan_submitted 1"
    total = premises.count(office.platform, Narrow())
    assert brought_in(office, sheet(tmp_path, [before]))[-1] == "plan_submitted 1"
    handed = {**row, "handover_minute": "07/BB", "handover_day": "2026-03-03"}
    assert brought_in(office, sheet(tmp_path, [row]))[-1] == "handing_over 1"
    assert premises.count(office.platform, Narrow()) == total
    assert brought_in(office, sheet(tmp_path, [handed]))[-1] == "handed_over 1"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"commune": "atlantis"}, "there is no unit atlantis"), ({"land_area_m2": "-3"}, "is no number above 0"), ({"name": " "}, "name is empty"),
        ({"need": "maybe"}, "is none of keep, surplus, partly"), ({"decision_document": "1", "plan_document": ""}, "a decision needs plan_document"),
        ({"asset_code": "HN-0001"}, "stands in line 2 already"),
    ],
)
def test_a_line_that_cannot_be_so_is_named_and_nothing_is_begun(office: Any, tmp_path: Path, change: dict[str, str], why: str) -> None:
    before = premises.count(office.platform, Narrow())
    first, second = shipped()[:2]
    with pytest.raises(SheetRefused, match=why) as refused:
        brought_in(office, sheet(tmp_path, [first, {**second, **change}]))
    assert refused.value.line == 3
    assert premises.count(office.platform, Narrow()) == before


def test_a_column_nobody_knows_is_named(office: Any, tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="owner"):
        brought_in(office, sheet(tmp_path, [{**shipped()[0], "owner": "x"}]))


def test_where_nobody_holds_the_role_the_line_is_told_and_the_rest_go_on(office: Any, tmp_path: Path) -> None:
    first, second = shipped()[-2:]
    said = brought_in(office, sheet(tmp_path, [{**first, "commune": "dept-justice"}, {**second, **dict.fromkeys(LATER_OF_SECOND, ""), "commune": "thien-loc"}]))
    assert any("line 2" in line for line in said) and "stopped 1" in said[-1]
