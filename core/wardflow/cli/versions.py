"""Commands about the versions of a pack: diff, versions, and bringing an earlier one back.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.packs import PACK, read_pack
from wardflow.cli.shape import DONE, command
from wardflow.errors import PackUnknown
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.packs import Pack


def add(commands: Commands) -> None:
    """Add the commands about versions."""
    made = command(commands, "diff", _diff, "say in words what changed between two versions of a pack")
    made.add_argument("old", metavar="A", help=f"{PACK}, or ID@VERSION for a published one")
    made.add_argument("new", metavar="B", help="the same")
    made.add_argument("--language", choices=("vi", "en"), default="en", help="language of the answer (default: en)")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")
    made = command(commands, "versions", _versions, "list the published versions of the packs, the one in force last")
    made.add_argument("pack", nargs="?", metavar="PACK", help="id of a published pack (default: all of them)")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _diff(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import packs
    from wardflow.wording import Wording

    wording = Wording(options.language)
    found = packs.compare(_found(settings, options.old), _found(settings, options.new))
    for each in found:
        print(f"{each.file}: {wording.say(each.reason)}")
    print(wording.say("diff.report.count", count=len(found)) if found else wording.say("diff.report.none"))
    return DONE


def _found(settings: Settings, name: str) -> Pack:
    """A pack of a folder, a shipped one, or a published version."""
    id, at, version = name.rpartition("@")
    return _published(settings, id, int(version)) if at and version.isdigit() else read_pack(settings, name)


def _published(settings: Settings, id: str, version: int) -> Pack:
    from wardflow import app

    check_installed(settings)
    platform = app.build(settings)
    try:
        for each in platform.store.packs.versions():
            if (each.pack_id, each.version) == (id, version):
                return platform.library.pack(each.digest)
    finally:
        platform.store.close()
    raise PackUnknown(pack=f"{id}, version {version}")


def _versions(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow import app
    from wardflow.wording import Wording

    check_installed(settings)
    platform = app.build(settings)
    try:
        found = [each for each in platform.store.packs.versions() if options.pack in (None, each.pack_id)]
    finally:
        platform.store.close()
    if options.pack is not None and not found:
        raise PackUnknown(pack=options.pack)
    current = {each.pack_id: each.version for each in found}
    wording = Wording("en", zone=settings.zone)
    for each in found:
        mark = "  in force" if current[each.pack_id] == each.version else ""
        at = wording.say("diff.report.at", at=each.published_at)
        print(f"{each.pack_id}@{each.version}  {at}  {each.published_by:<12} {each.digest[:12]}{mark}")
    return DONE


def restore_version(settings: Settings, id: str, version: int, person: str) -> int:
    """Puts an earlier version of a pack in force again."""
    from wardflow import app
    from wardflow.cases.restore_pack import bring_back

    check_installed(settings)
    platform = app.build(settings)
    try:
        back = bring_back(platform, id, version, person)
    finally:
        platform.store.close()
    print(f"{back.pack_id}, version {back.version}, is in force again; running cases keep theirs.")
    return DONE
