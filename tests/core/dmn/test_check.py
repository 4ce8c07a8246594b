"""Tables that overlap, leave gaps or hold cells that can never match are found before anybody asks them."""

from __future__ import annotations

from typing import Any

from wardflow.dmn import check

from .models import data, decision, literal, model, table


def found(*elements: str) -> list[tuple[str, Any]]:
    return [(finding.code, finding.facts.get("example", "")) for finding in check(model(*elements))]


def tabled(policy: str, *rules: list[str], output: str = "fee") -> list[tuple[str, Any]]:
    logic = table(policy, ["area", "use"], [output], *rules)
    return found(data("area", "number"), data("use", "string"), decision("fee", logic, "area", "use"))


def test_a_table_that_covers_everything_once_is_left_alone() -> None:
    assert tabled("UNIQUE", ["< 100", "-", "1"], [">= 100", '"ODT"', "2"], [">= 100", 'not("ODT")', "3"]) == []


def test_rows_that_match_together_under_unique_are_found_with_an_example() -> None:
    rules = (["< 100", "-", "1"], ["[50..200]", '"ODT"', "2"], ["-", "-", "3"])
    assert ("dmn.overlap", 'area = 50, use = "ODT"') in tabled("UNIQUE", *rules)


def test_rows_may_match_together_under_other_policies() -> None:
    assert tabled("FIRST", ["< 100", "-", "1"], ["-", "-", "2"]) == []


def test_a_gap_is_found_with_an_example() -> None:
    assert tabled("UNIQUE", ["< 100", "-", "1"], ["> 100", "-", "2"]) == [("dmn.gap", 'area = 100, use = "…"')]


def test_a_default_closes_every_gap() -> None:
    assert tabled("UNIQUE", ["< 100", "-", "1"], output="fee | | 0") == []


def test_values_that_an_input_cannot_have_need_no_rule() -> None:
    uses = '<input><inputExpression><text>use</text></inputExpression><inputValues><text>"ODT", "CLN"</text></inputValues></input>'
    rows = "".join(
        f"<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
        for cell in ('"ODT"', '"CLN"', '"ABC"')
    )
    codes = [code for code, _ in found(data("use"), decision("fee", f"<decisionTable>{uses}<output/>{rows}</decisionTable>", "use"))]
    assert codes == ["dmn.never"]


def test_a_cell_that_no_value_can_match_is_found() -> None:
    assert [code for code, _ in tabled("FIRST", ["[9..1]", "-", "1"], ["-", "-", "2"])] == ["dmn.empty"]


def test_dates_are_cut_where_the_cells_cut_them() -> None:
    before, after = '< date("2026-11-01")', '> date("2026-11-01")'
    logic = table("UNIQUE", ["filed"], ["law"], [before, '"old"'], [after, '"new"'])
    assert found(data("filed", "date"), decision("law", logic, "filed")) == [("dmn.gap", 'filed = @"2026-11-01"')]


def test_cells_that_say_more_than_values_and_ranges_are_not_judged() -> None:
    assert tabled("UNIQUE", ["? * 2 > 10", "-", "1"], ["-", "-", "2"]) == []


def test_names_and_types_are_held_against_what_a_decision_requires() -> None:
    wrong = decision("fee", literal('aera * 2 + (area + "x")'), "area")
    assert [code for code, _ in found(data("area", "number"), wrong)] == ["feel.name-unknown", "feel.type-mismatch"]
