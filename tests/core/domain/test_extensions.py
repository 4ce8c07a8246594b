"""An extension counts when somebody who may gave it in time, not too often and not too long; else it says why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from wardflow.domain.legal_clock import Clock, ClockEvent, ClockMove, ClockRules, ExtensionRules, Timing
from wardflow.domain.limits import Limit
from wardflow.wording import Wording

At = Callable[[str], datetime]
Shown = Callable[[datetime | None], str]
Made = Callable[..., Clock]

# Law on Denunciations 2018, article 30: at most 30 days each; once when complex, twice when especially complex.
ONCE = ExtensionRules(times=1, longest=Limit.parse("30 d"), roles=frozenset({"chair"}))
TWICE = ExtensionRules(times=2, longest=Limit.parse("30 d"))
START = "start 11/06/2026 10:00"  # 30 days: Saturday 11/07, moved to Monday 13/07/2026


@pytest.mark.parametrize(
    ("rules", "entries", "due", "refused"),
    [
        (ONCE, "extend 03/07/2026 10:00 30 d", "10/08/2026 17:00", None),
        (ONCE, "extend 03/07/2026 10:00 30 d; extend 05/08/2026 10:00 30 d", "10/08/2026 17:00", "clock.too-often"),
        (TWICE, "extend 03/07/2026 10:00 30 d; extend 05/08/2026 10:00 30 d", "09/09/2026 17:00", None),
        (TWICE, "extend 03/07/2026 10:00 31 d", "13/07/2026 17:00", "clock.too-long"),
        # by another unit it is the day that counts: 21 working days end on 10/08 too, 23 on 12/08
        (TWICE, "extend 03/07/2026 10:00 21 wd", "10/08/2026 17:00", None),
        (TWICE, "extend 03/07/2026 10:00 23 wd", "13/07/2026 17:00", "clock.too-long"),
        # the last day has rolled to Monday, so Monday is still before expiry
        (TWICE, "extend 13/07/2026 16:59 30 d", "10/08/2026 17:00", None),
        (TWICE, "extend 13/07/2026 17:01 30 d", "13/07/2026 17:00", "clock.too-late"),
        (ExtensionRules(before_expiry=False), "extend 20/07/2026 10:00 30 d", "10/08/2026 17:00", None),
        (ExtensionRules(written=True), "extend 03/07/2026 10:00 30 d", "13/07/2026 17:00", "clock.not-written"),
        (TWICE, "extend 03/07/2026 10:00", "13/07/2026 17:00", "clock.no-length"),
        # a pause stops expiry too; 23/07 + 30 = 22/08/2026, a Saturday that is made up for and so a working day
        (TWICE, "pause 09/07/2026 10:00; extend 20/07/2026 10:00 30 d; resume 21/07/2026 10:00", "22/08/2026 17:00", None),
    ],
)
def test_the_rules(rules: ExtensionRules, entries: str, due: str, refused: str | None, clock: Made, shown: Shown) -> None:
    extended = clock("30 d", START, *entries.split("; "), rules=ClockRules(extension=rules))
    why = extended.ledger()[-1].why_not
    assert (shown(extended.due), why.code if why else None) == (due, refused)


def test_who_may_is_asked_before_the_act(clock: Made, at: At) -> None:
    running = clock("30 d", START, rules=ClockRules(extension=ONCE))
    entry = ClockEvent(ClockMove.EXTEND, at("03/07/2026 10:00"), limit=Limit.parse("30 d"))
    assert running.refuses(entry, frozenset({"chair"})) is None
    why = running.refuses(entry, frozenset({"clerk"}))
    assert why is not None
    assert Wording("en").say(why) == "Only this role may extend it: chair."


@pytest.mark.parametrize(
    ("entries", "move", "code"),
    [
        ((), "pause", "clock.not-started"),
        ((START,), "start", "clock.started-already"),
        ((START,), "resume", "clock.not-paused"),
        ((START, "pause 12/06/2026 10:00"), "pause", "clock.paused-already"),
        ((START, "stop 12/06/2026 10:00"), "extend", "clock.ended-already"),
    ],
)
def test_every_refused_move_says_why(entries: tuple[str, ...], move: str, code: str, clock: Made, at: At) -> None:
    why = clock("30 d", *entries).refuses(ClockEvent(ClockMove(move), at("15/06/2026 10:00"), limit=Limit.parse("5 d")))
    assert why is not None and why.code == code
    assert all(code not in Wording(language).say(why) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("extension", "lawful", "counted"),
    [
        # 10 working days from 01/07/2026 end on 15/07; five more end on 22/07
        ("extend 13/07/2026 10:00 5 wd", "22/07/2026 17:00", Timing.EARLY),
        ("extend 16/07/2026 10:00 5 wd", "15/07/2026 17:00", Timing.LATE),
    ],
)
def test_an_extension_after_expiry_makes_nothing_on_time(
    extension: str, lawful: str, counted: Timing, clock: Made, shown: Shown
) -> None:
    done = clock("10 wd", "start 01/07/2026 09:00", extension, "stop 20/07/2026 10:00")
    assert shown(done.due) == "22/07/2026 17:00"
    assert (shown(done.lawful_due), done.timing) == (lawful, counted)


def test_a_new_date_is_given_once(clock: Made, shown: Shown) -> None:
    """Decree 297/2025, article 4(5)."""
    rules = ClockRules(extension=ExtensionRules(times=1))
    late = clock("10 wd", "start 01/07/2026 09:00", "extend 13/07/2026 10:00 5 wd", "extend 21/07/2026 10:00 5 wd", rules=rules)
    assert (shown(late.due), shown(late.original)) == ("22/07/2026 17:00", "15/07/2026 17:00")


def test_an_open_matter_is_not_counted_yet(clock: Made) -> None:
    assert clock("10 wd", "start 01/07/2026 09:00").timing is None


def test_the_rules_can_be_kept_as_json() -> None:
    for rules in (ONCE, TWICE, ExtensionRules(written=True, before_expiry=False)):
        assert ExtensionRules.from_json(json.loads(json.dumps(rules.to_json()))) == rules
        whole = ClockRules(last_hour=True, extension=rules)
        assert ClockRules.from_json(json.loads(json.dumps(whole.to_json()))) == whole
    assert ExtensionRules.from_json({}) == ExtensionRules()
