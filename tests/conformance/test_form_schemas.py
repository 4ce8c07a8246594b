"""Other people's form schemas: every one is drawn, and what is drawn comes back as the same JSON.

The schemas are test data outside the repository; `WARDFLOW_CONFORMANCE` names their folder. Beside them stand small ones of our own,
one for each construct, so that the promise is kept where that folder is missing.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from wardflow.forms import ABSENT, check, every_field, fields, from_post, pointer, put, undrawable, without_hidden
from wardflow.forms.judge import FORMATS

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("WARDFLOW_CONFORMANCE", HERE.parents[2] / "shared" / "conformance")) / "form-schemas"
PRESENT = FOLDER.is_dir()
EACH = 20
LONGEST = 600    # characters; a person types no more in a test
TRIED = ("number", "integer", "date", "email", "select", "radio")

sys.path.insert(0, str(HERE))    # tests are no package
import generated
from person import fill

documents = runpy.run_path(str(HERE / "documents.py"))["documents"]
_PAGE = runpy.run_path(str(HERE.parent / "webui" / "forms" / "page.py"))
draw, read = _PAGE["draw"], _PAGE["read"]

_TEXT = {"type": "string"}
OURS: Mapping[str, Mapping[str, Any]] = {
    "tuple": {"properties": {"at": {"type": "array", "prefixItems": [{"type": "number"}, _TEXT, {"type": "boolean"}], "items": False}}},
    "rows-in-rows": {"properties": {"a": {"type": "array", "items": {"type": "object", "properties": {
        "b": {"type": "array", "items": {"type": "object", "properties": {"c": _TEXT, "d": {"type": "array", "items": _TEXT}}}}}}}}},
    "rows-of-alternatives": {"properties": {"who": {"type": "array", "items": {"oneOf": [
        {"properties": {"kind": {"const": "person"}, "name": _TEXT}, "required": ["kind", "name"], "additionalProperties": False},
        {"properties": {"kind": {"const": "firm"}, "tax": _TEXT}, "required": ["kind", "tax"], "additionalProperties": False}]}}}},
    "chooser": {"properties": {"x": {"oneOf": [{"title": "Số", "type": "integer"}, {"title": "Nhóm", "type": "object",
        "properties": {"a": _TEXT, "b": {"type": "boolean"}}, "required": ["a"]}, {"title": "Hàng", "type": "array", "items": _TEXT}]}}},
    "any-of": {"properties": {"x": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "y": {"anyOf": [
        {"title": "Chữ", "type": "string"}, {"title": "Số", "type": "number"}]}}},
    "condition": {"properties": {"kind": {"enum": ["a", "b"]}}, "required": ["kind"],
        "if": {"properties": {"kind": {"const": "a"}}, "required": ["kind"]}, "then": {"properties": {"one": {"type": "integer"}}},
        "else": {"properties": {"two": {"type": "object", "properties": {"deep": _TEXT}}}}},
    "dependent": {"properties": {"a": _TEXT, "b": _TEXT}, "dependentRequired": {"a": ["b"]},
        "dependentSchemas": {"b": {"properties": {"c": {"type": "number"}}}}},
    "nullable": {"properties": {"s": {"type": ["string", "null"]}, "n": {"type": ["number", "null"]}, "e": {"enum": ["a", None]},
        "o": {"type": ["object", "null"], "properties": {"a": _TEXT}}, "l": {"type": ["array", "null"], "items": _TEXT}},
        "required": ["s", "o"]},
    "constants": {"properties": {"c": {"const": 5}, "t": {"const": "x"}, "b": {"const": True}, "n": {"const": None}}, "required": ["c"]},
    "choices": {"properties": {"mixed": {"enum": [1, "1", True, "a", 2.5]}, "many": {"type": "array", "uniqueItems": True,
        "items": {"enum": ["a", "b", "c", 4]}}, "again": {"type": "array", "items": {"enum": ["a", "b"]}},
        "radio": {"x-widget": "radio", "type": "boolean"}}},
    "yes-no": {"properties": {"b": {"type": "array", "items": {"type": "boolean"}}, "g": {"type": "object", "properties": {
        "x": {"type": "boolean"}}, "required": ["x"]}}},
    "numbers": {"properties": {"n": {"type": "number"}, "i": {"type": "integer"}, "m": {"type": "integer", "x-widget": "money"}}},
    "awkward-names": {"properties": {"a.b": _TEXT, "c[0]": _TEXT, "": _TEXT, "_add": _TEXT, "%": _TEXT, "đ ê": _TEXT, "a/b~c": {
        "type": "object", "properties": {"0": _TEXT, "1": _TEXT}}}},
    "no-type": {"properties": {"a": {"properties": {"b": _TEXT}}, "c": {"type": "array", "items": _TEXT}, "d": {}, "e": True}},
    "recursive": {"$defs": {"n": {"type": "object", "properties": {"v": _TEXT, "in": {"$ref": "#/$defs/n"}, "all": {
        "type": "array", "items": {"$ref": "#/$defs/n"}}}}}, "$ref": "#/$defs/n"},
    "root-list": {"type": "array", "items": {"type": "integer"}},
    "times": {"properties": {"d": {"type": "string", "format": "date"}, "t": {"type": "string", "format": "time"},
        "at": {"type": "string", "format": "date-time"}, "m": {"type": "string", "format": "email"}}},
}  # fmt: skip


def _typed(schema: Any) -> Any:
    """The schema with `"type": "object"` beside every `properties`: a document that is no object is no form."""
    if isinstance(schema, list):
        return [_typed(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    inside = {word: _typed(said) for word, said in schema.items()}
    return {"type": "object", **inside} if isinstance(schema.get("properties"), Mapping) and "if" not in schema else inside


def _schemas() -> list[Any]:
    theirs = sorted(FOLDER.glob("*.json")) if PRESENT else []
    return [
        *(pytest.param(_typed(schema), id=name) for name, schema in OURS.items()),
        *(pytest.param(json.loads(path.read_text("utf-8")), id=path.stem) for path in theirs),
    ]


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Counts what came back, and prints the share at the end."""
    counted: Counter[str] = Counter()
    yield counted
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    for way in ("drawn and sent", "typed and sent"):
        if reporter and counted[way]:
            back = counted[way + ", the same"]
            reporter.ensure_newline()
            reporter.write_line(f"forms {way}: {back} of {counted[way]} documents came back the same ({back / counted[way]:.1%})")


