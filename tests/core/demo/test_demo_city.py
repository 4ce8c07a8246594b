"""The whole demo city: every story is told through the acts, and every desk has work on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wardflow import app
from wardflow.cases.platform import Platform
from wardflow.cases.reads import Asked, desk
from wardflow.catalog import city_folder
from wardflow.demo.making import fill
from wardflow.domain.overlaps import troubles
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import Store

FRIDAY = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 21, 18, 20, tzinfo=UTC)
DESKS = ("clerk-cua-nam", "specialist-thien-loc", "head-thien-loc", "chair-thien-loc", "officer-planning")


def made(folder: Path, now: datetime, plugins: Plugins) -> tuple[Platform, Store, int]:
    settings = Settings(data=folder)
    store = Store(settings.database, b"a secret for tests, 32 bytes long")
    store.upgrade()
    platform = app.assemble(settings, store, now=lambda: now, plugins=plugins)
    return platform, store, fill(platform, store, city_folder())


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    platform, store, _ = made(tmp_path_factory.mktemp("city"), FRIDAY, Plugins.load())
    yield platform
    store.close()


def column(platform: Platform, sql: str) -> list[object]:
    with platform.store.database.reading() as cursor:  # type: ignore[attr-defined]  # a test may look below the acts
        return [row[0] for row in cursor.rows(sql)]


def test_about_sixty_dossiers_in_every_state_that_lasts(platform: Platform) -> None:
    states = column(platform, "SELECT business_state FROM cases WHERE procedure IN ('land-use-change', 'certified-copy')")
    assert 60 <= len(states) <= 75
    assert set(states) >= {
        "checking", "supplement_requested", "awaiting_payment", "accepted", "in_review", "consulting", "drafted",
        "pending_signature", "issued", "closed", "refused", "not_accepted", "withdrawn", "closed_no_supplement",
    }  # fmt: skip


def test_surplus_premises_stand_in_every_state_from_inventory_to_handover(platform: Platform) -> None:
    states = column(platform, "SELECT business_state FROM cases WHERE procedure = 'surplus-premises'")
    assert len(states) >= 40
    assert set(states) >= {
        "inventoried", "legal_check", "file_incomplete", "disputed", "classified", "kept", "in_custody", "proposed", "consulting",
        "plan_submitted", "plan_approved", "handing_over", "handed_over",
    }  # fmt: skip


def test_assignments_instruments_and_petitions_stand_in_every_state(platform: Platform) -> None:
    own = "('assignment-commune', 'assignment-city', 'delegation-instrument', 'unit-petition')"
    states = column(platform, f"SELECT business_state FROM cases WHERE procedure IN {own}")
    assert 60 <= len(states) <= 75
    assert set(states) >= {
        "draft", "assigned", "returned", "accepted", "in_progress", "blocked", "submitted", "completed_early", "scored", "closed",
        "cancelled", "superseded", "merged", "readiness", "appraising", "in_force", "routed_up", "withdrawn", "classified", "answering",
        "answered", "settled",
    }  # fmt: skip


def test_the_voice_of_citizens_is_heard_in_every_kind_and_at_every_stage(platform: Platform) -> None:
    kinds = column(
        platform, "SELECT procedure || ' ' || business_state FROM cases WHERE procedure NOT IN ('land-use-change', 'certified-copy', 'surplus-premises')"
    )
    assert len(kinds) >= 60
    assert set(kinds) >= {
        "reception classifying", "reception guided", "complaint-first dialogue", "complaint-first suspended", "complaint-first closed",
        "complaint-second verifying", "denunciation verifying", "denunciation inspected", "petition answered", "field-report handling",
        "field-report merged", "field-report-urgent handling",
    }  # fmt: skip


def test_inspections_go_to_the_department_where_a_commune_has_no_qualified_pharmacist(platform: Platform) -> None:
    def units(node: str) -> set[object]:
        return set(column(platform, f"SELECT unit FROM task WHERE status = 'open' AND node = '{node}'"))

    assert units("set_up_team") == units("inspect") == {"dept-health", "cua-nam.culture"}
    assert units("department_inspects") == {"dept-health"}
    assert set(column(platform, "SELECT business_state FROM cases WHERE procedure = 'food-safety-certificate'")) == {"correcting"}
    assert set(column(platform, "SELECT business_state FROM cases WHERE procedure = 'disability-confirmation'")) == {"in_council"}


def test_nothing_needs_help(platform: Platform) -> None:
    assert column(platform, "SELECT code FROM incident") == []


def test_some_are_overdue_some_due_today_some_wait_with_their_clock_stopped(platform: Platform) -> None:
    due = [str(value)[:10] for value in column(platform, "SELECT due FROM cases WHERE status = 'open' AND due IS NOT NULL")]
    assert [day for day in due if day < "2026-09-04"] and "2026-09-04" in due
    assert column(platform, "SELECT id FROM cases WHERE status = 'open' AND paused")


@pytest.mark.parametrize("person", DESKS)
def test_every_desk_has_work_and_something_late_or_due_today(platform: Platform, person: str) -> None:
    actor = platform.actor(person)
    counts = desk(platform, actor).counts + desk(platform, actor, Asked("queue")).counts  # type: ignore[operator]  # they are counters
    assert sum(counts.values()) >= 2 and counts["late"] + counts["today"] >= 1


def test_the_citizen_has_matters_of_their_own_and_is_asked_for_a_paper(platform: Platform) -> None:
    own = desk(platform, platform.actor("citizen-nguyen-van-a"))
    assert len(own.own_cases) == 3 and sum(own.counts.values()) == 1


def test_without_the_land_plugin_the_rest_of_the_city_lives(tmp_path: Path) -> None:
    platform, store, number = made(tmp_path, SUNDAY, Plugins.load(disabled=["land"]))
    assert number >= 12 and "land-use-change" not in column(platform, "SELECT procedure FROM cases")
    store.close()


def test_671_procedures_are_delegated_in_eleven_forms_exactly_as_many_in_each_as_the_city_reports(platform: Platform) -> None:
    register = platform.register()
    counted = [sum(len(paper.items) for paper in register.instruments if paper.form == form) for form in range(1, 12)]
    assert counted == [151, 14, 387, 3, 2, 15, 38, 2, 55, 2, 2]
    assert len({item.procedure for paper in register.instruments for item in paper.items}) == sum(counted) == 671
    assert sum(counted[form - 1] for form in (4, 5, 6, 8, 9)) == 77    # those in which a commune is a delegate
    assert all(paper.generated for paper in register.instruments)
    assert troubles(register.instruments, {unit.id: unit for unit in register.units}, FRIDAY.date()) == ()
