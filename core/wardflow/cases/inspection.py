"""Checks that what is kept is whole: audit chains, projections against the engine's state, papers, sealed values, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from wardflow.cases.expected import Expected, expected, same_moment
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.cases.projections.listening import standing
from wardflow.cases.projections.warnings import WARNING
from wardflow.cases.records import Case, CaseFile, CaseStatus, Entry, Unreadable
from wardflow.cases.series import Lines, of_case, of_paper
from wardflow.cases.stepping import host
from wardflow.domain import audit
from wardflow.domain.reasons import Reason
from wardflow.errors import BlobDamaged, BlobMissing, WardflowError

KINDS = ("case", "entry", "task", "work", "listener", "alarm", "paper", "sealed", "number", "row", "register")
"""What is looked at, in the order in which a report counts it."""


class Moment(Protocol):
    """Everything kept, as of one moment."""

    def cases(self) -> Iterator[CaseFile | Unreadable]:
        """Every case with all that hangs on it."""

    def numbers(self) -> Mapping[str, int]:
        """The last number given in each series."""

    def archived(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """The codes of the cases that were archived, with the numbers they carry."""

    def orphans(self) -> Mapping[str, int]:
        """How many rows of each table belong to a case that is not there."""

    def audited(self, code: str, entry: Entry) -> Mapping[str, Any]:
        """What the audit chain hashes of an entry."""

    def has_thresholds(self, digest: str) -> bool:
        """Whether the thresholds that cases began with are kept under a digest."""

    def register(self) -> tuple[int, int | None]:
        """How many changes of the register are on record, and the number of the first whose hash does not follow."""


class Shelf(Protocol):
    """Where everything is kept."""

    def moment(self) -> AbstractContextManager[Moment]:
        """Everything of this moment."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written; `case` is the code of the case, where it is about one."""

    kind: str
    case: str
    reason: Reason


