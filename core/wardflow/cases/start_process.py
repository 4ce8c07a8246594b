"""Opens a case because another system asks for it, by the procedure or the process it knows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wardflow.cases.attach_document import Upload
from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.library import Matter
from wardflow.cases.open_case import Opened, open_case
from wardflow.cases.opening import Opening
from wardflow.cases.platform import Platform
from wardflow.domain.channels import Channel, Way
from wardflow.errors import ProcedureUnknown
from wardflow.exchange_errors import RequestUnreadable

OWN_NAMES = ("applicant", "form", "components", "receiving", "returning")
"""Names under which a caller may hand in the parts of an opening; every other name is a field of the form, or a variable."""


def start_process(
    platform: Platform, account: ServiceAccount, process: str, values: Mapping[str, Any], *, reference: str = "", key: str = "",
    uploads: Sequence[Upload] = (),
) -> Opened:
    """The new case; the same `key` of the same account again answers with the case it opened before.

    `process` is the code of a procedure, or a process that one procedure alone runs. FormRefused with every objection.
    """
    matter = matter_of(platform, process, platform.snapshot().calendar.local(platform.now()).date())
    opening = opening_of(matter, values, reference, account.unit)
    once = hashlib.sha256(f"{account.name}\n{key}".encode()).hexdigest() if key else None
    return open_case(platform, account.actor, opening, key=once, uploads=uploads)


def matter_of(platform: Platform, process: str, today: date) -> Matter:
    """What a new case of a procedure, or of a process, runs by; ProcedureUnknown where that is none or not one alone."""
    offered = platform.library.procedures(today)
    if process in offered:
        return offered[process]
    found = [matter for matter in offered.values() if matter.procedure.process == process]
    if len(found) != 1:
        raise ProcedureUnknown(procedure=process)
    return found[0]


def opening_of(matter: Matter, values: Mapping[str, Any], reference: str, unit: str) -> Opening:
    """The opening that loose values make up: fields of the form go into it, the rest are variables of the case."""
    given = {name: values[name] for name in OWN_NAMES if values.get(name) is not None}
    rest = {name: value for name, value in values.items() if name not in OWN_NAMES}
    fields = (matter.opening_schema or {}).get("properties", {})
    form = {**{name: value for name, value in rest.items() if name in fields}, **_table(given, "form")}
    receiving = str(given.get("receiving") or unit)
    if not receiving:
        raise RequestUnreadable(why="it names no receiving unit, and the account has none")
    return Opening(
        procedure=matter.procedure.code, applicant=_table(given, "applicant"), form=form, components=_table(given, "components"),
        receiving=receiving, returning=str(given.get("returning") or ""), reference=reference, way=Way(Channel.SYSTEM),
        variables={name: value for name, value in rest.items() if name not in fields},
    )


def _table(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = given.get(name, {})
    if not isinstance(value, Mapping):
        raise RequestUnreadable(why=f"{name} is not an object")
    return value