def _each(schema: Mapping[str, Any]) -> int:
    """Ours are tried with documents of our own already."""
    return 5 if schema in [_typed(each) for each in OURS.values()] else EACH


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True) or bool(one == other)


@pytest.mark.parametrize("schema", _schemas())
def test_every_schema_can_be_drawn(schema: Mapping[str, Any]) -> None:
    assert undrawable(schema) == ()
    assert draw(fields(schema, ABSENT))


@pytest.mark.parametrize("schema", _schemas())
def test_documents_come_back_from_the_page_as_the_same_json(schema: Mapping[str, Any], tally: Counter[str]) -> None:
    made = [document for document in documents(schema, EACH) if without_hidden(schema, document) == document]
    assert made, "no valid document was found to try"
    for document in [*made, *generated.documents(schema, _each(schema))]:
        tally["drawn and sent"] += 1
        page = read(draw(fields(schema, document)))
        back = from_post(schema, page.pairs, base=ABSENT if document in made else document)
        assert _same(back, document)
        assert check(schema, back) == ()
        tally["drawn and sent, the same"] += 1


@pytest.mark.parametrize("schema", _schemas())
def test_documents_typed_into_an_empty_page_come_back_as_the_same_json(schema: Mapping[str, Any], tally: Counter[str]) -> None:
    for document in generated.typeable(schema, _each(schema), LONGEST):
        tally["typed and sent"] += 1
        assert _same(fill(schema, document), document)
        tally["typed and sent, the same"] += 1


@pytest.mark.xfail(
    strict=True, reason="where a schema has `items` and no `type` the page offers a list: nobody can type the number that it also allows"
)
def test_a_number_is_typed_where_the_schema_names_items_and_no_type() -> None:
    schema = {"type": "object", "properties": {"at": {"items": _TEXT}}}
    assert _same(fill(schema, {"at": 5}), {"at": 5})


@pytest.mark.parametrize("schema", _schemas())
def test_what_is_not_valid_is_refused_at_a_field_of_the_page(schema: Mapping[str, Any]) -> None:
    valid = Draft202012Validator(schema, format_checker=FORMATS).is_valid
    for document in documents(schema, 5):
        for field in list(every_field(fields(schema, document)))[:40]:
            if field.kind in TRIED and not field.read_only:
                broken = put(document, field.path, "‽ không phải")
                if valid(broken):
                    continue  # another alternative takes it
                refused = {objection.pointer for objection in check(schema, broken)}
                assert refused, f"{pointer(field.path)} took anything"
                assert refused & {each.pointer for each in every_field(fields(schema, broken))}


@pytest.mark.skipif(not PRESENT, reason=f"the conformance data are not at {FOLDER}")
def test_the_schemas_of_others_were_looked_at() -> None:
    assert len(list(FOLDER.glob("*.json"))) >= 20
