"""A field's HTML name says where its value lies, and nothing else is read from it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wardflow.forms.paths import html_id, html_name, path_of, path_of_name, pointer
from wardflow.forms.values import ABSENT, Path, get, put


@pytest.mark.parametrize(
    ("path", "name", "where"),
    [
        (("applicant", "full_name"), "applicant.full_name", "/applicant/full_name"),
        (("plots", 0, "area_m2"), "plots[0].area_m2", "/plots/0/area_m2"),
        ((0, "a"), "_root[0].a", "/0/a"),
        ((), "_root", ""),
        (("a.b", "c[0]"), "a%2Eb.c%5B0%5D", "/a.b/c[0]"),
        (("_add",), "%5Fadd", "/_add"),
        (("a/b~c",), "a/b~c", "/a~1b~0c"),
    ],
)
def test_a_path_has_a_readable_name(path: Path, name: str, where: str) -> None:
    assert html_name(path) == name
    assert path_of_name(name) == path
    assert pointer(path) == where


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=5), st.integers(0, 999)), max_size=4).map(tuple))
def test_every_path_comes_back_from_its_name(path: Path) -> None:
    assert path_of_name(html_name(path)) == path


@pytest.mark.parametrize("name", ["a[", "a[x]", "a..b", "a]b", "", "a[99999999]"])
def test_a_name_of_another_origin_is_nobody_s(name: str) -> None:
    assert path_of_name(name) is None


def test_digits_are_a_row_in_a_list_and_a_name_in_an_object() -> None:
    assert path_of("/a/0", {"a": [1]}) == ("a", 0)
    assert path_of("/a/0", {"a": {"0": 1}}) == ("a", "0")


def test_an_id_is_safe_in_a_link() -> None:
    assert html_id("plots[0].area_m2") == "f-plots-0-area_m2"


def test_putting_and_getting_leave_the_first_value_alone() -> None:
    value = {"plots": [{"area": 1}]}
    changed = put(value, ("plots", 0, "area"), 2)
    assert get(changed, ("plots", 0, "area")) == 2
    assert value == {"plots": [{"area": 1}]}
    assert put(value, ("plots", 0), ABSENT) == {"plots": []}
    assert get(value, ("plots", 3)) is ABSENT
