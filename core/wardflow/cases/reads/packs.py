"""The published packs as their designers read them: who does what where, by when, and what lint says of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from wardflow.cases.platform import Platform
from wardflow.cases.ports import PackVersion
from wardflow.cases.reads.views import Words
from wardflow.cases.services import known
from wardflow.domain.findings import LintFinding
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.domain.six_clears import ENGLISH, ORDER, Clear, SixClears
from wardflow.engine import Definition, Node
from wardflow.errors import PackUnknown
from wardflow.packs import Pack, lint, said_of
from wardflow.permissions import Question, require

FOR_PEOPLE = ("userTask", "manualTask")
USUAL_PLACE = "office"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version of a pack: its number, when, and by whom."""

    version: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PackRow:
    """One published pack in its newest version."""

    id: str
    title: Words
    newest: VersionRow
    processes: int
    steps: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step that a person does; `place` is a place of a case, `expression` the FEEL that names another unit."""

    id: str
    title: Words
    role: Words
    person: str
    place: str
    expression: str
    limit: str
    product: Words
    six: SixClears
    form: str = ""


@dataclass(frozen=True, slots=True)
class DiagramView:
    """One diagram of a pack: the processes drawn in it and their steps for people."""

    file: str
    processes: tuple[Words, ...]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One procedure that a pack runs today."""

    code: str
    name: Words
    process: str
    limit: str


@dataclass(frozen=True, slots=True)
class PackView:
    """Everything the page of a pack shows."""

    id: str
    title: Words
    versions: tuple[VersionRow, ...]
    diagrams: tuple[DiagramView, ...]
    procedures: tuple[ProcedureRow, ...]
    findings: tuple[LintFinding, ...]

    @property
    def errors(self) -> int:
        """How many findings would keep the pack from being published."""
        return sum(found.severity == "error" for found in self.findings)


def published(platform: Platform, actor: Actor) -> tuple[PackRow, ...]:
    """Every pack in its newest version, by id; only for who may publish one."""
    require(actor, "publish_pack", Question())
    newest = {version.pack_id: version for version in platform.store.packs.versions()}
    return tuple(_pack_row(platform, version) for _id, version in sorted(newest.items()))


def published_pack(platform: Platform, actor: Actor, id: str) -> PackView:
    """The newest version of a pack with all its versions, newest first; PackUnknown where none was published."""
    require(actor, "publish_pack", Question())
    versions, pack = newest(platform, id)
    today = platform.snapshot().calendar.local(platform.now()).date()
    matters = platform.library.procedures(today).values()
    run = sorted((m.procedure for m in matters if m.pack.digest == pack.digest), key=lambda record: record.code)
    return PackView(
        id=pack.id,
        title=Words(pack.title, pack.title_en),
        versions=tuple(_version_row(platform, version) for version in reversed(versions)),
        diagrams=tuple(_diagram(pack, file, definition) for file, definition in pack.definitions.items()),
        procedures=tuple(ProcedureRow(p.code, Words(p.name, p.name_en), p.process, str(p.time_limit)) for p in run),
        findings=tuple(
            replace(found, file=found.file.removeprefix(f"{pack.folder}/"))
            for found in lint(
                pack, handlers=known(platform.plugins), schemas=platform.library.schemas(), papers=platform.plugins.papers(), on=platform.now().date(),
            )
        ),
    )


def published_diagram(platform: Platform, actor: Actor, id: str, file: str) -> bytes:
    """A diagram of the newest version of a pack as its designer drew it; PackUnknown where there is none."""
    require(actor, "publish_pack", Question())
    _versions, pack = newest(platform, id)
    if file not in pack.paths(".bpmn"):
        raise PackUnknown(pack=f"{id}/{file}")
    return pack.files[file]


def newest(platform: Platform, id: str) -> tuple[list[PackVersion], Pack]:
    """All versions of a pack, oldest first, and the newest of them read; PackUnknown where none was published."""
    versions = [version for version in platform.store.packs.versions() if version.pack_id == id]
    if not versions:
        raise PackUnknown(pack=id)
    return versions, platform.library.pack(versions[-1].digest)


