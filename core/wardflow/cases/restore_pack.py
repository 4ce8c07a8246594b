"""Puts an earlier version of a pack in force again; running cases keep theirs, new ones begin with it."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.ports import PackVersion
from wardflow.cases.publish_pack import put_in_force
from wardflow.domain.people import Actor
from wardflow.errors import PackUnknown
from wardflow.permissions import Question, require


def restore_pack(platform: Platform, actor: Actor, pack_id: str, version: int) -> PackVersion:
    """The version that is in force again; PackUnknown where it was never published, PackRefused where lint finds a fault in
    it by now, such as a service that is no longer installed."""
    require(actor, "restore_pack", Question())
    return bring_back(platform, pack_id, version, actor.person)


def bring_back(platform: Platform, pack_id: str, version: int, by: str) -> PackVersion:
    """The same for whoever runs the installation from its command line."""
    for each in platform.store.packs.versions():
        if (each.pack_id, each.version) == (pack_id, version):
            return put_in_force(platform, platform.library.pack(each.digest), by)
    raise PackUnknown(pack=f"{pack_id}, version {version}")
