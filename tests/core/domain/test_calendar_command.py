"""`wardflow calendar import` and `export` on an installation of their own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from wardflow.cli import calendar
from wardflow.domain.calendar import Day, DayKind
from wardflow.errors import CalendarFileUnreadable, NothingInstalled
from wardflow.settings import Settings
from wardflow.store import Store

Run = Callable[..., int]
TABLE = "day,kind,name\n2027-01-01,holiday,Tết Dương lịch\n2027-02-08,holiday,Tết Nguyên đán\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def installed(settings: Settings) -> Settings:
    settings.data.mkdir()
    store = Store(settings.database, settings.secret())
    store.upgrade()
    store.close()
    return settings


@pytest.fixture
def run(settings: Settings) -> Run:
    def told(*arguments: str) -> int:
        top = argparse.ArgumentParser()
        calendar.add(top.add_subparsers())
        options = top.parse_args(("calendar", *arguments))
        return int(options.command(settings, options))

    return told


def kept(settings: Settings) -> dict[date, Day]:
    store = Store(settings.database, settings.secret())
    try:
        return dict(store.city.days())
    finally:
        store.close()


@pytest.mark.parametrize("ending", ["csv", "ics"])
def test_what_was_exported_can_be_imported(
    ending: str, installed: Settings, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "2027.csv").write_text(TABLE, encoding="utf-8")
    assert run("import", str(tmp_path / "2027.csv")) == 0
    days = kept(installed)
    assert days[date(2027, 1, 1)] == Day(DayKind.HOLIDAY, "Tết Dương lịch")

    out = tmp_path / f"out.{ending}"
    assert run("export", str(out)) == 0
    assert run("import", str(out), "--replace") == 0
    assert kept(installed) == days
    assert capsys.readouterr().out.endswith("0 days written, 0 removed, 2 as they were.\n")


def test_replace_removes_what_the_years_of_the_file_do_not_name(installed: Settings, run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(TABLE + "2026-09-02,holiday,Quốc khánh\n", encoding="utf-8")
    second.write_text("day,kind,name\n2027-02-08,closed,bão\n", encoding="utf-8")
    run("import", str(first))
    run("import", str(second), "--replace")
    assert {day: row.kind for day, row in kept(installed).items()} == {date(2026, 9, 2): "holiday", date(2027, 2, 8): "closed"}


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    installed: Settings, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "2027.csv").write_text(TABLE, encoding="utf-8")
    assert run("import", str(tmp_path / "2027.csv"), "--dry-run") == 0
    said = capsys.readouterr().out
    assert "01/01/2027 holiday Tết Dương lịch (was an ordinary day)" in said
    assert "2 days would be written" in said
    assert kept(installed) == {}


def test_one_year_goes_to_standard_output(
    installed: Settings, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "days.csv").write_text(TABLE + "2026-09-02,holiday,Quốc khánh\n", encoding="utf-8")
    run("import", str(tmp_path / "days.csv"))
    capsys.readouterr()
    assert run("export", "--year", "2026") == 0
    assert capsys.readouterr().out == "day,kind,name,name_en,hours\n2026-09-02,holiday,Quốc khánh,,\n"


def test_a_file_with_one_bad_line_changes_nothing(installed: Settings, run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(TABLE + "2027-13-01,holiday,x\n", encoding="utf-8")
    with pytest.raises(CalendarFileUnreadable, match="Line 4"):
        run("import", str(bad))
    bad.write_bytes(TABLE.encode() + b"2027-03-01,holiday,\xff\n")
    with pytest.raises(CalendarFileUnreadable, match="Line 4"):
        run("import", str(bad))
    assert kept(installed) == {}


def test_without_an_installation_it_says_so(run: Run) -> None:
    with pytest.raises(NothingInstalled):
        run("export")
