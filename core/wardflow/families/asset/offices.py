"""Where each commune has its offices: in one place, in several, or in none that is known (indicator A8: communes not concentrated)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wardflow.cases.platform import Platform
from wardflow.domain.names import in_order
from wardflow.offers import Setting

PLACES_MOST = "asset.offices_concentrated"
"""The threshold: up to how many places of work a commune still counts as concentrated."""
SETTINGS = (
    Setting(
        PLACES_MOST, 1, assumed=True,
        schema={
            "type": "integer", "minimum": 1, "maximum": 5, "title": "Xã, phường tập trung: nhiều nhất bao nhiêu trụ sở",
            "x-i18n": {"en": {"title": "A commune is concentrated with at most so many offices"}},
        },
    ),
)
HEADQUARTERS = "headquarters"
KINDS = ("ward", "rural")
UNKNOWN, CONCENTRATED, SEVERAL = STANDINGS = ("unknown", "concentrated", "several")
_COUNTED = (
    "SELECT e.unit, count(DISTINCT e.case_id) FROM asset_entry e JOIN asset_stock s ON s.case_id = e.case_id AND s.measure = 'sites' "
    "WHERE e.target = 'kept' AND e.kept_for = ? AND s.live = 1 AND s.total > 0 GROUP BY e.unit"
)


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune: in how many places it works, and how that counts."""

    id: str
    name: str
    name_en: str
    kind: str
    places: int
    standing: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Every ward and rural commune, those that work in several places first, and how many stand how."""

    communes: tuple[Commune, ...]

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Standing → kind of commune → how many."""
        return {each: {kind: self._count(each, kind) for kind in KINDS} for each in STANDINGS}

    @property
    def scattered(self) -> int:
        """Indicator A8: communes that are not concentrated."""
        return sum(self.counts[SEVERAL].values())

    def _count(self, standing: str, kind: str) -> int:
        return sum(each.standing == standing and each.kind == kind for each in self.communes)


def offices(platform: Platform) -> Offices:
    """The offices of every commune, by what the check of the need kept as its headquarters; premises under review count nowhere."""
    on = platform.snapshot().calendar.local(platform.now()).date()
    most = int(platform.plugins.settings(on, [])[PLACES_MOST])
    places = {str(unit): int(str(count)) for unit, count in platform.store.own.fresh(_COUNTED, (HEADQUARTERS,))}
    communes = (
        Commune(unit.id, unit.name, unit.name_en or unit.name, unit.kind, places.get(unit.id, 0), standing_of(places.get(unit.id, 0), most))
        for unit in platform.register().units if unit.kind in KINDS
    )  # fmt: skip
    return Offices(_sorted(communes))


def standing_of(places: int, most: int) -> str:
    """How a number of places counts."""
    if places == 0:
        return UNKNOWN
    return CONCENTRATED if places <= most else SEVERAL


def _sorted(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    order = (SEVERAL, UNKNOWN, CONCENTRATED)
    return tuple(sorted(communes, key=lambda each: (order.index(each.standing), -each.places, in_order(each.name))))
