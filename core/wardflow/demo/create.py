"""Makes an installation with the demo city in it."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from wardflow import app, catalog
from wardflow.cases.platform import Platform
from wardflow.cases.publish_pack import put_in_force
from wardflow.demo.city import City, read_city, read_personas, read_table
from wardflow.demo.stories import read_stories
from wardflow.demo.telling import tell
from wardflow.settings import Settings

FOLDER = "demo-city"


def create(settings: Settings) -> int:
    """How many cases the new city has; the database the settings name must be empty."""
    platform = app.build(settings)
    try:
        platform.store.upgrade()
        return fill(platform, catalog.workflows(settings.workflows).joinpath(FOLDER))
    finally:
        platform.store.close()


def fill(platform: Platform, folder: Traversable) -> int:
    """The same in a database that has its tables."""
    city = read_city(folder)
    save(platform, city)
    ...
    names = read_table(folder, "officials.toml")["names"]
    return tell(platform, read_stories(folder, names), city.personas)


def save(platform: Platform, city: City) -> None:
    """Writes register, calendar and accounts."""
    platform.store.city.save(city.units, city.people, city.holdings, city.authorities, city.days, city.unit_facts)
    for persona in city.personas:
        platform.store.accounts.set(persona.login, persona.id, city.password)


def personas(settings: Settings | None = None) -> tuple[tuple[str, str], ...]:
    """Who one can be: login and words."""
    folder = catalog.workflows((settings or Settings.from_environment()).workflows).joinpath(FOLDER)
    return tuple((persona.login, persona.label) for persona in read_personas(folder))
