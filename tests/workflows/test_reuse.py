"""Declare once: what forms call by the same name asks for the same thing, so that one dossier's answer fits into the next."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from wardflow import forms
from wardflow.catalog import shared_schemas
from wardflow.forms import Schemas

ROOT = Path(__file__).parents[2]
SCHEMAS = Schemas(shared_schemas(None))
FORMS = {
    file.relative_to(ROOT).as_posix(): json.loads(file.read_text("utf-8"))
    for folder in ("workflows", "plugins") for file in sorted((ROOT / folder).rglob("forms/*.json"))
}  # fmt: skip
NAMES = {path: forms.reusable(schema, schemas=SCHEMAS) for path, schema in FORMS.items() if '"x-reuse"' in json.dumps(schema)}


def asked(path: str, at: tuple[Any, ...]) -> Any:
    """What a form says of the question: its kind, without its own words."""
    part: Any = FORMS[path]
    for name in at:
        part = part["properties"][name]
    return part.get("$ref") or part.get("type")


def test_one_name_is_one_kind_of_answer_in_every_form() -> None:
    kinds = defaultdict(set)
    for path, names in NAMES.items():
        for name, at in names.items():
            kinds[name].add(asked(path, at))
    assert NAMES
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_the_commune_of_one_dossier_fits_into_the_next_and_nothing_else_is_carried_over() -> None:
    housing = FORMS["workflows/dossier/forms/housing-confirmation.json"]
    marriage = FORMS["workflows/dossier/forms/marriage-status.json"]
    said = forms.declared(housing, {"address": "12 ngõ Huế", "commune": "cua-nam", "condition": "none", "people": 4}, schemas=SCHEMAS)
    assert said == {"residence.address": "12 ngõ Huế", "residence.commune": "cua-nam"}
    (name,) = set(said) & set(forms.reusable(marriage, schemas=SCHEMAS))
    at = forms.reusable(marriage, schemas=SCHEMAS)[name]
    assert forms.fits(marriage, forms.put({}, at, said[name]), at, schemas=SCHEMAS)
    assert not forms.fits(marriage, forms.put({}, at, "không phải mã"), at, schemas=SCHEMAS)


def test_what_is_sealed_is_declared_to_nobody() -> None:
    schema = {"type": "object", "properties": {"who": {"type": "string", "x-reuse": "who"}, "where": {"type": "string", "x-reuse": "where"}}}
    assert forms.declared(schema, {"who": {"$sealed": True}, "where": "Hà Nội"}) == {"where": "Hà Nội"}
