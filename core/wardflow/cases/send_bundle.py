"""Papers of several cases travel from one point to another in a bundle: sent, then confirmed on arrival, what is missing told."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace

from wardflow.cases.acting import Held, again_when_moved, nearby, running, take_up
from wardflow.cases.commit import record
from wardflow.cases.counter_records import Bundle, Bundled
from wardflow.cases.notes import missed
from wardflow.cases.open_case import ALPHABET
from wardflow.cases.platform import Platform
from wardflow.cases.records import Change
from wardflow.cases.situation import Happening
from wardflow.counter_errors import BundleRefused, BundleUnknown
from wardflow.domain.people import Actor
from wardflow.domain.reasons import Reason
from wardflow.errors import CaseUnknown
from wardflow.permissions import Question, require

MOST = 200
LONGEST = 200


@again_when_moved
def send_bundle(
    platform: Platform, actor: Actor, from_unit: str, to_unit: str, codes: Iterable[str], *, carrier: str = "", note: str = ""
) -> Bundle:
    """The bundle, with a line in the timeline of each of its cases; BundleRefused names the case that cannot go, and nothing is written."""
    require(actor, "send_bundle", Question(counter=from_unit))
    wanted = tuple(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if not wanted or len(wanted) > MOST:
        raise BundleRefused(why=Reason("bundle.none" if not wanted else "bundle.too-many", {"n": MOST}))
    if to_unit == from_unit or not platform.register().has(to_unit):
        raise BundleRefused(why=Reason("bundle.nowhere"))
    held = [_travelling(platform, actor, code) for code in wanted]
    if busy := platform.store.bundles.under_way(each.case.id for each in held):
        code = next(each.case.code for each in held if each.case.id in busy)
        raise BundleRefused(why=Reason("bundle.under-way", {"code": code}))
    facts = {name: text for name, text in (("carrier", carrier.strip()[:LONGEST]), ("note", note.strip()[:LONGEST])) if text}
    bundle = Bundle(
        _name(platform, from_unit), from_unit, to_unit, platform.now(), actor.person, facts, {each.case.id: Bundled.SENT for each in held}
    )
    told = {"bundle": bundle.id, "from": from_unit, "to": to_unit}
    platform.store.bundles.send(bundle, [record(each.case, Happening("bundle_sent", "", told), platform, actor) for each in held])
    return bundle


@again_when_moved
def confirm_bundle(platform: Platform, actor: Actor, id: str, arrived: Iterable[str]) -> Bundle:
    """The bundle as it arrived: the cases whose codes are named are there, the others missing, which their sender is told."""
    bundle = platform.store.bundles.load(id)
    if bundle is None:
        raise BundleUnknown(bundle=id)
    require(actor, "confirm_bundle", Question(counter=bundle.to_unit))
    if bundle.arrived_at is not None:
        raise BundleRefused(why=Reason("bundle.confirmed"))
    there, held = set(arrived), [take_up(platform, case) for case in bundle.cases]
    cases = {each.case.id: Bundled.ARRIVED if each.case.code in there else Bundled.MISSING for each in held}
    done = replace(bundle, cases=cases, arrived_at=platform.now(), arrived_by=actor.person)
    platform.store.bundles.confirm(done, [_told(platform, actor, each, done) for each in held])
    return done


def _travelling(platform: Platform, actor: Actor, code: str) -> Held:
    """A running case that the actor may see; confidential ones travel in no bundle, and are answered as those that do not exist."""
    try:
        held = take_up(platform, platform.store.cases.id_of(code))
        require(actor, "see_case", nearby(platform, held))
    except CaseUnknown as unknown:
        raise BundleRefused(why=Reason("bundle.unknown", {"code": code})) from unknown
    if held.case.places.kept_from:
        raise BundleRefused(why=Reason("bundle.unknown", {"code": code}))
    running(held)
    return held


def _told(platform: Platform, actor: Actor, held: Held, bundle: Bundle) -> Change:
    state = bundle.cases[held.case.id]
    facts = {"bundle": bundle.id, "from": bundle.from_unit, "to": bundle.to_unit}
    change = record(held.case, Happening(f"bundle_{state}", "", facts), platform, actor)
    if state is Bundled.ARRIVED:
        return change
    return replace(change, notices=missed(change, bundle, held.matter.pack.openers, actor, held.case))


def _name(platform: Platform, unit: str) -> str:
    """Such as BG004-260904-K7M2, to be written on the bundle and read over a telephone."""
    today = platform.snapshot().calendar.day_of(platform.now())
    suffix = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return f"BG{platform.store.city.unit_number(unit):03d}-{today:%y%m%d}-{suffix}"

