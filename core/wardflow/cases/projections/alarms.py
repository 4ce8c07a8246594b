"""Alarms a step set or cleared."""

from __future__ import annotations

from wardflow.cases.records import AlarmRow
from wardflow.engine import AlarmCleared, AlarmSet, Step


def changed(step: Step) -> tuple[tuple[AlarmRow, ...], tuple[str, ...]]:
    """The alarms to write and the alarms to remove; one set and cleared in the same step is neither."""
    kept: dict[str, AlarmRow] = {}
    gone: list[str] = []
    for effect in step.effects:
        if isinstance(effect, AlarmSet):
            # a repeating alarm keeps its key, so the row of the round before goes first
            kept[effect.alarm] = AlarmRow(effect.alarm, effect.node, effect.fire_at)
        elif isinstance(effect, AlarmCleared) and kept.pop(effect.alarm, None) is None:
            gone.append(effect.alarm)
    return tuple(kept.values()), tuple(gone)
