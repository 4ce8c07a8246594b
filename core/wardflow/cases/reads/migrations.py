"""What a designer reads before and while the cases of a pack go over to another version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from wardflow.cases.migrate_pack import plan_for, rehearse
from wardflow.cases.migration import Migration, MigrationUnknown, Outcome, Result
from wardflow.cases.platform import Platform
from wardflow.cases.reads.views import Words
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.errors import PackUnknown
from wardflow.packs.mapping import StepMapping
from wardflow.permissions import Question, require

TRIED, LISTED = 2000, 200
"""How many cases a page tries and lists; the command of the same name tries and lists all."""


@dataclass(frozen=True, slots=True)
class PackVersions:
    """A pack with the numbers of its versions, newest first, and the migrations that were begun, newest first."""

    id: str
    title: Words
    versions: tuple[int, ...]
    migrations: tuple[Migration, ...]


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """What would become of the cases: how many with which result, and those that stand out."""

    counts: Mapping[str, int]
    total: int
    outcomes: tuple[Outcome, ...]

    @property
    def tried(self) -> int:
        """How many were tried."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class MigrationView:
    """How far a migration got, and which cases did not move."""

    migration: Migration
    counts: Mapping[str, int]
    left: int
    rows: tuple[tuple[str, Result, tuple[Reason, ...]], ...]


def pack_versions(platform: Platform, actor: Actor, id: str) -> PackVersions:
    """The versions a pack's cases can go to; PackUnknown where none was published."""
    require(actor, "migrate_case", Question())
    found = [version for version in platform.store.packs.versions() if version.pack_id == id]
    if not found:
        raise PackUnknown(pack=id)
    pack = platform.library.pack(found[-1].digest)
    numbers = tuple(version.version for version in reversed(found))
    return PackVersions(id, Words(pack.title, pack.title_en), numbers, tuple(platform.store.migrations.all(id)))


def rehearsal(platform: Platform, actor: Actor, id: str, version: int, mapping: StepMapping) -> RehearsalView:
    """The first cases of the pack tried on a version, in memory."""
    require(actor, "migrate_case", Question())
    plan = plan_for(platform, id, version, mapping)
    outcomes = list(islice(rehearse(platform, plan), TRIED))
    order = {Result.BLOCKED: 0, Result.STAYS: 1}
    shown = sorted(outcomes, key=lambda each: order.get(each.result, 2))[:LISTED]
    counts = Counter(str(outcome.result) for outcome in outcomes)
    return RehearsalView(counts, platform.store.migrations.count(plan), tuple(shown))


def migration(platform: Platform, actor: Actor, id: str, number: int) -> MigrationView:
    """One migration of a pack; MigrationUnknown where it has none of that number."""
    require(actor, "migrate_case", Question())
    found = platform.store.migrations.one(number)
    if found.plan.pack_id != id:
        raise MigrationUnknown(migration=number)
    table = platform.store.migrations
    counts = {str(result): count for result, count in table.counts(number).items()}
    rows = [(code, row.result, row.reasons) for result in (Result.BLOCKED, Result.STAYS) for row, code in table.rows(number, result, 0, LISTED)]
    left = 0 if found.ended_at else table.count(found.plan) - counts.get("blocked", 0) - counts.get("stays", 0)
    return MigrationView(found, counts, left, tuple(rows))
