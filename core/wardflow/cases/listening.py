"""Which messages a case would hear now."""

from __future__ import annotations

from wardflow.engine import Definition, peek


def messages(definition: Definition, state: bytes) -> frozenset[str]:
    """The names of the messages that the events the case waits at listen for."""
    at = [definition.node(node) for node, _ in peek(state).tokens]
    hearing = [*at, *(definition.node(id) for node in at for id in (*node.boundary, *node.gate))]
    return frozenset(t.name for node in hearing for t in node.triggers if t.kind == "message" and t.name)
