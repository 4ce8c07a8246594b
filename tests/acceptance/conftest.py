"""A served city and a real browser.

`site` is a fresh copy of the demo city, served by `wardflow serve` for one test, on SQLite and on PostgreSQL; `shown_site` is one city for every test of
this process that only looks. `open_page` opens a page in Debian's or any other Chromium, with the width, the language and JavaScript on
or off as asked; whatever a page writes to the console as an error fails its test.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pressing import follow
from whole_city import secret, whole_city

sys.path.insert(0, str(Path(__file__).parent))    # for killing.py and lost.py

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = "WARDFLOW_TEST_CHROMIUM"
FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)


@dataclass(frozen=True)
class Site:
    """A city being served."""

    url: str
    platform: Any


def _serve(address: str, folder: Path) -> Iterator[Site]:
    from wardflow import app
    from wardflow.serve import environment
    from wardflow.settings import Settings

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        data=folder, database_url=address, secret_file=secret(), demo=True, port=port, web_workers=1, worker_poll=0.2
    )
    command = [sys.executable, "-m", "wardflow.cli", "serve"]
    serving = subprocess.Popen(command, env={**os.environ, **environment(settings)}, stdout=subprocess.PIPE, text=True)
    assert serving.stdout is not None
    assert settings.address in serving.stdout.readline()
    platform = app.build(settings)
    yield Site(settings.address, platform)
    platform.store.close()
    serving.terminate()
    assert serving.wait(30) == 0
    serving.stdout.close()


@pytest.fixture(scope="session")
def made_city(databases: Any) -> Callable[[str], str]:
    """Makes the demo city once for the whole run: `made_city(kind)` is its address, to be copied, not changed."""
    return lambda kind: str(databases.once(kind, "city", whole_city))


@pytest.fixture(scope="session")
def city_secret() -> Path:
    """The secret the demo city was made with."""
    return secret()


@pytest.fixture
def site(databases: Any, made_city: Any, database_kind: str, tmp_path: Path) -> Iterator[Site]:
    """The demo city, as new, served for this test alone."""
    address = databases.copy(database_kind, made_city(database_kind))
    yield from _serve(address, tmp_path)
    databases.drop(address)


@pytest.fixture(scope="session")
def shown_site(databases: Any, made_city: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo city for tests that change nothing."""
    address = databases.copy("sqlite", made_city("sqlite"))
    yield from _serve(address, tmp_path_factory.mktemp("city"))


@pytest.fixture
def walked_site(databases: Any, made_city: Any, tmp_path: Path) -> Iterator[Site]:
    """The demo city, as new, served for one test from an SQLite file."""
    address = databases.copy("sqlite", made_city("sqlite"))
    yield from _serve(address, tmp_path)
    databases.drop(address)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    found = os.environ.get(CHROMIUM) or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no Chromium found; install it, or name it in {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Inside a container its own sandbox cannot be set up; the pages are ours.
        opened = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of a site: `open_page(site, "/desk", width=360, javascript=False, language="en")`."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(on: Site, path: str = "/", *, width: int = 1280, javascript: bool = True, language: str = "vi") -> Any:
        context = browser.new_context(
            base_url=on.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if "Failed to load resource" not in said] == []


@pytest.fixture
def sit() -> Callable[[Site, Any, str], None]:
    """Sits the reader of a page down as a persona: `sit(site, page, "clerk")`."""

    def seated(on: Site, page: Any, login: str) -> None:
        person = dict(on.platform.store.accounts.logins())[login]
        page.goto("/")
        follow(page.locator(f'button[name="persona"][value="{person}"]').first)

    return seated


@pytest.fixture
def faults() -> Callable[[Any], list[str]]:
    """What axe finds wrong on a page, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    def found(page: Any) -> list[str]:
        violations = Axe().run(page).response["violations"]
        return [f"{rule['id']}: {rule['help']}: {node['target']}" for rule in violations for node in rule["nodes"]]

    return found
