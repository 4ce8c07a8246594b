"""What such a service is asked with, and what it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardflow.cases.knowing import Begun
from wardflow.cases.library import Matter
from wardflow.cases.platform import Platform
from wardflow.engine import Effect, ServiceCalled


@dataclass(frozen=True, slots=True)
class Asked:
    """The platform, what the case runs by, its data, what it keeps of its beginning, and the call."""

    platform: Platform
    matter: Matter
    data: Mapping[str, Any]
    begun: Begun
    call: ServiceCalled


@dataclass(frozen=True, slots=True)
class Answered:
    """The values of the answer, and what the act writes because of it."""

    values: Mapping[str, Any]
    effects: tuple[Effect, ...] = ()
