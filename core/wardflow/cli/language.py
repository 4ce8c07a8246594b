"""Commands that evaluate FEEL and decision tables: feel, decide."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardflow.cli.shape import DONE, command
from wardflow.domain.reasons import Reason
from wardflow.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wardflow.cli.shape import Commands


def add(commands: Commands) -> None:
    """Add the commands of the expression language."""
    feel = command(commands, "feel", _feel, "evaluate a FEEL expression and print its value as JSON")
    feel.add_argument("expression", metavar="EXPRESSION")
    feel.add_argument("--context", type=_object, default={}, metavar="FILE", help="the names it uses: a JSON file, or a JSON object")
    decide = command(commands, "decide", _decide, "evaluate one decision of a DMN file and print it as JSON")
    decide.add_argument("file", type=Path, metavar="FILE")
    decide.add_argument("decision", metavar="DECISION")
    decide.add_argument("--inputs", type=_object, default={}, metavar="FILE", help="its inputs: a JSON file, or a JSON object")
    decide.add_argument("--explain", action="store_true", help="say which rows matched, and what each cell saw")


def _object(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text("utf-8"))
    except OSError as missing:
        raise argparse.ArgumentTypeError(f"{text} is neither a JSON object nor a file: {missing.strerror}") from missing
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"not JSON: {wrong}") from wrong
    if not isinstance(given, dict):
        raise argparse.ArgumentTypeError("a JSON object is expected, such as '{\"area\": 120}'")
    return given


def _feel(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import feel

    warnings: list[Reason] = []
    value = feel.evaluate(options.expression, options.context, now=datetime.now(settings.zone), warnings=warnings)
    _warn(warnings)
    return _show(feel.to_json(value))


def _decide(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import dmn, feel

    model = dmn.read(options.file.read_bytes(), file=options.file.name)
    warnings: list[Reason] = []
    now = datetime.now(settings.zone)
    if options.explain:
        explanation = model.explain(options.decision, options.inputs, now=now)
        _warn(explanation.warnings)
        return _show(asdict(explanation))
    value = model.decide(options.decision, options.inputs, now=now, warnings=warnings)
    _warn(warnings)
    return _show(feel.to_json(value))


def _warn(warnings: Iterable[Reason]) -> None:
    """Why something became null, on the error output, so that the value alone can be piped on."""
    from wardflow.wording import Wording

    words = Wording("en")
    for warning in warnings:
        print(f"warning: {words.say(warning)}", file=sys.stderr)


def _show(value: Any) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_text))
    return DONE


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)
