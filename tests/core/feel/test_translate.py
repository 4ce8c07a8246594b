"""Conditions that tools of the Camunda family write become FEEL where they surely mean the same."""

from __future__ import annotations

import pytest
from wardflow.feel import FeelUntranslatable, evaluate, translate


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${approved}", "approved"),
        ("#{!approved}", "not(approved)"),
        ("${not more}", "not(more)"),
        ("${path == 'A'}", 'path = "A"'),
        ("${clarified.equals('yes')}", 'clarified = "yes"'),
        ("${!clarified.equals('yes')}", 'not(clarified = "yes")'),
        ("${cost > 7000000 && (urgent || !paid)}", "cost > 7000000 and (urgent or not(paid))"),
        ("${amount ge 10 and amount lt 20}", "amount >= 10 and amount < 20"),
        ("${a + b * 2}", "a + b * 2"),
        ("${(a + b) * 2}", "(a + b) * 2"),
        ("${x > 1 ? 'a' : 'b'}", 'if x > 1 then "a" else "b"'),
        ("${order.items[0].price}", "order.items[1].price"),
        ("${order['price']}", "order.price"),
        ("${order['unit price']}", 'get value(order, "unit price")'),
        ("${result != null}", "result != null"),
        ("${execution.getVariable('path') == 3}", "path = 3"),
        ("${name.startsWith('H29')}", 'starts with(name, "H29")'),
        ("${1+1}", "1 + 1"),
        ("age >= 18", "age >= 18"),
    ],
)
def test_certain_meanings(theirs: str, ours: str) -> None:
    assert translate(theirs) == ours


@pytest.mark.parametrize("value", [None, "", []])
def test_empty_is_null_an_empty_text_or_an_empty_list(value: object) -> None:
    assert evaluate(translate("${empty x}"), {"x": value}) is True


def test_what_holds_something_is_not_empty() -> None:
    assert evaluate(translate("${not empty x}"), {"x": [0]}) is True


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("${logger.execute(execution)}", "it calls code"),
        ("${dateTime().plusDays(2)}", "it uses an object of another engine"),
        ("${execution.processBusinessKey}", "it uses an object of another engine"),
        ("${list.size() > 0}", "it calls code"),
        ("${XML(response)}", "it calls code"),
        ("Hello ${name}", "text stands around the expression"),
        ("${a}${b}", "text stands around the expression"),
        ("${a % 2 == 0}", "the remainder of negative numbers differs between the languages"),
        ("${items[i]}", "an index that is worked out may mean a position or a key"),
        ("${in}", "a name in it is a word of FEEL"),
        ("${a = 1}", "it uses a sign that has no meaning here"),
        ("${}", "it ends too early"),
    ],
)
def test_what_is_not_certain_is_refused_with_the_reason(theirs: str, why: str) -> None:
    with pytest.raises(FeelUntranslatable) as caught:
        translate(theirs)
    assert caught.value.why == why
