"""What is adopted of plugins as every process holds it: read again when the revision of the register moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wardflow.adopted import Adopted
from wardflow.cases.plugin_ports import Adoption
from wardflow.tables import TABLES

if TYPE_CHECKING:
    from wardflow.cases.platform import Platform


class Held:
    """Answers with what is adopted at the revision this process works with; it costs a query only when that moved."""

    def __init__(self, adoption: Adoption, revision: Callable[[], int]) -> None:
        self._adoption, self._revision = adoption, revision
        self._held: tuple[int, Adopted] | None = None

    def __call__(self) -> Adopted:
        """What is adopted now."""
        revision = self._revision()
        if self._held is None or self._held[0] != revision:
            self._held = revision, self._adoption.read()
        return self._held[1]


def pinned(platform: Platform, unit: str) -> dict[str, Any]:
    """What a case keeps when it begins in a unit: the thresholds of the day, and which decision tables hold.

    Tables that no case was pinned to before are kept, so that they are there when a plugin brings others.
    """
    plugins, register = platform.plugins, platform.snapshots
    on = platform.now().astimezone(platform.settings.zone).date()
    thresholds = plugins.settings(on, register.line(unit))
    held, kept = thresholds.get(TABLES, {}), plugins.adopted().files
    if fresh := {digest: table for table, digest in held.items() if digest not in kept}:
        platform.store.adoption.keep_files({digest: (table, plugins.tables.file(digest)) for digest, table in fresh.items()})
    return thresholds


def write_tally(platform: Platform) -> None:
    """Writes down how often rules objected or failed since the last time; nothing where none did."""
    tally, counted = platform.plugins.tally, {}
    while tally:
        said, times = tally.popitem()
        counted[said] = times
    if counted:
        platform.store.adoption.add_tally(counted, platform.now().astimezone(platform.settings.zone).date())
