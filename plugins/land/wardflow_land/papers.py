"""Papers of this package that the platform does not set."""

from __future__ import annotations

from wardflow.offers import SlipTemplate

from wardflow_land.shipped import HOME


def all_papers() -> tuple[SlipTemplate, ...]:
    """The minutes of a conciliation, signed by council and parties."""
    return (SlipTemplate("land.conciliation", HOME.joinpath("papers/conciliation.typ").read_bytes()),)
