"""A diagram on an English page has the English names its designer gave; everything else of it stays."""

from __future__ import annotations

from xml.etree import ElementTree

from wardflow_web.diagrams import in_english

DRAWN = (
    '<d:definitions xmlns:d="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn">'
    '<d:userTask id="a" name="Kiểm tra &quot;đủ&quot;" wf:nameEn="Check &gt; all" wf:due="= if x &lt; 1 then 2 else 3"/>'
    '<d:sequenceFlow wf:nameEn="yes" sourceRef="a" name="có > 1" id="f" /><d:task id="b" name="Chưa dịch"/>'
    '<d:text>name="giữ nguyên"</d:text></d:definitions>'
)


def test_names_are_english_where_there_are_some() -> None:
    found = ElementTree.fromstring(in_english(DRAWN))
    assert [each.get("name") for each in found] == ["Check > all", "yes", "Chưa dịch", None]
    assert [each.get("id") for each in found] == ["a", "f", "b", None]
    assert found[3].text == 'name="giữ nguyên"'


def test_the_page_of_a_case_draws_it_in_the_readers_language(browser, case) -> None:
    page = browser("chi")
    address = f"/cases/{case.code}/diagram.bpmn"
    vietnamese = page.open(address)
    english = page.open(f"{address}?lang=en")
    assert 'name="Review"' in english and 'name="Review"' not in vietnamese
    assert "Cookie" in page.headers["Vary"]
