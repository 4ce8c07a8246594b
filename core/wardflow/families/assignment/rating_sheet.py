"""The rating sheet of a month: the persons rated, what each score is made of, and the shares of the bands, to be signed and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from wardflow.cases.platform import Platform
from wardflow.cases.slip_data import letterhead
from wardflow.domain.people import Actor
from wardflow.families.assignment.scoring import Rating, Scored, shares
from wardflow.wording import formats

COLUMNS = (
    ("Người chịu trách nhiệm", True), ("Việc", True), ("Mã hồ sơ", False), ("Chất lượng", False), ("Hệ số", False), ("Trọng số", False),
    ("Điểm tháng", False), ("Xếp loại", False),
)  # fmt: skip


def rating_sheet(platform: Platform, actor: Actor, first: date, ratings: Sequence[Rating], bands: Mapping[str, str]) -> bytes:
    """The sheet as PDF, in Vietnamese as official papers are; `bands` says the bands in words, one not among them is shown as the table calls it."""
    unit = min(actor.units)
    counted = "; ".join(f"{bands.get(each.band, each.band)} {each.count} ({_figure(each.percent)} %)" for each in shares(ratings))
    return platform.press("listing", {
        **letterhead(platform.snapshot(), unit, platform.now()),
        "title": "Bảng xếp loại tháng", "form": "Quy định 11-QĐ/TU", "above": [f"Tháng {first:%m/%Y}"],
        "columns": [{"name": name, "wide": wide} for name, wide in COLUMNS],
        "rows": [row for rating in ratings for row in _rows(rating, bands)],
        "below": [f"Cộng: {len(ratings)} người được xếp loại. {counted}."], "maker": "Người lập bảng", "signer": {"name": actor.name},
    })  # fmt: skip


def named(task: Scored) -> str:
    """What an assignment is called on what is printed or taken away; of a confidential one only that it is one."""
    return "Việc mật" if task.assignment.said("form", "confidential") else task.assignment.title


def _rows(rating: Rating, bands: Mapping[str, str]) -> Iterator[list[str]]:
    for place, task in enumerate(rating.tasks):
        last = [_figure(rating.score), bands.get(rating.band, rating.band)] if place == 0 else ["", ""]
        yield [rating.person if place == 0 else "", *_task(task), *last]


def _task(task: Scored) -> list[str]:
    return [named(task), task.assignment.case.code, *map(_figure, (task.quality, task.factor, task.weight))]


def _figure(value: float) -> str:
    return formats.number(round(value, 2))
