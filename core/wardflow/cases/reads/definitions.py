"""What other systems are told of processes and decisions: those of the procedures they may open cases of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow import __version__
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.reads.instances import definition_id
from wardflow.domain.people import Actor
from wardflow.exchange_errors import DecisionUnknown, DefinitionUnknown
from wardflow.feel import to_json
from wardflow.permissions import Question, may


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One process in force; `xml` is its file as it was published."""

    id: str
    key: str
    name: str
    version: int
    file: str
    pack: str
    xml: str


def definitions(platform: Platform, actor: Actor, key: str = "") -> tuple[ProcessDefinition, ...]:
    """The processes in force of the account's procedures, each once, by key; a key is a process or the code of a procedure."""
    found = {}
    for code, matter in _matters(platform, actor).items():
        if key in ("", code, matter.procedure.process):
            shown = _definition(platform, matter)
            found[shown.id] = shown
    return tuple(sorted(found.values(), key=lambda each: each.key))


def definition(platform: Platform, actor: Actor, id: str = "", key: str = "") -> ProcessDefinition:
    """One of them; DefinitionUnknown where the account may use none of that id or key, or several."""
    found = [each for each in definitions(platform, actor, key) if id in ("", each.id)]
    if len(found) != 1:
        raise DefinitionUnknown(definition=id or key)
    return found[0]


def decided(platform: Platform, actor: Actor, decision: str, inputs: Mapping[str, Any]) -> Any:
    """What a decision in force says; DecisionUnknown where no pack that the account may use has it."""
    for matter in _matters(platform, actor).values():
        if any(decision in model.decisions for model in matter.pack.decisions.values()):
            calendar = platform.snapshot().calendar
            return to_json(matter.pack.decide(decision, inputs, calendar=calendar, now=platform.now()))
    raise DecisionUnknown(decision=decision)


def version() -> str:
    """The version of the platform."""
    return __version__


def _matters(platform: Platform, actor: Actor) -> dict[str, Matter]:
    today = platform.snapshot().calendar.local(platform.now()).date()
    offered = platform.library.procedures(today)
    return {code: matter for code, matter in offered.items() if may(actor, "see_progress", Question(procedure=code))}


def _definition(platform: Platform, matter: Matter) -> ProcessDefinition:
    pack, process = matter.pack, matter.procedure.process
    return ProcessDefinition(
        definition_id(platform, process, pack.digest), process, matter.procedure.name, platform.library.version(pack.digest), matter.file,
        pack.digest[:12], pack.files[matter.file].decode("utf-8"),
    )
