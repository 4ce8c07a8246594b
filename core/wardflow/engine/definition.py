"""A process file in the form in which it runs: a flat table of nodes, shared by all cases and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

from wardflow.domain.findings import LintFinding
from wardflow.engine.effects import Effect


class Expression(Protocol):
    """A compiled FEEL text, as `wardflow.feel.compile` makes it."""

    def evaluate(self, context: Mapping[str, Any], *, calendar: Any = None, now: Any = None) -> Any:
        """The value of the text for these variables."""
        ...


class Out(NamedTuple):
    """One outgoing sequence flow."""

    target: str
    flow: str
    condition: Expression | None
    default: bool


class Binding(NamedTuple):
    """A name and the expression that gives its value."""

    name: str
    value: Expression


class Carry(NamedTuple):
    """One data association: the variable set, its value, and the variable it comes from when it is a plain copy."""

    name: str
    value: Expression
    source: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """When a timer rings: ISO text, or an expression that gives ISO text, a date or a duration."""

    flavour: Literal["duration", "date", "cycle"]
    text: str | Expression


@dataclass(frozen=True, slots=True)
class Trigger:
    """One event definition: what an event waits for or throws."""

    kind: str
    name: str | None = None
    timer: Timer | None = None
    condition: Expression | None = None
    keys: tuple[Binding, ...] = ()
    payload: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is done (BPMN 2.0.2, 10.3.8)."""

    standard: bool
    sequential: bool = True
    maximum: int | None = None
    condition: Expression | None = None
    test_before: bool = False
    cardinality: Expression | None = None
    collection: Expression | None = None
    item: str | None = None
    output: str | None = None
    output_item: str | Expression | None = None
    done: Expression | None = None
    behaviour: str = "all"
    each: tuple[Trigger, ...] = ()
    first: tuple[Trigger, ...] = ()
    complex: tuple[tuple[Expression, tuple[Trigger, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class AdHoc:
    """How the activities of an ad-hoc sub-process are chosen and when it is done (BPMN 2.0.2, 13.3.5)."""

    sequential: bool = False
    done: Expression | None = None
    cancel_rest: bool = True


@dataclass(slots=True, eq=False)
class Node:
    """One element a token can be at. Only the reader writes to it, while the table is being wired."""

    id: str
    name: str
    kind: str
    """The BPMN tag: userTask, exclusiveGateway, …"""
    process: str
    scope: str
    """The process or sub-process that directly holds it."""
    element: str
    """The id in the file; differs from `id` only where two processes use the same one."""
    lane: str = ""
    line: int = 0
    documentation: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    outs: tuple[Out, ...] = ()
    ins: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    boundary: tuple[str, ...] = ()
    host: str | None = None
    interrupting: bool = True
    parallel_multiple: bool = False
    instantiates: bool = False
    inner: str | None = None
    isolated: bool = False
    event_sub: bool = False
    transaction: bool = False
    adhoc: AdHoc | None = None
    loop: Loop | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    script: Expression | None = None
    script_language: str = ""
    script_text: str = ""
    handler: str = ""
    decision: str = ""
    result: str = ""
    inputs: tuple[Binding, ...] = ()
    outputs: tuple[Binding, ...] = ()
    before: tuple[Carry, ...] = ()
    """What data associations set when it begins."""
    after: tuple[Carry, ...] = ()
    """What data associations set when it is done."""
    for_compensation: bool = False
    compensated_by: str | None = None
    activation: Expression | None = None
    gate: tuple[str, ...] = ()
    """Where a link goes, or the events an event gateway waits for."""
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For a join: per incoming flow, the nodes from which a token can still arrive through it."""
    plain: bool = False
    """One unconditional way out and nothing special: the common case of leaving."""
    straight: bool = False
    """Plain, and nothing to do when its work is done but to leave it."""
    simple: bool = False
    """Nothing to look at before it begins: no loop, no boundary event, no data association, one token."""
    on_enter: tuple[Effect, ...] = ()
    on_leave: tuple[Effect, ...] = ()


@dataclass(slots=True, eq=False)
class Process:
    """A process or sub-process: where its tokens begin and which events it listens to while it runs."""

    id: str
    name: str
    parent: str = ""
    file: str = ""
    starts: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    """Start events (or receive tasks) that begin it when their event comes."""
    event_subs: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """Data objects declared here, with the value they begin with."""
    executable: bool = True
    name_en: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """Everything a running case needs of its files."""

    digest: str
    nodes: Mapping[str, Node]
    containers: Mapping[str, Process]
    processes: Mapping[str, Process]
    """The processes that can be started, by id."""
    report: tuple[LintFinding, ...] = ()
    conditional: bool = False
    hears: frozenset[str] = frozenset()
    """The names of the messages and signals that any event of it waits for."""

    def node(self, id: str) -> Node:
        """The node of that id; `KeyError` when the file has none."""
        return self.nodes[id]
