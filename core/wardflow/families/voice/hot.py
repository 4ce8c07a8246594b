"""Hot spots: many letters about one object, or many reports of one kind, from one area within a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import procedure_words
from wardflow.cases.reads.views import Words
from wardflow.cases.spots import Heat
from wardflow.domain.people import Actor
from wardflow.families.areas import areas_of
from wardflow.families.voice.matters import procedures

DAYS, LETTERS, PERSONS, REPORTS = "voice.hot_days", "voice.hot_letters", "voice.hot_persons", "voice.hot_reports"
MEDIA = "voice.hot_media"
"""The thresholds: the window in days, and from how many letters, persons, field reports or matters in the media on a spot is hot."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What came in from one area on one object or of one kind; `hot` names the threshold it reached."""

    heat: Heat
    procedure: Words
    kind: Words
    hot: str = ""


@dataclass(frozen=True, slots=True)
class HotSpots:
    """The spots of the last days, hot ones first, and the thresholds by which they were told."""

    days: int
    limits: Mapping[str, int]
    spots: tuple[Spot, ...]

    @property
    def hot(self) -> tuple[Spot, ...]:
        """Those that reached a threshold."""
        return tuple(spot for spot in self.spots if spot.hot)


def hot_spots(platform: Platform, actor: Actor) -> HotSpots:
    """The spots of the actor's communes, of the whole city for who works at its level; a confidential matter is in none."""
    on = platform.now().astimezone(platform.settings.zone).date()
    found = platform.plugins.settings(on, sorted(actor.units))
    limits = {name: int(found[name]) for name in (LETTERS, PERSONS, REPORTS, MEDIA)}
    days, matters, areas = int(found[DAYS]), procedures(platform), areas_of(platform, actor)
    if areas == () or not matters:
        return HotSpots(days, limits, ())
    heats = platform.store.spots.heat(areas or (), sorted(matters), platform.now() - timedelta(days=days))
    spots = [_spot(heat, matters[heat.procedure], limits) for heat in heats]
    return HotSpots(days, limits, tuple(sorted(spots, key=lambda spot: (not spot.hot, -spot.heat.count, spot.heat.area, spot.heat.kind))))


def _spot(heat: Heat, matter: Matter, limits: Mapping[str, int]) -> Spot:
    kinds = kind_words(matter)
    named = heat.kind != heat.procedure
    words = kinds.get(heat.kind) or (Words(heat.kind, heat.kind) if named else Words("", ""))
    return Spot(heat, procedure_words(matter), words, _why(heat, limits, named=named, listed=bool(kinds)))


def _why(heat: Heat, limits: Mapping[str, int], *, named: bool, listed: bool) -> str:
    """The threshold that is reached: kinds of a list are counted by reports, objects that people name by letters and by persons."""
    if heat.loud >= limits[MEDIA]:
        return MEDIA
    if not named:
        return ""
    if listed:
        return REPORTS if heat.count >= limits[REPORTS] else ""
    if heat.count >= limits[LETTERS]:
        return LETTERS
    return PERSONS if heat.persons >= limits[PERSONS] else ""


def kind_words(matter: Matter) -> dict[str, Words]:
    """The kinds that the form offers to choose from, in words; none where people name the object themselves."""
    name = str(matter.procedure.record.get("spot", {}).get("kind", "")).rpartition("/")[2]
    part: Mapping[str, Any] = (matter.opening_schema or {}).get("properties", {}).get(name, {})
    english = part.get("x-i18n", {}).get("en", {}).get("enum", {})
    return {kind: Words(words, english.get(kind, words)) for kind, words in part.get("x-enum", {}).items()}
