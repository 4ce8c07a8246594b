"""Which messages and signals a case began or ceased to listen for; nothing is looked at where its diagram hears none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wardflow.cases.exchange import Subscription, keys_hash
from wardflow.cases.library import Matter
from wardflow.cases.records import Case
from wardflow.cases.situation import Situation
from wardflow.domain.record import record
from wardflow.engine import Definition, Host, Step, listeners
from wardflow.packs import Pack


@record(frozen=True, slots=True)
class Heard:
    """The listeners to write, and the keys of those to remove."""

    begun: tuple[Subscription, ...] = ()
    ended: tuple[str, ...] = ()


NOTHING = Heard()


def changed(before: Case, ran_by: Matter, step: Step, situation: Situation, hosted: Callable[[], Host]) -> Heard:
    """What the step changed; a listener whose keys changed begins anew. `ran_by` is what the case ran by before the act."""
    pack, definition = situation.pack, situation.definition
    if not (hears(pack, definition) or hears(ran_by.pack, ran_by.definition)):
        return NOTHING
    host = hosted()
    was = standing(before.id, ran_by.pack, ran_by.definition, before.state, situation.now, host) if before.id else {}
    now = standing(before.id, pack, definition, step.state, situation.now, host)
    begun = tuple(row for key, row in now.items() if key not in was or was[key].keys_hash != row.keys_hash)
    return Heard(begun, tuple(key for key in was if key not in now))


def hears(pack: Pack, definition: Definition) -> bool:
    """Whether cases of a diagram hear anything from other cases or systems; a withdrawal comes by its applicant's own act."""
    return bool(definition.hears - {pack.withdrawal})


def standing(
    case_id: int, pack: Pack, definition: Definition, state: bytes, now: datetime, host: Host
) -> dict[str, Subscription]:
    """Everything a state listens for, by what names it within the case."""
    if not hears(pack, definition):
        return {}
    return {
        one.key: Subscription(case_id, one.key, one.kind, one.name, keys_hash(one.wants), one.node, now)
        for one in listeners(definition, state, now, host)
        if one.name != pack.withdrawal
    }
