"""Moves of the legal clock that cannot follow one another: begun twice, resumed and never paused, still running at the end."""

from __future__ import annotations

from collections.abc import Iterator

from wardflow.domain.findings import LintFinding
from wardflow.engine import Definition, Node
from wardflow.packs.linting.sheet import Sheet
from wardflow.packs.linting.ways import ends_case, main_way, onward, reached

STARTS, PAUSE, RESUME, STOP = ("start", "restart"), "pause", "resume", "stop"


def findings(sheet: Sheet) -> Iterator[LintFinding]:
    """Diagrams whose clock is not led as clocks are."""
    for path, definition in sheet.definitions.items():
        moves = {node.id: node.attributes["clock"] for node in definition.nodes.values() if node.attributes.get("clock")}
        yield from _pairs(sheet, path, definition, moves)
        yield from _twice(sheet, path, definition, moves)
        yield from _left(sheet, path, definition, moves)


def _pairs(sheet: Sheet, path: str, definition: Definition, moves: dict[str, str]) -> Iterator[LintFinding]:
    """A pause that nothing ends, a resumption of what nothing paused."""
    made = set(moves.values())
    for name, move in moves.items():
        if move == PAUSE and not made & {RESUME, *STARTS[1:]}:
            yield sheet.at_node("clock.unpaired", path, definition.nodes[name], move=move)
        if move == RESUME and PAUSE not in made:
            yield sheet.at_node("clock.unpaired", path, definition.nodes[name], move=move)


def _twice(sheet: Sheet, path: str, definition: Definition, moves: dict[str, str]) -> Iterator[LintFinding]:
    """A start to which the case comes only after another start, or after the clock was stopped."""
    ways = onward(definition)
    first = [name for name, move in moves.items() if move == STARTS[0]]
    for name in first:
        before = [other for other in first if other != name and name in reached(ways, ways[other]) and other not in reached(ways, ways[name])]
        if before:
            yield sheet.at_node("clock.started-twice", path, definition.nodes[name], other=definition.nodes[before[0]].element)


def _left(sheet: Sheet, path: str, definition: Definition, moves: dict[str, str]) -> Iterator[LintFinding]:
    """Ends that a case reaches with its clock running."""
    running = [name for name, move in moves.items() if move != STOP]
    stops = {name for name, move in moves.items() if move == STOP}
    if not running:
        return
    main = main_way(definition)
    ways = {name: ahead & main for name, ahead in onward(definition).items()}
    alive = reached(ways, [name for name in running if name in main], until=stops)
    for node in definition.nodes.values():
        if node.id in alive and node.id not in stops and _closes(definition, node):
            yield sheet.at_node("clock.left-running", path, node)


def _closes(definition: Definition, node: Node) -> bool:
    return ends_case(definition, node) and bool(node.attributes.get("outcome"))

