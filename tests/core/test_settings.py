"""Settings: read once from the environment, each documented, a wrong one named."""

from __future__ import annotations

import stat
from dataclasses import fields
from pathlib import Path

import pytest
from wardflow.errors import BadSetting
from wardflow.settings import Settings, documented


def test_without_any_variable_the_platform_runs_on_a_file_here() -> None:
    settings = Settings.from_environment({})

    assert settings.database == "sqlite:///var/wardflow.db"
    assert settings.address == "http://127.0.0.1:8000"
    assert not settings.demo


def test_each_variable_is_read_into_its_field() -> None:
    settings = Settings.from_environment(
        {
            "WARDFLOW_DATA": "/srv/city",
            "WARDFLOW_DATABASE_URL": "postgresql://city@db/wardflow",
            "WARDFLOW_PORT": "9000",
            "WARDFLOW_DEMO": "yes",
            "WARDFLOW_PUBLIC_URL": "https://dichvu.example.vn/",
            "PORT": "1",
        }
    )

    assert settings.data == Path("/srv/city")
    assert settings.database == "postgresql+psycopg://city@db/wardflow"
    assert (settings.port, settings.demo) == (9000, True)
    assert settings.tracking_address == "https://dichvu.example.vn"


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("WARDFLOW_PORT", "0"),
        ("WARDFLOW_PORT", "eighty"),
        ("WARDFLOW_LANGUAGE", "fr"),
        ("WARDFLOW_TIMEZONE", "Hanoi"),
        ("WARDFLOW_TIMEZONE", "../../etc/passwd"),
        ("WARDFLOW_DEMO", "perhaps"),
        ("WARDFLOW_WEB_WORKERS", "-1"),
        ("WARDFLOW_OFFICE_HOURS", "08:00"),
        ("WARDFLOW_OFFICE_HOURS", "13:00-17:00 08:00-12:00"),
        ("WARDFLOW_WORKER_POLL", "soon"),
        ("WARDFLOW_WORKER_POLL", "0"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_the_name_of_its_variable(variable: str, text: str) -> None:
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environment({variable: text})


def test_every_setting_is_documented() -> None:
    rows = documented()

    assert len(rows) == len(fields(Settings))
    assert all(meaning for _, _, meaning in rows)


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "city")

    assert settings.secret() == Settings(data=tmp_path / "city").secret()
    assert len(settings.secret()) >= 32
    assert stat.S_IMODE((tmp_path / "city" / "secret").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "city").iterdir()] == ["secret"]


def test_a_secret_too_short_to_protect_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "short").write_text("1234")

    with pytest.raises(BadSetting, match="WARDFLOW_SECRET_FILE"):
        Settings(secret_file=tmp_path / "short").secret()
