"""Random structured models and an independent interpreter of their process trees: what the stepper must agree with."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

HEAD = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test">'
Tree = tuple[Any, ...]


class Generator:
    """A random tree of tasks, sequences, choices, parallel and inclusive blocks, loops and sub-processes, and its BPMN."""

    def __init__(self, chance: random.Random, depth: int = 4) -> None:
        self.chance, self.count = chance, 0
        self.data: dict[str, Any] = {}
        self.tree = self.grow(depth)

    def id(self, prefix: str) -> str:
        """A fresh id."""
        self.count += 1
        return f"{prefix}{self.count}"

    def grow(self, depth: int) -> Tree:
        """A random tree."""
        kinds = ["task", "seq", "xor", "and", "or", "loop", "sub", "seq", "and", "many"]
        kind = self.chance.choice(kinds) if depth else "task"
        if kind == "task":
            return ("task", self.id("t"))
        if kind == "loop":
            name = self.id("n")
            self.data[name] = 0
            return ("loop", name, self.chance.randrange(1, 4), self.grow(depth - 1))
        if kind == "sub":
            return ("sub", self.id("sp"), self.grow(depth - 1))
        if kind == "many":
            return (
                "many",
                self.id("t"),
                self.chance.randrange(1, 4),
                self.chance.random() < 0.4,
                self.chance.random() < 0.5,
            )
        children = [self.grow(depth - 1) for _ in range(self.chance.randrange(2, 4))]
        if kind == "seq":
            return ("seq", children)
        name = self.id("c")
        taken = [i for i in range(len(children)) if self.chance.random() < 0.6] or [0]
        self.data[name] = {"xor": taken[:1], "or": taken, "and": list(range(len(children)))}[kind]
        return (kind, name, children)

    def flow(self, source: str, target: str, condition: str = "") -> str:
        """A sequence flow."""
        inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        return f'<bpmn:sequenceFlow id="{self.id("f")}" sourceRef="{source}" targetRef="{target}">{inside}</bpmn:sequenceFlow>'

    def emit(self, tree: Tree) -> tuple[list[str], str, str]:
        """The elements of a tree, with its first and last node."""
        return getattr(self, f"emit_{tree[0]}", self.emit_block)(tree)  # type: ignore[no-any-return]

    def emit_task(self, tree: Tree) -> tuple[list[str], str, str]:
        """One user task."""
        return [f'<bpmn:userTask id="{tree[1]}"/>'], tree[1], tree[1]

    def emit_many(self, tree: Tree) -> tuple[list[str], str, str]:
        """A task, or a sub-process around one, done several times."""
        _, name, count, sequential, inside = tree
        loop = (
            f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"><bpmn:loopCardinality>{count}</bpmn:loopCardinality>'
            "</bpmn:multiInstanceLoopCharacteristics>"
        )
        if not inside:
            return [f'<bpmn:userTask id="{name}">{loop}</bpmn:userTask>'], name, name
        sub = self.id("ms")
        return [f'<bpmn:subProcess id="{sub}">{loop}', f'<bpmn:userTask id="{name}"/>', "</bpmn:subProcess>"], sub, sub

    def emit_seq(self, tree: Tree) -> tuple[list[str], str, str]:
        """One after the other."""
        parts = [self.emit(child) for child in tree[1]]
        lines = [line for part in parts for line in part[0]]
        lines += [self.flow(a[2], b[1]) for a, b in pairwise(parts)]
        return lines, parts[0][1], parts[-1][2]

    def emit_sub(self, tree: Tree) -> tuple[list[str], str, str]:
        """A sub-process."""
        lines, first, last = self.emit(tree[2])
        start, end = self.id("s"), self.id("e")
        inside = [
            f'<bpmn:startEvent id="{start}"/><bpmn:endEvent id="{end}"/>',
            *lines,
            self.flow(start, first),
            self.flow(last, end),
        ]
        return [f'<bpmn:subProcess id="{tree[1]}">', *inside, "</bpmn:subProcess>"], tree[1], tree[1]

    def emit_loop(self, tree: Tree) -> tuple[list[str], str, str]:
        """Round and round until the counter reaches its number."""
        lines, first, last = self.emit(tree[3])
        name, into, script, out, back, after = (
            tree[1],
            self.id("g"),
            self.id("sc"),
            self.id("h"),
            self.id("df"),
            self.id("x"),
        )
        lines += [
            f'<bpmn:exclusiveGateway id="{into}"/><bpmn:exclusiveGateway id="{out}" default="{back}"/><bpmn:exclusiveGateway id="{after}"/>',
            f'<bpmn:scriptTask id="{script}" scriptFormat="feel"><bpmn:script>{{{name}: {name} + 1}}</bpmn:script></bpmn:scriptTask>',
            self.flow(into, first),
            self.flow(last, script),
            self.flow(script, out),
            self.flow(out, after, f"{name} &gt;= {tree[2]}"),
            f'<bpmn:sequenceFlow id="{back}" sourceRef="{out}" targetRef="{into}"/>',
        ]
        return lines, into, after

    def emit_block(self, tree: Tree) -> tuple[list[str], str, str]:
        """A gateway, branches, and its join."""
        kind, name, children = tree
        tag = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway"}[kind]
        split, join = self.id("g"), self.id("g")
        lines = [f'<bpmn:{tag} id="{split}"/><bpmn:{tag} id="{join}"/>']
        for number, child in enumerate(children):
            inside, first, last = self.emit(child)
            condition = "" if kind == "and" else f"list contains({name}, {number})"
            lines += [*inside, self.flow(split, first, condition), self.flow(last, join)]
        return lines, split, join

    def extra(self) -> str:
        """Definitions beside the process."""
        return ""

    def xml(self) -> bytes:
        """The whole file."""
        lines, first, last = self.emit(self.tree)
        ends = [
            self.flow("begin", first),
            self.flow(last, "finish"),
            '<bpmn:startEvent id="begin"/><bpmn:endEvent id="finish"/>',
        ]
        body = "".join([*ends, *lines])
        return f'{HEAD}{self.extra()}<bpmn:process id="random" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'.encode()


class EventGenerator(Generator):
    """The same with boundary events and event sub-processes on timers and signals."""

    def definition(self) -> str:
        """A random event definition."""
        seconds, number = self.chance.randrange(1, 9), self.chance.randrange(3)
        return self.chance.choice(
            [
                f"<bpmn:timerEventDefinition><bpmn:timeDuration>PT{seconds}S</bpmn:timeDuration></bpmn:timerEventDefinition>",
                f"<bpmn:timerEventDefinition><bpmn:timeCycle>R3/PT{seconds}S</bpmn:timeCycle></bpmn:timerEventDefinition>",
                *[f'<bpmn:signalEventDefinition signalRef="S{number}"/>'] * 2,
            ]
        )

    def chain(self, start: str) -> list[str]:
        """A task and an end after an event."""
        task, end = self.id("u"), self.id("e")
        return [
            f'<bpmn:userTask id="{task}"/><bpmn:endEvent id="{end}"/>',
            self.flow(start, task),
            self.flow(task, end),
        ]

    def emit(self, tree: Tree) -> tuple[list[str], str, str]:
        """The tree with handlers on some of its activities."""
        lines, first, last = super().emit(tree)
        interrupting = self.chance.choice(["true", "false"])
        if tree[0] == "sub" and self.chance.random() < 0.6:
            sub, start = self.id("ev"), self.id("s")
            handler = [
                f'<bpmn:subProcess id="{sub}" triggeredByEvent="true">',
                f'<bpmn:startEvent id="{start}" isInterrupting="{interrupting}">{self.definition()}</bpmn:startEvent>',
                *self.chain(start),
                "</bpmn:subProcess>",
            ]
            lines[1:1] = handler
        able = any(f' id="{first}"' in line and "Gateway" not in line and "Event" not in line for line in lines)
        if tree[0] in ("task", "sub", "many") and able and self.chance.random() < 0.4:
            event = self.id("b")
            lines = [
                *lines,
                f'<bpmn:boundaryEvent id="{event}" attachedToRef="{first}" cancelActivity="{interrupting}">{self.definition()}</bpmn:boundaryEvent>',
                *self.chain(event),
            ]
        return lines, first, last

    def extra(self) -> str:
        """The signals."""
        return "".join(f'<bpmn:signal id="S{i}" name="S{i}"/>' for i in range(3))


class Oracle:
    """Runs the tree itself: what is left of it after each completed task."""

    def __init__(self, tree: Tree, data: dict[str, Any]) -> None:
        self.data = dict(data)
        self.rest: Any = self.open(tree)

    def open(self, tree: Tree) -> Any:
        """A tree that begins."""
        kind = tree[0]
        if kind == "task":
            return tree
        if kind == "sub":
            return self.open(tree[2])
        if kind == "many":
            return ["times", tree[1], tree[2]] if tree[3] else ["par", [("task", tree[1])] * tree[2]]
        if kind == "seq":
            return ["seq", self.open(tree[1][0]), list(tree[1][1:])]
        if kind == "loop":
            return ["loop", self.open(tree[3]), tree]
        return ["par", [self.open(child) for number, child in enumerate(tree[2]) if number in self.data[tree[1]]]]

    def enabled(self, rest: Any) -> list[str]:
        """The tasks that can be done now."""
        if rest is None:
            return []
        if rest[0] == "task":
            return [rest[1]]
        if rest[0] == "times":
            return [rest[1]]
        if rest[0] == "par":
            return [name for child in rest[1] for name in self.enabled(child)]
        return self.enabled(rest[1])

    def done(self, rest: Any, name: str) -> Any:
        """What is left after the task."""
        if rest[0] == "task":
            return None if rest[1] == name else rest
        if rest[0] == "times":
            rest[2] -= 1
            return rest if rest[2] else None
        if rest[0] == "par":
            number = next(i for i, child in enumerate(rest[1]) if name in self.enabled(child))
            left = self.done(rest[1][number], name)
            rest[1][number : number + 1] = [] if left is None else [left]
            return rest if rest[1] else None
        rest[1] = self.done(rest[1], name)
        if rest[1] is not None:
            return rest
        if rest[0] == "seq":
            if not rest[2]:
                return None
            rest[1] = self.open(rest[2].pop(0))
            return rest
        loop = rest[2]
        self.data[loop[1]] += 1
        if self.data[loop[1]] >= loop[2]:
            return None
        rest[1] = self.open(loop[3])
        return rest

    def ready(self) -> list[tuple[str, str]]:
        """The open tasks."""
        return [(name, name) for name in self.enabled(self.rest)]

    def complete(self, name: str, key: str) -> None:
        """Do one."""
        self.rest = self.done(self.rest, name)


def walk(
    chance: random.Random,
    ready: Callable[[], list[tuple[str, str]]],
    complete: Callable[[str, str], None],
    limit: int = 300,
) -> list[list[str]]:
    """Complete random open tasks; the open ones at every moment."""
    seen = []
    for _ in range(limit):
        open_ = sorted(ready())
        seen.append([name for name, _ in open_])
        if not open_:
            break
        complete(*chance.choice(open_))
    return seen


class WildGenerator(EventGenerator):
    """Everything at once: services that fail, errors, escalations, messages, races, compensation, transactions, termination."""

    def emit_task(self, tree: Tree) -> tuple[list[str], str, str]:
        """A user task, or something rarer in its place."""
        rare = self.chance.choice(["", "", "service", "throw", "race", "undone", "compensate", "receive"])
        return getattr(self, f"leaf_{rare}")(tree[1]) if rare else super().emit_task(tree)  # type: ignore[no-any-return]

    def leaf_service(self, id: str) -> tuple[list[str], str, str]:
        """A service whose failure an error event catches."""
        event = self.id("b")
        reference = self.chance.choice(['errorRef="E1"', ""])
        lines = [
            f'<bpmn:serviceTask id="{id}" wf:handler="work"/>',
            f'<bpmn:boundaryEvent id="{event}" attachedToRef="{id}"><bpmn:errorEventDefinition {reference}/></bpmn:boundaryEvent>',
        ]
        return [*lines, *self.chain(event)], id, id

    def leaf_throw(self, id: str) -> tuple[list[str], str, str]:
        """A thrown escalation or signal."""
        kind = self.chance.choice(
            ['<bpmn:escalationEventDefinition escalationRef="C1"/>', '<bpmn:signalEventDefinition signalRef="S1"/>']
        )
        return [f'<bpmn:intermediateThrowEvent id="{id}">{kind}</bpmn:intermediateThrowEvent>'], id, id

    def leaf_race(self, id: str) -> tuple[list[str], str, str]:
        """Whichever comes first: a message or a timer."""
        message, timer, after = self.id("m"), self.id("w"), self.id("x")
        wait = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT3S</bpmn:timeDuration></bpmn:timerEventDefinition>"
        lines = [
            f'<bpmn:eventBasedGateway id="{id}"/><bpmn:exclusiveGateway id="{after}"/>',
            f'<bpmn:intermediateCatchEvent id="{message}"><bpmn:messageEventDefinition messageRef="M1"/></bpmn:intermediateCatchEvent>',
            f'<bpmn:intermediateCatchEvent id="{timer}">{wait}</bpmn:intermediateCatchEvent>',
        ]
        flows = [(id, message), (id, timer), (message, after), (timer, after)]
        return [*lines, *(self.flow(a, b) for a, b in flows)], id, after

    def leaf_undone(self, id: str) -> tuple[list[str], str, str]:
        """A task that can be undone."""
        event, handler = self.id("b"), self.id("hd")
        self.associations.append(f'<bpmn:association id="{self.id("as")}" sourceRef="{event}" targetRef="{handler}"/>')
        lines = [
            f'<bpmn:userTask id="{id}"/><bpmn:userTask id="{handler}" isForCompensation="true"/>',
            f'<bpmn:boundaryEvent id="{event}" attachedToRef="{id}"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>',
        ]
        return lines, id, id

    def leaf_compensate(self, id: str) -> tuple[list[str], str, str]:
        """Undo what was done so far."""
        return (
            [f'<bpmn:intermediateThrowEvent id="{id}"><bpmn:compensateEventDefinition/></bpmn:intermediateThrowEvent>'],
            id,
            id,
        )

    def leaf_receive(self, id: str) -> tuple[list[str], str, str]:
        """A message."""
        return [f'<bpmn:receiveTask id="{id}" messageRef="M1"/>'], id, id

    def emit_sub(self, tree: Tree) -> tuple[list[str], str, str]:
        """A sub-process that may also end by an error, an escalation, a cancellation or at once."""
        lines, first, last = super().emit_sub(tree)
        how = self.chance.choice(["", "", "error", "terminate", "cancel"])
        if not how:
            return lines, first, last
        into = "transaction" if how == "cancel" else "subProcess"
        begin = f'<bpmn:{into} id="{tree[1]}">'
        end, event, definition = self.id("e"), self.id("b"), f"<bpmn:{how}EventDefinition/>"
        if how == "error":
            definition = '<bpmn:errorEventDefinition errorRef="E1"/>'
        side, task = self.id("pg"), self.id("u")
        start_flow = len(lines) - 3
        target = lines[start_flow].split('targetRef="')[1].split('"')[0]
        start = lines[start_flow].split('sourceRef="')[1].split('"')[0]
        extra = [
            f'<bpmn:parallelGateway id="{side}"/><bpmn:userTask id="{task}"/><bpmn:endEvent id="{end}">{definition}</bpmn:endEvent>',
            self.flow(start, side),
            self.flow(side, target),
            self.flow(side, task),
            self.flow(task, end),
        ]
        inside = [begin, *extra, *lines[1:start_flow], *lines[start_flow + 1 : -1], f"</bpmn:{into}>"]
        if how == "terminate":
            return inside, first, last
        boundary = f'<bpmn:boundaryEvent id="{event}" attachedToRef="{tree[1]}">{definition}</bpmn:boundaryEvent>'
        return [*inside, boundary, *self.chain(event)], first, last

    def extra(self) -> str:
        """Signals, messages, errors and escalations."""
        return super().extra() + (
            '<bpmn:message id="M1" name="M1"/><bpmn:error id="E1" errorCode="E1"/><bpmn:escalation id="C1" escalationCode="C1"/>'
        )

    def xml(self) -> bytes:
        """The whole file; associations come last, as the schema wants it."""
        self.associations: list[str] = []
        text = (
            super()
            .xml()
            .decode()
            .replace("targetNamespace", 'xmlns:wf="http://wardflow.org/schema/bpmn" targetNamespace', 1)
        )
        return text.replace("</bpmn:process>", "".join(self.associations) + "</bpmn:process>").encode()
