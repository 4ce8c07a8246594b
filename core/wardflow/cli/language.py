"""Commands that evaluate FEEL and decision tables: feel, decide."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardflow.cli.shape import DONE, command
from wardflow.settings import Settings

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands


def add(commands: Commands) -> None:
    """Add the commands of the expression language."""
    feel = command(commands, "feel", _feel, "evaluate a FEEL expression and print its value as JSON")
    feel.add_argument("expression", metavar="EXPRESSION")
    feel.add_argument("--context", type=_object, default={}, metavar="JSON", help="the names it uses, a JSON object")
    decide = command(commands, "decide", _decide, "evaluate one decision of a DMN file and print it as JSON")
    decide.add_argument("file", type=Path, metavar="FILE")
    decide.add_argument("decision", metavar="DECISION")
    decide.add_argument("--inputs", type=_object, default={}, metavar="JSON", help="its inputs, a JSON object")


def _object(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"not JSON: {wrong}") from wrong
    if not isinstance(given, dict):
        raise argparse.ArgumentTypeError("a JSON object is expected, such as '{\"area\": 120}'")
    return given


def _feel(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import feel

    return _show(feel.to_json(feel.evaluate(options.expression, options.context)))


def _decide(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import dmn, feel

    return _show(feel.to_json(dmn.read(options.file.read_bytes()).decide(options.decision, options.inputs)))


def _show(value: Any) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_text))
    return DONE


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)
