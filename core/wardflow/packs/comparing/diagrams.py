"""Diagrams: steps and their six clears, limits, timers, ways and their conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardflow.engine import Definition, Node
from wardflow.engine.definition import Out
from wardflow.errors import BpmnRefused
from wardflow.packs.comparing.difference import Difference, gone_and_come, limits, shown
from wardflow.packs.pack import Pack

ENGLISH = "En"
LIMITS = ("due",)


def differences(old: Pack, new: Pack, path: str) -> Iterator[Difference]:
    """What changed in a diagram; a diagram that cannot be read is only said to have changed."""
    try:
        before, after = old.definition_at(path), new.definition_at(path)
    except BpmnRefused:
        yield Difference("diff.file-changed", path)
        return
    gone, come, both = gone_and_come(before.nodes, after.nodes)
    yield from (Difference("diff.step-gone", path, named(before.nodes[id])) for id in gone)
    yield from (Difference("diff.step-come", path, named(after.nodes[id])) for id in come)
    for id in both:
        yield from _of_node(old, new, path, before.nodes[id], after.nodes[id])
    yield from _ways(path, before, after)
    yield from _processes(path, before, after)


def named(node: Node) -> dict[str, str]:
    """What an element is called in both languages; one without a name by its id."""
    name = node.name or node.element
    return {"step": name, "step_en": node.attributes.get("nameEn", name), "element": node.element}


def _of_node(old: Pack, new: Pack, path: str, before: Node, after: Node) -> Iterator[Difference]:
    one, other = aspects(before), aspects(after)
    who = named(after)
    for what in dict.fromkeys((*one, *other)):
        was, now = one.get(what, ""), other.get(what, "")
        if was == now:
            continue
        facts = limits(was, now) if what in LIMITS else None
        if facts is not None:
            yield Difference("diff.step-limit" if facts["same"] else "diff.step-limit-unit", path, {**who, **facts})
            continue
        yield Difference("diff.step", path, {**who, "what": what, **_worded(old, what, was, "before"), **_worded(new, what, now, "after")})


def _worded(pack: Pack, what: str, value: str, name: str) -> dict[str, str]:
    """A value in both languages, where pack.toml has words for it."""
    tables: Mapping[str, Mapping[str, Any]] = {"role": pack.roles, "state": pack.states, "slip": pack.slips, "notice": pack.notices}
    found = tables[what].get(value) if what in tables else None
    if found is None:
        return {name: shown(value)}
    vi, en = (found.title, found.title_en) if what == "slip" else (found.vi, found.en)
    return {name: shown(vi or value), f"{name}_en": shown(en or value)}


def aspects(node: Node) -> dict[str, str]:
    """Everything of an element that can change, by what it is called in `diff.what`."""
    own = {key: value for key, value in node.attributes.items() if key != "nameEn"}
    found: dict[str, Any] = {"kind": node.kind, "name": node.name, "nameEn": node.attributes.get("nameEn", "")}
    found |= own | {"handler": node.handler, "decision": node.decision, "result": node.result, "called": node.inner or ""}
    found |= {"script": text(node.script) or node.script_text, "place": node.scope, "host": node.host or ""}
    found |= {"inputs": bound(node.inputs), "outputs": bound(node.outputs), "documentation": node.documentation}
    found |= {"interrupting": "" if node.host is None else shown(node.interrupting), "activation": text(node.activation)}
    for trigger in node.triggers:
        key = "timer" if trigger.timer is not None else "event"
        found[key] = text(trigger.timer.text) if trigger.timer is not None else " ".join(filter(None, (trigger.kind, trigger.name, text(trigger.condition))))
    if node.loop is not None:
        loop = node.loop
        parts = (loop.cardinality, loop.collection, loop.condition, loop.done, loop.item, loop.output, loop.output_item)
        found["loop"] = " ".join(("sequential" if loop.sequential else "parallel", *filter(None, map(text, parts))))
    return {key: str(value) for key, value in found.items() if value}


def text(value: Any) -> str:
    """The text an expression was compiled from."""
    return "" if value is None else value if isinstance(value, str) else str(getattr(value, "source", value))


def bound(bindings: Any) -> str:
    """Names with what gives them their value."""
    return ", ".join(f"{name} = {text(value)}" for name, value in bindings)


def _ways(path: str, before: Definition, after: Definition) -> Iterator[Difference]:
    one, other = _outs(before), _outs(after)
    gone, come, both = gone_and_come(one, other)
    yield from (Difference("diff.way-gone", path, _way(before, *one[flow])) for flow in gone)
    yield from (Difference("diff.way-come", path, _way(after, *other[flow])) for flow in come)
    for flow in both:
        (source, was), (target, now) = one[flow], other[flow]
        facts = _way(after, target, now)
        if (source.id, was.target) != (target.id, now.target):
            yield Difference("diff.way-elsewhere", path, {**facts, **{f"old_{key}": value for key, value in _way(before, source, was).items()}})
        if text(was.condition) != text(now.condition):
            yield Difference("diff.condition", path, {**facts, "before": shown(text(was.condition)), "after": shown(text(now.condition))})
        if was.default != now.default:
            yield Difference("diff.default" if now.default else "diff.default-no-more", path, facts)


def _outs(definition: Definition) -> Mapping[str, tuple[Node, Out]]:
    return {out.flow: (node, out) for node in definition.nodes.values() for out in node.outs}


def _way(definition: Definition, source: Node, out: Out) -> dict[str, str]:
    one, other = named(source), named(definition.nodes[out.target])
    return {"source": one["step"], "source_en": one["step_en"], "target": other["step"], "target_en": other["step_en"]}


def _processes(path: str, before: Definition, after: Definition) -> Iterator[Difference]:
    gone, come, both = gone_and_come(before.processes, after.processes)
    yield from (Difference("diff.process-gone", path, {"process": before.processes[id].name or id}) for id in gone)
    yield from (Difference("diff.process-come", path, {"process": after.processes[id].name or id}) for id in come)
    for id in both:
        was, now = before.processes[id].name, after.processes[id].name
        if was != now:
            yield Difference("diff.process-name", path, {"process": id, "before": was, "after": now})
