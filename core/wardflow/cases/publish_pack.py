"""Publishes a version of a pack; what lint finds wrong is refused, and running cases keep the version they began with."""

from __future__ import annotations

from wardflow.cases.platform import Platform
from wardflow.cases.ports import PackVersion
from wardflow.cases.services import known
from wardflow.domain.people import Actor
from wardflow.errors import PackRefused
from wardflow.packs import Pack, lint
from wardflow.permissions import Question, require


def publish_pack(platform: Platform, actor: Actor, pack: Pack) -> PackVersion:
    """The published version; PackRefused with every finding when one is an error."""
    require(actor, "publish_pack", Question())
    return put_in_force(platform, pack, actor.person)


def put_in_force(platform: Platform, pack: Pack, by: str) -> PackVersion:
    """The same for whoever runs the installation from its command line."""
    findings = lint(
        pack, handlers=known(platform.plugins), schemas=platform.library.schemas(), papers=platform.plugins.papers(), on=platform.now().date(),
    )
    if faults := [finding for finding in findings if finding.severity == "error"]:
        raise PackRefused(pack=pack.id, count=len(faults), findings=tuple(findings))
    return platform.store.packs.publish(pack.id, pack.digest, pack.files, by, platform.now())
