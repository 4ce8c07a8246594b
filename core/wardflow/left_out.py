"""A plugin that is installed and not at work: why, in the words of its author's machine and as a reason for everybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from wardflow.domain.reasons import Reason
from wardflow.errors import PluginUnusable

DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plugin that is installed and not at work; `error` is for its author, `why` for whoever reads the pages."""

    name: str
    version: str
    error: str
    why: Reason = field(default_factory=lambda: Reason("plugins.out.other"))


def switched_off(name: str, version: str) -> LeftOut:
    """One that the settings of the server name as disabled."""
    return LeftOut(name, version, DISABLED, Reason("plugins.out.disabled"))


def broken(name: str, version: str, failure: BaseException) -> LeftOut:
    """One that could not be used."""
    error = f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
    if not isinstance(failure, PluginUnusable):
        return LeftOut(name, version, error, Reason("plugins.out.raised", {"error": type(failure).__name__}))
    return LeftOut(name, version, error, failure.facts.get("why", Reason("plugins.out.misshapen")))


def misspelt(hook: str, known: Iterable[str]) -> PluginUnusable:
    """The error for a hook that there is none of, with the nearest that there is."""
    near = next(iter(get_close_matches(hook, list(known), 1)), "")
    meant = f"; {near} may be meant" if near else ""
    why = Reason("plugins.out.hook", {"hook": hook, "near": near})
    return PluginUnusable(problem=f"it has the hook {hook}, which there is none of{meant}", why=why)