def _pack_row(platform: Platform, version: PackVersion) -> PackRow:
    pack = platform.library.pack(version.digest)
    definitions = pack.definitions.values()
    return PackRow(
        id=pack.id,
        title=Words(pack.title, pack.title_en),
        newest=_version_row(platform, version),
        processes=sum(len(definition.processes) for definition in definitions),
        steps=sum(len(list(_for_people(definition))) for definition in definitions),
    )


def _version_row(platform: Platform, version: PackVersion) -> VersionRow:
    by = version.published_by
    return VersionRow(version.version, version.published_at, platform.snapshot().name_of(by) or by)


def _diagram(pack: Pack, file: str, definition: Definition) -> DiagramView:
    names = tuple(Words(process.name or process.id, process.name_en) for process in definition.processes.values())
    return DiagramView(file, names, tuple(_step(pack, node) for node in _for_people(definition)))


def _for_people(definition: Definition) -> Iterable[Node]:
    """The steps that people do, in the order in which a case can come to them; what nothing leads to comes last."""
    seen: set[str] = set()
    reached = [id for process in definition.processes for id in _walked(definition, process, seen)]
    nodes = [definition.nodes[id] for id in dict.fromkeys((*reached, *definition.nodes))]
    return [node for node in nodes if node.kind in FOR_PEOPLE]


def _walked(definition: Definition, container: str, seen: set[str]) -> Iterator[str]:
    """The nodes of a process from its start, nearest first, a sub-process with all it holds before what follows it."""
    held = definition.containers[container]
    coming = deque(_unseen((*held.starts, *held.waits, *held.event_subs), seen))
    while coming:
        node = definition.nodes[coming.popleft()]
        yield node.id
        if node.inner is not None:
            yield from _walked(definition, node.inner, seen)
        coming.extend(_unseen((*(out.target for out in node.outs), *node.boundary, *node.gate), seen))


def _unseen(ids: Iterable[str], seen: set[str]) -> list[str]:
    """Those met for the first time, remembered: a diagram may lead back, and a process may call itself."""
    fresh = [id for id in dict.fromkeys(ids) if id not in seen]
    seen.update(fresh)
    return fresh


def steps_of(pack: Pack, definition: Definition, process: str) -> tuple[StepRow, ...]:
    """The steps that people do in one process, in the order in which a case can come to them."""
    reached = [definition.nodes[id] for id in _walked(definition, process, set())]
    return tuple(_step(pack, node) for node in reached if node.kind in FOR_PEOPLE)


def _step(pack: Pack, node: Node) -> StepRow:
    own = said_of(node, pack)
    role, unit, title = own.get("role", ""), own.get("unit", USUAL_PLACE), node.name or node.id
    named = pack.roles.get(role)
    return StepRow(
        id=node.element,
        title=Words(title, own.get("nameEn", "")),
        role=Words(named.vi, named.en) if named else Words(role, role),
        person=own.get("person", ""),
        place="" if unit.startswith("=") else unit,
        expression=unit if unit.startswith("=") else "",
        limit=own.get("due", ""),
        product=Words(own.get("product", ""), own.get("productEn", "")),
        six=_six(pack, node, title),
        form=node.attributes.get("form", ""),
    )


def _six(pack: Pack, node: Node, title: str) -> SixClears:
    """The lights of a step before any case: from what its designer wrote alone, with both languages in each."""
    own = said_of(node, pack)
    plain = SixClears.of(own, title)
    return SixClears(*(_worded(clear, pack, own.get(ENGLISH.get(light, ""), "")) for light, clear in zip(ORDER, plain, strict=True)))


def _worded(clear: Clear, pack: Pack, english: str) -> Clear:
    facts = dict(clear.reason.facts)
    if named := pack.roles.get(str(facts.get("role", ""))):
        facts |= {"role": named.vi, "role_en": named.en}
    if english and "text" in facts:
        facts["text_en"] = english
    return replace(clear, reason=Reason(clear.reason.code, facts))
