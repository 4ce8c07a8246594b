"""What the form of a step begins with: its schema's defaults, and over them what its diagram knows already (wf:begin)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wardflow import feel, forms
from wardflow.cases.library import Matter
from wardflow.domain.calendar import Calendar
from wardflow.engine import Node


def begun(matter: Matter, node: Node, data: Mapping[str, Any], calendar: Calendar, now: datetime) -> dict[str, Any]:
    """The value nobody has typed in yet; what the expression leaves null stays blank."""
    schema = matter.schema(node.attributes.get("form")) or {}
    value = dict(forms.defaults(schema, schemas=matter.schemas) or {})
    written = node.attributes.get("begin", "").strip().removeprefix("=")
    if not written:
        return value
    known = feel.to_json(feel.evaluate(written.strip(), data, calendar=calendar, now=now))
    return {**value, **{name: said for name, said in known.items() if said is not None}} if isinstance(known, Mapping) else value
