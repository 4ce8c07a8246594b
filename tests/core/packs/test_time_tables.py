"""What a pack and a procedure say about time: extensions and early warnings, read as data and refused where they make no sense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wardflow.catalog import files_of
from wardflow.domain.limits import Limit
from wardflow.errors import PackUnreadable, ProcedureUnreadable
from wardflow.packs import Pack, extension_of, lint, time_rules

PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
RECORD = "procedures/permit.toml"


def pack(settings: str = "", record: str = "") -> Pack:
    files = files_of(PERMIT)
    added = {"pack.toml": settings.encode(), RECORD: record.encode()}
    return Pack({**files, **{path: files[path] + b"\n" + text for path, text in added.items()}}, "permit")


def test_an_extension_is_read_from_the_pack() -> None:
    extension = pack().extension
    assert extension is not None
    assert (extension.rules.times, extension.slip, extension.notice, extension.propose) == (1, "apology", "late", Limit.parse("5 wd"))


def test_a_procedure_may_have_its_own_instead() -> None:
    changed = pack(record='[extension]\ntimes = 2\nlongest = "30 d"\nroles = ["signer"]\nwritten = true\n')
    procedure = changed.procedures["permit"]
    extension = extension_of(changed, procedure)
    assert extension is not None and extension.rules.written and extension.rules.longest == Limit.parse("30 d")
    assert time_rules(changed, procedure).extension == extension.rules


def test_a_procedure_says_how_it_treats_the_last_office_hour() -> None:
    files = files_of(PERMIT)
    changed = Pack({**files, RECORD: b"last_hour = true\n" + files[RECORD]}, "permit")
    assert time_rules(changed, changed.procedures["permit"]).last_hour and not time_rules(pack(), None).last_hour


def test_a_word_nobody_knows_is_refused_and_not_passed_over() -> None:
    with pytest.raises(PackUnreadable, match="longer is none of"):
        pack(settings='[[warnings]]\nat = "50 %"\nlonger = true\n')
    with pytest.raises(PackUnreadable, match="half"):
        pack(settings='[[warnings]]\nat = "half"\n')
    with pytest.raises(ProcedureUnreadable, match="often is none of"):
        _ = pack(record="[extension]\noften = 3\n").procedures


def found(changed: Pack) -> set[tuple[str, Any]]:
    return {(each.code, each.facts.get("notice") or each.facts.get("slip") or each.facts.get("role")) for each in lint(changed)}


def test_lint_finds_papers_notices_and_roles_that_are_not_declared() -> None:
    before = found(pack())
    changed = pack(
        settings='[[warnings]]\nat = "75 %"\nnotices = ["nearly"]\n',
        record='[extension]\nslip = "excuse"\nnotice = "sorry"\nroles = ["boss"]\n',
    )
    assert found(changed) - before == {
        ("notice.undeclared", "nearly"), ("notice.undeclared", "sorry"), ("slip.undeclared", "excuse"), ("role.undeclared", "boss"),
    }  # fmt: skip
