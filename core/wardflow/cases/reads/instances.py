"""What other systems are told of a case: its names, its definition, whether it has ended; of its data only what it handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wardflow.cases.exchange import ExternalTask, Fetched
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseStatus
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.errors import CaseUnknown
from wardflow.permissions import Question, may


@dataclass(frozen=True, slots=True)
class Instance:
    """A case as another system sees it; `definition` is process, version and content of the pack it runs by."""

    id: int
    code: str
    definition: str
    process: str
    ended: bool
    data: Mapping[str, Any]


def definition_id(platform: Platform, process: str, pack: str) -> str:
    """What names one version of a process."""
    return f"{process}:{platform.library.version(pack)}:{pack[:12]}"


def instance(platform: Platform, actor: Actor, case_id: int) -> Instance:
    """A case of a procedure the account may open; CaseUnknown for any other, so that numbers cannot be tried out."""
    case = platform.store.cases.load(case_id).case
    if not may(actor, "see_progress", Question(case, procedure=case.procedure)):
        raise CaseUnknown(case=case_id)
    return _shown(platform, case)


def told_of(platform: Platform, actor: Actor, case_id: int) -> Instance:
    """A case that has just received what its caller was allowed to send; its data only for who may open such cases."""
    case = platform.store.cases.load(case_id).case
    seen = _shown(platform, case)
    return seen if may(actor, "see_progress", Question(case, procedure=case.procedure)) else replace(seen, data={})


def _shown(platform: Platform, case: Case) -> Instance:
    definition = definition_id(platform, case.process, case.pack)
    return Instance(case.id, case.code, definition, case.process, case.status is CaseStatus.ENDED, peek(case.state).data)


def work_listed(platform: Platform, actor: Actor, filters: Mapping[str, Any], first: int = 0, most: int = 1000) -> tuple[Fetched, ...]:
    """The work that the account may fetch, fitting the filters, oldest first."""
    topics = {grant.removeprefix("topic:") for grant in actor.grants if grant.startswith("topic:")}
    allowed = None if "*" in topics else sorted(topics)
    return tuple(platform.store.external_tasks.listed(allowed, filters, platform.now(), first, most))


def work_at(platform: Platform, actor: Actor, work: ExternalTask) -> Fetched | None:
    """One piece of work with what its worker is told about the case."""
    return platform.store.external_tasks.find(work.case_id, work.task)
