"""What other systems are told of a case: its names, its definition, whether it has ended; of its data only what it handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wardflow.cases.exchange import ExternalTask, Fetched, Running
from wardflow.cases.platform import Platform
from wardflow.cases.records import Case, CaseStatus, Document, Incident
from wardflow.domain.people import Actor
from wardflow.engine import peek
from wardflow.errors import CaseUnknown
from wardflow.exchange_errors import NoFile, RequestUnreadable, VariableUnknown
from wardflow.forms import attachments
from wardflow.permissions import Question, may

PAGE, MOST_LOOKED_AT = 200, 5000


@dataclass(frozen=True, slots=True)
class Instance:
    """A case as another system sees it; `definition` is process, version and content of the pack it runs by."""

    id: int
    code: str
    definition: str
    process: str
    ended: bool
    data: Mapping[str, Any]
    reference: str = ""
    """what another system calls it"""
    at: tuple[tuple[str, str, str], ...] = ()
    """where it is: element, name and kind"""


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
    return _instance(platform, case, platform.store.instances.reference(case.id))


def _instance(platform: Platform, case: Case, reference: str | None) -> Instance:
    definition, view = definition_id(platform, case.process, case.pack), peek(case.state)
    nodes = [platform.library.matter_of(case).definition.node(node) for node, _ in view.tokens]
    return Instance(
        case.id, case.code, definition, case.process, case.status is CaseStatus.ENDED, view.data, reference or "",
        tuple((node.element, node.name, node.kind) for node in nodes),
    )


def instances(platform: Platform, actor: Actor, wanted: Running, fits: Callable[[Mapping[str, Any]], bool] | None = None) -> Iterator[Instance]:
    """The running cases of procedures the account may open, in order of their numbers; `fits` is asked about the data of each.

    RequestUnreadable once too many were looked at in vain: the caller has to say more.
    """
    procedures = {grant.removeprefix("procedure:") for grant in actor.grants if grant.startswith("procedure:")}
    allowed = replace(wanted, procedures=None if "*" in procedures else frozenset(procedures))
    last, looked = 0, 0
    while page := platform.store.instances.listed(allowed, last, PAGE):
        last = page[-1][0].id
        for case, reference in page:
            looked += 1
            if not may(actor, "see_progress", Question(case, procedure=case.procedure)):
                continue
            found = _instance(platform, case, reference)
            if fits is None or fits(found.data):
                yield found
            elif looked >= MOST_LOOKED_AT:
                raise RequestUnreadable(why=f"more than {MOST_LOOKED_AT} cases would have to be looked through; name the process or the business key")


def variables(platform: Platform, actor: Actor, case_id: int) -> Mapping[str, Any]:
    """What the account may know of a case: all its data where it may open such cases, else what it is handed with its work."""
    case = platform.store.cases.load(case_id).case
    if may(actor, "see_progress", Question(case, procedure=case.procedure)):
        return peek(case.state).data
    handed = work_listed(platform, actor, {"case_id": case_id})
    if not handed:
        raise CaseUnknown(case=case_id)
    return {name: value for each in handed for name, value in each.task.inputs.items()}


def file(platform: Platform, actor: Actor, case_id: int, name: str) -> tuple[Document, bytes]:
    """A file of a case that a variable refers to; a reference to anything that is no paper of the case opens nothing."""
    known = variables(platform, actor, case_id)
    if name not in known:
        raise VariableUnknown(case=case_id, name=name)
    named = [each.get("sha256") for each in attachments(known[name])]
    papers = [paper for paper in platform.store.papers.documents(case_id) if paper.sha256 and paper.sha256 in named]
    if not papers:
        raise NoFile(name=name)
    return papers[0], platform.blobs.get(str(papers[0].sha256))


def stopped(platform: Platform, actor: Actor, case_id: int) -> tuple[tuple[Incident, bool], ...]:
    """What has stopped in a case of a procedure the account may open, and whether it was work for another system."""
    instance(platform, actor, case_id)
    definition = platform.library.matter_of(platform.store.cases.load(case_id).case).definition
    found = platform.store.incidents.of_case(case_id)
    return tuple((each, each.node in definition.nodes and "topic" in definition.node(each.node).attributes) for each in found)


def work_listed(platform: Platform, actor: Actor, filters: Mapping[str, Any], first: int = 0, most: int = 1000) -> tuple[Fetched, ...]:
    """The work that the account may fetch, fitting the filters, oldest first."""
    topics = {grant.removeprefix("topic:") for grant in actor.grants if grant.startswith("topic:")}
    allowed = None if "*" in topics else sorted(topics)
    return tuple(platform.store.external_tasks.listed(allowed, filters, platform.now(), first, most))


def work_at(platform: Platform, actor: Actor, work: ExternalTask) -> Fetched | None:
    """One piece of work with what its worker is told about the case."""
    return platform.store.external_tasks.find(work.case_id, work.task)
