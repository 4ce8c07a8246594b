"""What is asked of a service, and what it answers, held against the schemas it declares."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from wardflow.errors import ServiceRefused
from wardflow.forms import Schemas
from wardflow.forms.judge import Judge

log = logging.getLogger(__name__)

INPUT, OUTPUT = "service.input", "service.output"
"""The business errors of a call that does not say what the service needs, and of an answer that is not what it promises."""
_NOTHING_SHARED = Schemas({})


def check_input(name: str, schema: Mapping[str, Any], inputs: Mapping[str, Any]) -> None:
    """ServiceRefused where the inputs do not fit; asking again would change nothing."""
    _check(name, schema, dict(inputs), INPUT)


def check_output(name: str, schema: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    """ServiceRefused where the answer does not fit."""
    _check(name, schema, dict(answer), OUTPUT)


def _check(name: str, schema: Mapping[str, Any], value: Any, code: str) -> None:
    for error in Judge().errors(_NOTHING_SHARED.part(schema), value):
        # where and which rule only: the value may be personal
        log.warning("service %s: %s at /%s breaks %s", name, code, "/".join(map(str, error.path)), error.validator)
        raise ServiceRefused(code=code)
