"""The judged number of kills: 200 on each database, while people work; nothing answered is lost, doubled or broken."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

from killing import killed_while_working, settings_for
from lost import faults
from wardflow import app, demo
from wardflow.settings import Settings

KILLS = 200


def test_200_kills_lose_nothing_that_was_answered(databases: Any, database_kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret for tests, 32 bytes long")
    address = databases.empty(database_kind)
    demo.create(Settings(data=tmp_path, database_url=address, secret_file=secret, demo=True))
    settings = settings_for(address, tmp_path, secret)
    platform = app.build(settings)
    began = perf_counter()

    book = killed_while_working(settings, platform, KILLS)

    assert faults(platform, book) == []
    answered = len(book.opened) + len(book.done)
    print(f"{database_kind}: {KILLS} kills in {perf_counter() - began:.0f} s, {answered} acts answered, none lost")
    platform.store.close()
    databases.drop(address)
