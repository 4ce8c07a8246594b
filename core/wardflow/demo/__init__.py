"""Builds a living city from a folder of data: units, people, calendar, and cases made by really running the acts.

Nothing is imported before it is used: pages read the personas of this folder, and the acts they import make its cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardflow.settings import Settings

__all__ = ["create", "personas"]


def create(settings: Settings) -> int:
    """How many cases the new city has; the database the settings name must be empty."""
    from wardflow.demo.making import make

    return make(settings)


def personas(settings: Settings | None = None) -> tuple[tuple[str, str], ...]:
    """Who one can be: login and words."""
    from wardflow.catalog import city_folder
    from wardflow.demo.city import read_personas

    folder = city_folder(settings.workflows if settings else None)
    return tuple((persona.login, persona.label) for persona in read_personas(folder))
