"""Service tasks this package answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.offers import Handler, HandlerContext

from wardflow_land.zoning import ZoningResult, zoning

WORDS = {"type": "string", "minLength": 1}
INPUTS = ("commune", "map_sheet", "plot_no", "to_type")


def check_zoning(inputs: Mapping[str, Any], context: HandlerContext) -> Mapping[str, Any]:
    """What the zoning layer says about a plot and a use."""
    return zoning([inputs[name] for name in INPUTS], context.data, context.settings).to_json()


def all_handlers() -> tuple[Handler, ...]:
    """Every service handler of this package."""
    asked = {"type": "object", "properties": {name: WORDS for name in INPUTS}, "required": list(INPUTS)}
    answered = {
        "type": "object",
        "properties": {
            "result": {"enum": [str(result) for result in ZoningResult]},
            "zoning_code": {"type": "string"},
            "plan": {"type": "string"},
        },
        "required": ["result", "zoning_code", "plan"],
    }
    return (Handler("land.zoning", asked, answered, check_zoning),)
