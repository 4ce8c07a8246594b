"""Commands of a designer: new, check, test, publish.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardflow.cli.findings import FORMATS, report
from wardflow.cli.shape import DONE, REFUSED, command
from wardflow.errors import PackNotFound, PackRefused
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.packs import Coverage, Pack
    from wardflow.plugins import Plugins
    from wardflow.wording import Wording

PACK = "folder of the pack, or the name of a shipped one"


def add(commands: Commands) -> None:
    """Add the commands of a designer."""
    made = command(commands, "new", _new, "make a small pack to begin with, which passes its own check and tests")
    made.add_argument("pack", metavar="PACK", type=Path, help="new folder; its name is the pack's id")
    made.add_argument("--title", default="", help="what the process is called in Vietnamese")
    made.add_argument("--title-en", default="", help="what it is called in English")
    made = command(commands, "check", _check, "say what is wrong in a pack, as file:line:column: CODE and a sentence")
    _common(made)
    made.add_argument("--format", choices=FORMATS, default="text", help="json for programs, github for annotations (default: text)")
    made = command(commands, "test", _test, "run the scenarios of a pack and show what they covered")
    _common(made)
    made.add_argument("--diagram", type=Path, metavar="FILE", help="HTML file with the diagrams, coloured by what was passed")
    meaning = "say of each scenario how far SpiffWorkflow's own runtime went along (it always runs, and must agree)"
    made.add_argument("--second-opinion", action="store_true", help=meaning)
    made = command(commands, "publish", _publish, "check a pack and make it the version new cases start with")
    _common(made)
    made.add_argument("--as", dest="person", default="operator", metavar="NAME", help="who is recorded as publishing")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _common(made: argparse.ArgumentParser) -> None:
    made.add_argument("pack", metavar="PACK", help=PACK)
    made.add_argument("--language", choices=("vi", "en"), default="en", help="language of the answer (default: en)")


def _new(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import packs

    folder: Path = options.pack
    made = packs.begin_pack(folder, options.title, options.title_en)
    print(f"{folder} holds the pack {made.id}. Next: wardflow check {folder}, then wardflow test {folder}.")
    return DONE


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, packs

    plugins = app.load_plugins(settings)
    pack = read_pack(settings, options.pack)
    today = datetime.now(settings.zone).date()
    found = packs.lint(pack, handlers=plugins.handlers(), schemas=_schemas(settings, plugins), papers=plugins.papers(), on=today)
    return report(found, options.language, options.format, _named(options.pack))


def _named(name: str) -> str:
    """The folder as it was typed; empty for a shipped pack, which is named by its id."""
    return name.rstrip("/") if (Path(name) / "pack.toml").is_file() else ""


def _test(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app, packs
    from wardflow.wording import Wording

    pack = read_pack(settings, options.pack)
    tested = packs.rehearse_pack(pack, schemas=_schemas(settings, app.load_plugins(settings)))
    wording = Wording(options.language)
    for played in tested.rehearsals:
        title = played.title if options.language == "vi" else played.title_en
        print(f"{'ok  ' if played.ok else 'FAIL'} {played.path}: {title}")
        if options.second_opinion:
            print(f"     second opinion: {played.second or 'agrees to the end'}")
        for failure in played.failures:
            print(f"     line {failure.line}: {wording.say(failure.reason)}")
    good = sum(played.ok for played in tested.rehearsals)
    print(f"{good} of {len(tested.rehearsals)} scenarios went as they say")
    for kind, share in (("elements", tested.coverage.elements), ("flows", tested.coverage.flows)):
        missed = f"; not passed: {', '.join(share.missed)}" if share.missed else ""
        print(f"{share.passed} of {share.total} {kind} covered ({share.percent:.0f} %){missed}")
    if options.diagram is not None:
        _draw(pack, tested.coverage, options.diagram, options.language, wording)
    return DONE if tested.ok else REFUSED


def _draw(pack: Pack, coverage: Coverage, file: Path, language: str, wording: Wording) -> None:
    from wardflow.packs import drawing

    legend = wording.say("scenario.passed"), wording.say("scenario.missed")
    title = pack.title if language == "vi" else pack.title_en
    file.write_text(drawing.page(pack, coverage.passed, title, legend, language), encoding="utf-8")
    print(f"The diagrams are in {file}.")


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.cases.publish_pack import put_in_force

    check_installed(settings)
    platform = app.build(settings)
    try:
        version = put_in_force(platform, read_pack(settings, options.pack), options.person)
    except PackRefused as refused:
        report(refused.findings, options.language, folder=_named(options.pack))
        raise
    finally:
        platform.store.close()
    print(f"Published {version.pack_id}, version {version.version}.")
    return DONE


def _schemas(settings: Settings, plugins: Plugins) -> Mapping[str, Mapping[str, Any]]:
    from wardflow import catalog

    return {**catalog.shared_schemas(settings.schemas), **plugins.schemas()}


def read_pack(settings: Settings, name: str) -> Pack:
    """The pack of a folder, a shipped one by its name, or that of a plugin by its id; PackNotFound where it is none."""
    from wardflow import app, catalog, packs

    shipped = catalog.shipped("workflows", settings.workflows) / name
    folder = next((folder for folder in (Path(name), shipped) if (folder / "pack.toml").is_file()), None)
    if folder is not None:
        return packs.read(folder)
    brought = {pack.id: pack for pack in map(packs.read, app.load_plugins(settings).packs())}
    if name not in brought:
        known = [*(found.name for found in catalog.pack_folders(settings.workflows)), *brought]
        raise PackNotFound(name=name, shipped=", ".join(known))
    return brought[name]
