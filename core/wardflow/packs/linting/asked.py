"""What is asked and what is answered: results nobody reads, tables nobody asks, answers asked for before they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.packs.linting.expressions import WRITTEN, compiled, source
from wardflow.packs.linting.sheet import PEOPLE, Sheet
from wardflow.packs.linting.ways import beside, onward, reached
from wardflow.packs.pack import SETTINGS

WORD, NAME = re.compile(r"[^\W\d]\w*"), re.compile(r"(?<![\w.])[^\W\d]\w*")
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
OPTION = re.compile(r"\boptions\.(\w+)")


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Questions and answers that do not meet."""
    if sheet.broken:
        return
    yield from _options(sheet)
    yield from _tables(sheet)
    read = _read(sheet)
    for path, _, node in sheet.nodes():
        if node.result and node.result not in read:
            yield sheet.at_node("result.unread", path, node, name=node.result)
        if node.kind in PEOPLE and not node.attributes.get("form"):
            yield sheet.at_node("step.no-form", path, node)
        if node.kind in PEOPLE and not (node.attributes.get("unit") or node.attributes.get("person")):
            yield sheet.at_node("step.no-unit", path, node)
    for path, definition in sheet.definitions.items():
        yield from _early(sheet, path, definition)


def said(node: Node) -> Iterator[tuple[str, str]]:
    """Every expression of an element with the flow it stands on, if on one."""
    yield from ((text.removeprefix("="), "") for name in WRITTEN if (text := node.attributes.get(name, "")).startswith("="))
    yield from ((source(each), "") for each in compiled(node))
    yield from ((source(binding.value), "") for binding in node.outputs)
    yield from ((source(out.condition), out.flow) for out in node.outs if out.condition is not None)


def _names(text: str) -> set[str]:
    """The names that an expression begins with, properties and texts left out."""
    return set(NAME.findall(TEXT.sub(" ", text)))


def _read(sheet: Sheet) -> set[str]:
    """Every word that an expression, a table, a scenario, a paper or a setting says."""
    words = {word for _, _, node in sheet.nodes() for text, _ in said(node) for word in _names(text)}
    others = [path for path in sheet.pack.files if path.endswith((".dmn", ".toml", ".yaml", ".yml"))]
    return words.union(*(WORD.findall(sheet.pack.files[path].decode("utf-8", "replace")) for path in others))


def _options(sheet: Sheet) -> Iterator[LintFinding]:
    """Options that expressions ask for and no record of the pack has."""
    given = {option for record in sheet.procedures.values() for option in record.record.get("options", {})}
    given |= {str(option) for path, text in sheet.pack.scenarios.items() for option in OPTION.findall(text.decode("utf-8", "replace"))}
    if not sheet.procedures:
        return
    for path, _, node in sheet.nodes():
        for text, flow in said(node):
            for option in sorted(set(OPTION.findall(text)) - given):
                yield sheet.at_flow("option.unknown", path, flow or node.element, option=option)


def _tables(sheet: Sheet) -> Iterator[LintFinding]:
    """Decisions that no step asks and no other decision needs."""
    asked = {node.decision for _, _, node in sheet.nodes() if node.decision}
    asked |= set(WORD.findall(sheet.pack.files[SETTINGS].decode("utf-8", "replace")))    # what a family asks, its settings speak of
    for path in sheet.pack.paths(".dmn"):
        text = sheet.pack.files[path].decode("utf-8", "replace")
        needed = set(re.findall(r'requiredDecision\s+href="[^"#]*#([^"]+)"', text))
        model = sheet.pack.decisions.get(path) if sheet.decisions is not None else None
        for name in model.decisions if model else ():
            if name not in asked | needed and name in set(re.findall(r'<(?:\w+:)?decision\b[^>]*?\bid="([^"]+)"', text)):
                yield sheet.at_text("table.unused", path, f'id="{name}"', decision=name)


def _early(sheet: Sheet, path: str, definition: Definition) -> Iterator[LintFinding]:
    """Answers that are asked for where the step or service that gives them can only come later."""
    givers: dict[str, set[str]] = {}
    for node in definition.nodes.values():
        names = {node.element} if node.kind in PEOPLE else set()
        names |= {node.result} if node.result else set()
        names |= {binding.name for binding in node.outputs} | {trigger.name or "" for trigger in node.triggers if trigger.kind == "message"}
        for name in names - {""}:
            givers.setdefault(name, set()).add(node.id)
    ways = onward(definition)
    after = {name: reached(ways, ways[name]) for name in definition.nodes}
    for inside in beside(definition):
        # what goes on beside the rest may well be done before: for the rest it is no later step
        after |= {name: seen - inside for name, seen in after.items() if name not in inside}
    for node in definition.nodes.values():
        yield from _asked_early(sheet, path, definition, node, givers, after)
    for node in definition.nodes.values():
        for step in node.attributes.get("notBy", "").replace(",", " ").split():
            if step in givers and _later(node.id, givers[step], after, own=node.id in givers[step]):
                yield sheet.at_node("task.later", path, node, step=step)


def _asked_early(
    sheet: Sheet, path: str, definition: Definition, node: Node, givers: Mapping[str, set[str]], after: Mapping[str, frozenset[str]],
) -> Iterator[LintFinding]:
    for text, flow in said(node):
        for name in sorted(_names(text) & givers.keys()):
            if node.id not in givers[name] and name not in definition.containers and _later(node.id, givers[name], after):
                yield sheet.at_flow("feel.name-early", path, flow or node.element, text=text.strip(), name=name)


def _later(here: str, givers: set[str], after: Mapping[str, frozenset[str]], *, own: bool = False) -> bool:
    """Whether all that give a name come after this place and never before it."""
    return not own and all(giver in after[here] and here not in after[giver] for giver in givers)
