"""Makes an installation with the demo city in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import cast

from wardflow import app, packs
from wardflow.cases.platform import Platform, present
from wardflow.cases.publish_pack import put_in_force
from wardflow.catalog import city_folder, pack_folders
from wardflow.demo.city import City, read_city, read_table
from wardflow.demo.moments import before
from wardflow.demo.stories import Stories, read_stories
from wardflow.demo.telling import tell
from wardflow.settings import Settings
from wardflow.store import Store


def make(settings: Settings, now: Callable[[], datetime] = present) -> int:
    """How many cases the new city has; the database the settings name must be empty."""
    platform = app.build(settings, now=now)
    store = cast(Store, platform.store)    # acts see less of it than who fills it
    try:
        app.upgrade(store, platform.plugins)
        return fill(platform, store, city_folder(settings.workflows))
    finally:
        store.close()


def fill(platform: Platform, store: Store, folder: Traversable) -> int:
    """The same in a database that has its tables and nothing in them."""
    city = read_city(folder)
    save(store, city)
    open_today(platform, store, city)
    stories = read_stories(folder, read_table(folder, "officials.toml")["names"])
    publish(platform, stories)
    return tell(platform, stories, city.personas)


def save(store: Store, city: City) -> None:
    """Writes register, calendar and accounts."""
    store.city.save(city.units, city.people, city.holdings, city.authorities, city.days, city.unit_facts)
    for persona in city.personas:
        store.accounts.set(persona.login, persona.id, city.password)


def open_today(platform: Platform, store: Store, city: City) -> None:
    """Makes today a working day of the city, where it is a day off."""
    calendar = platform.snapshot().calendar
    today = calendar.local(platform.now()).date()
    if not calendar.is_working_day(today):
        store.city.set_day(today, city.today)


def publish(platform: Platform, stories: Stories) -> None:
    """Puts every pack of the installation in force before the first story begins."""
    snapshot, publication = platform.snapshot(), stories.publication
    moment = before(snapshot.calendar, platform.now(), publication.began, publication.at)
    for found in (*pack_folders(platform.settings.workflows), *platform.plugins.packs()):
        put_in_force(platform.at(moment), packs.read(found), publication.by)
