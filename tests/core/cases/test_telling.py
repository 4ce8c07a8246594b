"""A running case is told something by those its pack names, as long as its diagram listens."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wardflow.cases import reads
from wardflow.cases.acting import take_up
from wardflow.cases.slip_data import slip_data
from wardflow.cases.tell_case import tell_case
from wardflow.errors import FormRefused, MessageUnwanted, NotAllowed
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
ROW = '\n[messages]\nwithdrawal = { vi = "Báo rút", en = "Withdraw", by = ["applicant", "reviewer"], form = "forms/told.json" }\n'
FORM = {"type": "object", "required": ["why"], "properties": {"why": {"type": "string", "title": "Vì sao", "minLength": 3}}}


@pytest.fixture
def told(town: Town) -> Town:
    """The town, with a pack that lets applicant and reviewer tell the case something; its permit says what was asked."""
    (version,) = town.platform.store.packs.versions()
    files = dict(town.platform.store.packs.files(version.digest))
    settings = files["pack.toml"].decode().replace(
        'number = "{number:03d}/GP" }', 'number = "{number:03d}/GP", lines = ["form.purpose", "review"], articles = ["Cho phép: {form.purpose}."] }'
    )
    files |= {"pack.toml": (settings + ROW).encode(), "forms/told.json": json.dumps(FORM).encode()}
    pack = Pack(files, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
    return town


def test_who_is_named_may_tell_and_the_timeline_says_it_in_the_packs_words(told: Town) -> None:
    opened = told.open(answer={"complete": True})
    case = tell_case(told.platform, told.actor("reviewer"), opened.case_id, "withdrawal", {"why": "Hết nhu cầu"})
    assert case.business_state == "withdrawn"
    view = reads.case(told.platform, told.actor("reviewer"), opened.code)
    assert view.timeline[-1].title.vi == "Báo rút" and view.timeline[-1].by == "Reviewer"


def test_what_cannot_be_so_is_refused_with_its_field_and_nothing_is_written(told: Town) -> None:
    opened = told.open(answer={"complete": True})
    with pytest.raises(FormRefused) as refused:
        tell_case(told.platform, told.actor("reviewer"), opened.case_id, "withdrawal", {})
    assert [objection.pointer for objection in refused.value.objections] == ["/why"]
    assert told.case(opened.case_id).business_state == "reviewing"


@pytest.mark.parametrize("person", ["signer", "stranger", "citizen"])
def test_nobody_else_may(told: Town, person: str) -> None:
    opened = told.open(answer={"complete": True})
    with pytest.raises(NotAllowed):
        tell_case(told.platform, told.actor(person), opened.case_id, "withdrawal", {"why": "Hết nhu cầu"})


def test_the_page_offers_it_only_to_those_who_may_and_only_while_the_case_listens(told: Town) -> None:
    opened = told.open(answer={"complete": True})
    offered = {person: reads.case(told.platform, told.actor(person), opened.code).tells for person in ("reviewer", "signer")}
    assert [message for message, _ in offered["reviewer"]] == ["withdrawal"] and offered["signer"] == ()
    assert reads.telling(told.platform, told.actor("reviewer"), opened.code, "withdrawal").schema == FORM
    with pytest.raises(MessageUnwanted):
        tell_case(told.platform, told.actor("reviewer"), opened.case_id, "damage", {})


def test_a_paper_says_what_its_row_in_the_pack_names(told: Town) -> None:
    opened = told.open(answer={"complete": True})
    told.do("reviewer", opened.case_id, "review", opinion="good")
    told.do("signer", opened.case_id, "sign", opinion="good")
    papers = told.platform.store.papers.documents(opened.case_id)
    paper = next(paper for paper in papers if paper.facts["slip"] == "permit")
    said = slip_data(told.platform, take_up(told.platform, opened.case_id), paper)
    assert said["lines"][0]["value"] == "Sửa nhà" and said["articles"] == ["Cho phép: Sửa nhà."]
