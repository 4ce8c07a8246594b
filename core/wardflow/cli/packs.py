"""Commands of a designer: check, test, publish.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.errors import PackNotFound
from wardflow.settings import Settings

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.domain.findings import LintFinding
    from wardflow.packs import Pack


def add(commands: Commands) -> None:
    """Add the commands of a designer."""
    for name, run, meaning in (
        ("check", _check, "say what is wrong in a pack, by file, line and element"),
        ("test", _test, "run the scenarios of a pack and show what they covered"),
        ("publish", _publish, "check a pack and make it the version new cases start with"),
    ):
        made = command(commands, name, run, meaning)
        made.add_argument("pack", metavar="PACK", help="folder of the pack, or the name of a shipped one")
        made.add_argument("--language", choices=("vi", "en"), default="en", help="language of the answer (default: en)")
        if name == "publish":
            made.add_argument("--as", dest="person", required=True, metavar="PERSON", help="id of who publishes")
            made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import packs
    from wardflow.plugins import Plugins

    return _report(packs.lint(_read(settings, options.pack), handlers=Plugins.load().handlers()), options.language)


def _test(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import packs

    raise NotImplementedError


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, packs
    from wardflow.cases.publish_pack import publish_pack

    pack = _read(settings, options.pack)
    platform = app.build(settings)
    try:
        findings = packs.lint(pack, handlers=platform.plugins.handlers())
        if _report(findings, options.language) == REFUSED:
            return REFUSED
        version = publish_pack(platform, platform.actor(options.person), pack)
        print(f"Published {version.pack_id}, version {version.version}.")
    finally:
        platform.store.close()
    return DONE


def _read(settings: Settings, name: str) -> Pack:
    from wardflow import catalog, packs

    shipped = catalog.shipped("workflows", settings.workflows) / name
    folder = next((folder for folder in (Path(name), shipped) if (folder / "pack.toml").is_file()), None)
    if folder is None:
        raise PackNotFound(name=name, shipped=", ".join(found.name for found in catalog.pack_folders(settings.workflows)))
    return packs.read(folder)


def _report(findings: Sequence[LintFinding], language: str) -> int:
    from wardflow.wording import Wording

    wording = Wording(language)
    for found in findings:
        place = f"{found.file}:{found.line}:{found.column}" if found.line else found.file
        element = f" {found.element}:" if found.element else ""
        print(f"{place}: {found.severity} {found.code}:{element} {wording.say(found)}")
    errors = sum(found.severity == "error" for found in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings")
    return REFUSED if errors else DONE
