"""Names as people write them: spaces, Vietnamese letters, signs, and what the text itself binds."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from wardflow.feel import compile, evaluate, names


def test_names_may_hold_spaces_and_vietnamese_letters() -> None:
    assert evaluate("diện tích đất * 2", {"diện tích đất": 60}) == Decimal(120)


def test_blanks_between_the_words_of_a_name_count_as_one_space() -> None:
    assert evaluate("diện  tích\n đất", {"diện tích đất": 60}) == Decimal(60)


def test_a_name_is_found_however_its_marks_are_encoded() -> None:
    assert evaluate("đất", {unicodedata.normalize("NFD", "đất"): 1}) == Decimal(1)


@pytest.mark.parametrize("name", ["time-limit", "Applicant's age", "date of birth", "income/month", "stay in city", "a and b"])
def test_names_with_signs_and_keywords_are_known_from_the_context(name: str) -> None:
    assert evaluate(f"{name} + 1", {name: 1}) == Decimal(2)


def test_without_such_a_name_the_sign_is_an_operator() -> None:
    assert evaluate("a-b", {"a": 5, "b": 2}) == Decimal(3)


def test_a_variable_of_the_text_hides_the_one_outside() -> None:
    assert evaluate("for x in [1, 2] return x", {"x": 9}) == [1, 2]


def test_a_variable_called_like_a_function_does_not_hide_the_function() -> None:
    assert evaluate("count(count)", {"count": [1, 2]}) == Decimal(2)


def test_a_function_of_the_text_hides_a_built_in_one() -> None:
    assert evaluate('{max: function(a) "mine", r: max(1)}.r', {}) == "mine"


def test_inside_a_filter_an_entry_of_the_item_comes_first() -> None:
    plots = [{"area": 80}, {"area": 120}]
    assert evaluate("plots[area > limit]", {"plots": plots, "area": 1, "limit": 100}) == [{"area": Decimal(120)}]


def test_names_tells_what_a_text_reads_from_outside() -> None:
    text = 'for p in plots return if contains(p.use, kind) then p.area * rate else {a: 1, b: a}.b'
    assert names(text) == {"plots", "kind", "rate"}


def test_a_compiled_text_is_used_again_with_any_context() -> None:
    expression = compile("age >= 18")
    assert [expression.evaluate({"age": age}) for age in (17, 18, "x")] == [False, True, None]