class Inspector:
    """Walks along the shelf once; `looked` and `wrong` count by kind what was seen on the way."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.looked: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def faults(self, shelf: Shelf) -> Iterator[Fault]:
        """Every fault, as it is found; nothing when all is whole."""
        with shelf.moment() as moment:
            lines = Lines(moment.numbers())
            for found in moment.cases():
                self.looked["case"] += 1
                code = found.code if isinstance(found, Unreadable) else found.case.code
                yield from (self._fault(kind, code, reason) for kind, reason in self._of(found, moment, lines))
            yield from self._archived(moment, lines)
            yield from (self._fault("number", "", reason) for reason in lines.gaps())
            for table, count in moment.orphans().items():
                self.looked["row"] += 1
                if count:
                    yield self._fault("row", "", Reason("verify.orphans", {"table": table, "count": count}))
            self.looked["register"], broken = moment.register()
            if broken is not None:
                yield self._fault("register", "", Reason("verify.register-broken", {"seq": broken}))

    def _archived(self, moment: Moment, lines: Lines) -> Iterator[Fault]:
        """Numbers stay given when what carries them was archived."""
        for code, numbers in moment.archived():
            for series, number in numbers:
                self.looked["number"] += 1
                if (wrong := lines.meet(series, number)) is not None:
                    yield self._fault("number", code, wrong)

    def _fault(self, kind: str, case: str, reason: Reason) -> Fault:
        self.wrong[kind] += 1
        return Fault(kind, case, reason)

    def _of(self, file: CaseFile | Unreadable, moment: Moment, lines: Lines) -> Iterator[tuple[str, Reason]]:
        if isinstance(file, Unreadable):
            yield "case", Reason("verify.unreadable")
            return
        self.looked.update({"entry": len(file.entries), "sealed": file.sealed})
        yield from (("entry", reason) for reason in _chain(file, moment))
        yield from (("sealed", Reason("verify.unsealed", {"reference": at})) for at in file.unopened)
        yield from (("paper", reason) for reason in self._papers(file))
        if not moment.has_thresholds(file.case.thresholds_digest):
            yield "case", Reason("verify.thresholds-missing", {"digest": file.case.thresholds_digest[:12]})
        try:
            matter = self._platform.library.matter_of(file.case)
            wanted = expected(matter.definition, file.case.state)
        except (WardflowError, KeyError) as failed:
            yield "case", Reason("verify.state-unreadable", {"error": type(failed).__name__})
            return
        yield from self._projections(file, wanted)
        yield from (("number", reason) for reason in self._numbers(file, matter, lines))

    def _projections(self, file: CaseFile, wanted: Expected) -> Iterator[tuple[str, Reason]]:
        self.looked.update({"task": len(file.tasks), "alarm": len(file.alarms)})
        yield from (("case", reason) for reason in _states(file.case, wanted))
        yield from (("task", reason) for reason in _tasks(file, wanted))
        yield from (("alarm", reason) for reason in _alarms(file, wanted))
        self.looked.update({"work": len(file.work), "listener": len(file.listeners or ())})
        yield from (("work", reason) for reason in _work(file, wanted))
        yield from (("listener", reason) for reason in self._listeners(file))
        open_ones = {str(incident.facts.get("incident", "")) for incident in file.incidents}
        for incident in sorted(wanted.stopped - open_ones):
            yield "task", Reason("verify.incident-missing", {"incident": incident})

    def _listeners(self, file: CaseFile) -> Iterator[Reason]:
        if file.listeners is None:
            return
        platform, case = self._platform, file.case
        matter = platform.library.matter_of(case)
        wanted = standing(case.id, matter.pack, matter.definition, case.state, platform.now(), host(platform, matter, platform.snapshot()))
        for listener in sorted(file.listeners ^ wanted.keys()):
            code = "verify.listener-missing" if listener in wanted else "verify.listener-left-over"
            yield Reason(code, {"listener": listener})

    def _papers(self, file: CaseFile) -> Iterator[Reason]:
        kept = {paper.sha256: paper.name for paper in file.documents if paper.sha256}
        kept |= {digest: name for entry in file.entries for digest, name in _attached(entry.value)}
        for digest, name in kept.items():
            self.looked["paper"] += 1
            try:
                self._platform.blobs.get(digest)
            except BlobMissing:
                yield Reason("verify.paper-missing", {"name": name, "digest": digest})
            except (BlobDamaged, OSError):
                yield Reason("verify.paper-damaged", {"name": name, "digest": digest})

    def _numbers(self, file: CaseFile, matter: Matter, lines: Lines) -> Iterator[Reason]:
        zone = self._platform.settings.zone
        carried = [of_case(file.case), *(of_paper(paper, file.case, matter, zone) for paper in file.documents)]
        if carried[0] is None:
            yield Reason("verify.code-strange")
        for series, number in filter(None, carried):
            self.looked["number"] += 1
            if (wrong := lines.meet(series, number)) is not None:
                yield wrong


def _chain(file: CaseFile, moment: Moment) -> Iterator[Reason]:
    case, entries = file.case, file.entries
    chain = ((moment.audited(case.code, entry), entry.hash) for entry in entries)
    if (broken := audit.verify(chain)) is not None:
        yield Reason("verify.chain-broken", {"seq": entries[broken].seq})
    elif [entry.seq for entry in entries] != list(range(1, case.audit_seq + 1)) or entries[-1].hash != case.audit_hash:
        yield Reason("verify.chain-head", {"seq": case.audit_seq, "count": len(entries)})
    if case.version != case.audit_seq:
        yield Reason("verify.version", {"version": case.version, "seq": case.audit_seq})


def _states(case: Case, wanted: Expected) -> Iterator[Reason]:
    if case.business_state != wanted.business_state:
        facts = {"state": case.business_state, "expected": wanted.business_state}
        yield Reason("verify.business-state", facts)
    if (case.status is CaseStatus.ENDED) != wanted.ended:
        yield Reason("verify.status-ended" if wanted.ended else "verify.status-open")


def _tasks(file: CaseFile, wanted: Expected) -> Iterator[Reason]:
    standing = {task.task: task.node for task in file.tasks}
    for task, node in sorted(wanted.tasks.items() - standing.items()):
        yield Reason("verify.task-missing", {"task": task, "node": node})
    for task, node in sorted(standing.items() - wanted.tasks.items()):
        yield Reason("verify.task-left-over", {"task": task, "node": node})


def _work(file: CaseFile, wanted: Expected) -> Iterator[Reason]:
    stopped = {str(incident.facts.get("task", "")) for incident in file.incidents}
    for task in sorted(wanted.work.keys() - file.work - stopped):    # what stopped is handed out anew when it is tried again
        yield Reason("verify.work-missing", {"task": task, "node": wanted.work[task]})
    for task in sorted(file.work - wanted.work.keys()):
        yield Reason("verify.work-left-over", {"task": task})


def _alarms(file: CaseFile, wanted: Expected) -> Iterator[Reason]:
    standing = {row.alarm: (row.node, row.fire_at) for row in file.alarms}
    if standing.pop(WARNING, None) and file.case.status is CaseStatus.ENDED:    # the engine knows nothing of warnings
        yield Reason("verify.alarm-left-over", {"alarm": WARNING, "node": ""})
    for alarm in sorted(wanted.alarms.keys() - standing.keys()):
        yield Reason("verify.alarm-missing", {"alarm": alarm, "node": wanted.alarms[alarm][0]})
    for alarm, (node, at) in sorted(standing.items()):
        if alarm not in wanted.alarms:
            yield Reason("verify.alarm-left-over", {"alarm": alarm, "node": node})
        elif node != wanted.alarms[alarm][0] or not same_moment(at, wanted.alarms[alarm][1]):
            facts = {"alarm": alarm, "node": node, "at": at.isoformat(), "expected": wanted.alarms[alarm][1].isoformat()}
            yield Reason("verify.alarm-other", facts)


def _attached(value: Any) -> Iterator[tuple[str, str]]:
    """The files that a form's value refers to, as (digest, name)."""
    if isinstance(value, Mapping):
        if isinstance(value.get("attachment"), str) and isinstance(value.get("sha256"), str):
            yield value["sha256"], str(value.get("name", ""))
        for part in value.values():
            yield from _attached(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _attached(part)
