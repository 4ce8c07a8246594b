"""The words a form may use: those of JSON Schema 2020-12 and what forms understand beside them."""

from __future__ import annotations

KEYWORDS = frozenset({
    "$schema", "$id", "$ref", "$defs", "$anchor", "$comment", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "definitions",
    "type", "enum", "const", "default", "title", "description", "examples", "deprecated", "readOnly", "writeOnly",
    "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
    "maxLength", "minLength", "pattern", "format", "contentEncoding", "contentMediaType", "contentSchema",
    "items", "prefixItems", "contains", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "unevaluatedItems",
    "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "maxProperties", "minProperties",
    "dependentRequired", "dependentSchemas", "unevaluatedProperties",
    "if", "then", "else", "allOf", "anyOf", "oneOf", "not",
    "x-accept", "x-add", "x-autocomplete", "x-capture", "x-enum", "x-i18n", "x-inputmode", "x-list", "x-max-size", "x-nullable", "x-order",
    "x-placeholder", "x-reuse", "x-row", "x-rows", "x-sealed", "x-section", "x-unit", "x-unit-kind", "x-widget", "x-width",
})  # fmt: skip
"""Anything else means nothing to anybody, and is most likely misspelt."""
