"""The offices of communes (indicator A8): counted from what was kept as headquarters, and nothing else."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import Any

import pytest
from premises import STANDARD, brought, opened, sheet, shipped, staff
from wardflow.families.asset.importing import import_premises
from wardflow.families.asset.offices import CONCENTRATED, SEVERAL, UNKNOWN, offices, standing_of

Office = Any    # tests/workflows/conftest.py; test modules cannot import one another


def places(office: Office, commune: str) -> tuple[int, str]:
    [found] = [each for each in offices(office.platform).communes if each.id == commune]
    return found.places, found.standing


def kept(office: Office, code: str, answer: dict[str, Any]) -> int:
    case = brought(office, "need_check", asset_code=code)
    office.do(case, "need_check", {"standard": STANDARD, **answer})
    return case


def test_a_commune_counts_the_premises_that_it_keeps_as_its_headquarters(office: Office) -> None:
    assert places(office, "thien-loc") == (0, UNKNOWN)
    opened(office, asset_code="VP-0001")    # under review: counts nowhere
    kept(office, "VP-0002", {"need": "keep", "kept_for": "headquarters"})
    assert places(office, "thien-loc") == (1, CONCENTRATED)
    kept(office, "VP-0003", {"need": "keep", "kept_for": "other"})
    kept(office, "VP-0004", {"need": "keep"})
    kept(office, "VP-0005", {"need": "surplus"})
    assert places(office, "thien-loc") == (1, CONCENTRATED)
    kept(office, "VP-0006", {"need": "partly", "shared_area_m2": 300, "kept_for": "headquarters"})
    assert places(office, "thien-loc") == (2, SEVERAL)
    assert offices(office.platform).scattered == 1
    opened(office, asset_code="VP-0002")    # looked at again: no longer kept
    assert places(office, "thien-loc") == (1, CONCENTRATED)


@pytest.mark.parametrize(("count", "most", "standing"), [(0, 1, UNKNOWN), (1, 1, CONCENTRATED), (2, 1, SEVERAL), (2, 2, CONCENTRATED), (3, 2, SEVERAL)])
def test_how_many_places_are_several_is_a_setting(count: int, most: int, standing: str) -> None:
    assert standing_of(count, most) == standing


def test_seventy_two_communes_work_in_several_places_as_the_city_reported(office: Office) -> None:
    kinds = {unit.id: unit.kind for unit in office.platform.register().units}
    known = Counter(row["commune"] for row in shipped() if row["kept_for"] == "headquarters")
    several = Counter(kinds[commune] for commune, count in known.items() if count > 1)
    assert len(known) == 126 and dict(several) == {"ward": 24, "rural": 48} and several.total() == 72


def test_what_a_file_says_of_them_reads_back(office: Office, tmp_path: Any) -> None:
    staff(office)
    commune = "phuong-duc"
    rows = [row for row in shipped() if row["commune"] == commune and row["need"] == "keep"]
    list(import_premises(Namespace(file=sheet(tmp_path, rows)), office.platform))
    assert places(office, commune)[0] == sum(row["kept_for"] == "headquarters" for row in rows) > 0
