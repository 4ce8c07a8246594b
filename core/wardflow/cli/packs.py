"""Commands of a designer: check, test, publish.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.errors import PackNotFound, PackRefused
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.domain.findings import LintFinding
    from wardflow.packs import Pack
    from wardflow.plugins import Plugins


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
        if name == "test":
            meaning = "say of each scenario how far SpiffWorkflow's own runtime went along (it always runs, and must agree)"
            made.add_argument("--second-opinion", action="store_true", help=meaning)
        if name == "publish":
            made.add_argument("--as", dest="person", default="operator", metavar="NAME", help="who is recorded as publishing")
            made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, packs

    plugins = app.load_plugins(settings)
    pack = _read(settings, options.pack)
    return _report(packs.lint(pack, handlers=plugins.handlers(), schemas=_schemas(settings, plugins)), options.language)


def _test(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, packs
    from wardflow.wording import Wording

    pack = _read(settings, options.pack)
    report = packs.rehearse_pack(pack, schemas=_schemas(settings, app.load_plugins(settings)))
    wording = Wording(options.language)
    for played in report.rehearsals:
        title = played.title if options.language == "vi" else played.title_en
        print(f"{'ok  ' if played.ok else 'FAIL'} {played.path}: {title}")
        if options.second_opinion:
            print(f"     second opinion: {played.second or 'agrees to the end'}")
        for failure in played.failures:
            print(f"     line {failure.line}: {wording.say(failure.reason)}")
    good = sum(played.ok for played in report.rehearsals)
    print(f"{good} of {len(report.rehearsals)} scenarios went as they say")
    for kind, share in (("elements", report.coverage.elements), ("flows", report.coverage.flows)):
        missed = f"; not passed: {', '.join(share.missed)}" if share.missed else ""
        print(f"{share.passed} of {share.total} {kind} covered ({share.percent:.0f} %){missed}")
    return DONE if report.ok else REFUSED


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.publish_pack import put_in_force

    check_installed(settings)
    platform = app.build(settings)
    try:
        version = put_in_force(platform, _read(settings, options.pack), options.person)
    except PackRefused as refused:
        _report(refused.findings, options.language)
        raise
    finally:
        platform.store.close()
    print(f"Published {version.pack_id}, version {version.version}.")
    return DONE


def _schemas(settings: Settings, plugins: Plugins) -> Mapping[str, Mapping[str, Any]]:
    from wardflow import catalog

    return {**catalog.shared_schemas(settings.schemas), **plugins.schemas()}


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
    print(f"errors: {errors}, warnings: {len(findings) - errors}")
    return REFUSED if errors else DONE
