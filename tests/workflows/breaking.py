"""Ways to break a pack, one at a time and by a seed: what a designer's slip of hand does to a diagram, a form, a record, a table."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree
from wardflow.catalog import city_folder, pack_folders, shared_schemas
from wardflow.demo.city import read_city
from wardflow.domain.findings import LintFinding
from wardflow.errors import PackUnreadable
from wardflow.packs import Pack, lint, rehearse_pack
from wardflow.plugins import Plugins

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
WF = "{http://wardflow.org/schema/bpmn}"
Broken = tuple[str, dict[str, bytes]]
"""What was done, and the files after it."""


def misspelt(word: str, chance: Random) -> str:
    """A word with two letters swapped, one doubled, or one left out."""
    if len(word) < 3:
        return word + "x"
    place = chance.randrange(1, len(word) - 1)
    way = chance.choice(("swap", "double", "drop"))
    if way == "swap" and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place] + word[place:] if way == "double" else word[:place] + word[place + 1 :]


def broken(files: Mapping[str, bytes], chance: Random) -> Broken:
    """The pack with one fault; tried again where the chosen way finds nothing to break."""
    ways = [way for kind, found in WAYS.items() if any(path.endswith(kind) for path in files) for way in found]
    while True:
        way = chance.choice(ways)
        kind = next(kind for kind, found in WAYS.items() if way in found)
        path = chance.choice([path for path in sorted(files) if path.endswith(kind) and not path.startswith("scenarios/")] or [""])
        if not path:
            continue
        done = way(files[path], chance)
        if done is not None and done[1] != files[path]:
            return f"{path}: {way.__name__} {done[0]}", {**files, path: done[1]}


# Diagrams

Done = tuple[str, bytes] | None


def _tree(content: bytes) -> Any:
    return etree.fromstring(content)


def _text(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def dropped_flow(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    flow = chance.choice(list(root.iter(f"{BPMN}sequenceFlow")))
    _forget(root, flow)
    return flow.get("id"), _text(root)


def _forget(root: Any, flow: Any) -> None:
    id = flow.get("id")
    for tag in ("incoming", "outgoing"):
        for ref in list(root.iter(BPMN + tag)):
            if ref.text == id:
                ref.getparent().remove(ref)
    for gateway in root.iter():
        if gateway.get("default") == id:
            del gateway.attrib["default"]
    flow.getparent().remove(flow)


def moved_flow(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    flow = chance.choice(list(root.iter(f"{BPMN}sequenceFlow")))
    beside = [each for each in flow.getparent() if each.get("id") and each.tag not in (f"{BPMN}sequenceFlow", f"{BPMN}startEvent", f"{BPMN}boundaryEvent")]
    target = chance.choice([each for each in beside if each.get("id") != flow.get("targetRef")] or beside)
    for ref in list(root.iter(f"{BPMN}incoming")):
        if ref.text == flow.get("id"):
            ref.getparent().remove(ref)
    flow.set("targetRef", target.get("id"))
    ref = etree.Element(f"{BPMN}incoming")
    ref.text = flow.get("id")
    target.insert(0, ref)
    return f"{flow.get('id')} to {target.get('id')}", _text(root)


def dropped_element(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    kinds = ("userTask", "serviceTask", "boundaryEvent", "endEvent", "intermediateThrowEvent", "scriptTask", "businessRuleTask")
    element = chance.choice([each for kind in kinds for each in root.iter(BPMN + kind)])
    for flow in [f for f in root.iter(f"{BPMN}sequenceFlow") if element.get("id") in (f.get("sourceRef"), f.get("targetRef"))]:
        _forget(root, flow)
    element.getparent().remove(element)
    return element.get("id"), _text(root)


def _attributes(content: bytes, chance: Random, change: Callable[[str, str], str | None], *names: str) -> Done:
    root = _tree(content)
    found = [(each, name) for each in root.iter() for name in names if isinstance(each.tag, str) and each.get(name)]
    if not found:
        return None
    element, name = chance.choice(found)
    value = change(name, element.get(name))
    if value == element.get(name):
        return None
    if value is None:
        del element.attrib[name]
    else:
        element.set(name, value)
    return f"{name.rpartition('}')[2]} of {element.get('id')}", _text(root)


CLEARS = tuple(WF + name for name in ("role", "due", "product", "responsibility", "authority", "form"))
NAMES = tuple(WF + name for name in ("role", "form", "state", "slip", "notice", "handler", "notBy", "unit", "clock", "person", "decision", "result"))


def missing_clear(content: bytes, chance: Random) -> Done:
    return _attributes(content, chance, lambda _, __: None, *CLEARS)


def misspelt_name(content: bytes, chance: Random) -> Done:
    return _attributes(content, chance, lambda _, value: misspelt(value, chance), *NAMES)


def other_role(content: bytes, chance: Random) -> Done:
    roles = sorted(set(re.findall(r'wf:role="([^"]+)"', content.decode())))
    return _attributes(content, chance, lambda _, __: chance.choice(roles), f"{WF}role")


def other_limit(content: bytes, chance: Random) -> Done:
    limits = ("1 wd", "90 d", "2 wh", "5 days", "wd", "0.5 wd", "-3 wd", "5wd")
    return _attributes(content, chance, lambda _, __: chance.choice(limits), f"{WF}due")


def dropped_meaning(content: bytes, chance: Random) -> Done:
    return _attributes(content, chance, lambda _, __: None, *(WF + name for name in ("state", "slip", "notice", "clock", "unit", "person", "notBy", "outcome")))


def dropped_default(content: bytes, chance: Random) -> Done:
    return _attributes(content, chance, lambda _, __: None, "default")


def turned_event(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    events = list(root.iter(f"{BPMN}boundaryEvent"))
    if not events:
        return None
    event = chance.choice(events)
    event.set("cancelActivity", "true" if event.get("cancelActivity") == "false" else "false")
    return str(event.get("id")), _text(root)


def bad_expression(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    kinds = ("conditionExpression", "timeDuration", "timeDate", "timeCycle", "script", "loopCardinality")
    found = [each for kind in kinds for each in root.iter(BPMN + kind) if each.text]
    if not found:
        return None
    each = chance.choice(found)
    before = each.text
    word = chance.choice(re.findall(r"\w+", before))
    each.text = chance.choice((before.replace(word, misspelt(word, chance), 1), before.replace("=", "!=", 1), before + " and", before.replace('"', "", 1)))
    if each.text == before:
        return None    # an expression without = or without a text was left as it is, which is no fault
    return f"{before!r} becomes {each.text!r}", _text(root)


def dropped_condition(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    found = list(root.iter(f"{BPMN}conditionExpression"))
    if not found:
        return None
    each = chance.choice(found)
    each.getparent().remove(each)
    return "", _text(root)


def other_message(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    found = [each for kind in ("message", "error", "signal", "escalation") for each in root.iter(BPMN + kind)]
    if not found:
        return None
    each = chance.choice(found)
    name = "errorCode" if each.get("errorCode") else "name"
    each.set(name, misspelt(each.get(name), chance))
    return str(each.get("id")), _text(root)


# Forms


def _properties(schema: Any) -> Iterator[Any]:
    if isinstance(schema, dict):
        if schema.get("properties") and all(isinstance(part, dict) for part in schema["properties"].values()):
            yield schema
        for value in schema.values():
            yield from _properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _properties(value)


def _form(content: bytes, chance: Random, change: Callable[[Any, str], object]) -> Done:
    schema = json.loads(content)
    group = chance.choice(list(_properties(schema)))
    name, before = chance.choice(sorted(group["properties"])), json.dumps(schema)
    if change(group, name) is False or json.dumps(schema) == before:
        return None
    return name, json.dumps(schema, ensure_ascii=False, indent=1).encode()


def renamed_field(content: bytes, chance: Random) -> Done:
    return _form(content, chance, lambda group, name: group["properties"].update({misspelt(name, chance): group["properties"].pop(name)}))


def dropped_field(content: bytes, chance: Random) -> Done:
    return _form(content, chance, lambda group, name: group["properties"].pop(name))


def other_type(content: bytes, chance: Random) -> Done:
    return _form(content, chance, lambda group, name: group["properties"][name].update(type=chance.choice(("integer", "boolean", "string", "text"))))


def other_choice(content: bytes, chance: Random) -> Done:
    def change(group: Any, name: str) -> object:
        offered = group["properties"][name].get("enum")
        if not offered:
            return False
        place = chance.randrange(len(offered))
        offered[place] = misspelt(str(offered[place]), chance)
        return True

    return _form(content, chance, change)


def misspelt_keyword(content: bytes, chance: Random) -> Done:
    def change(group: Any, name: str) -> object:
        part = group["properties"][name]
        keys = [key for key in part if key not in ("title", "description")]
        if not keys:
            return False
        key = chance.choice(keys)
        part[misspelt(key, chance)] = part.pop(key)
        return True

    return _form(content, chance, change)


def torn_file(content: bytes, chance: Random) -> Done:
    place = chance.randrange(len(content) // 2, len(content))
    return f"at {place}", content[:place]


# Records and pack.toml


def _lines(content: bytes, chance: Random, change: Callable[[str], str | None], fits: Callable[[str], bool]) -> Done:
    lines = content.decode().splitlines(keepends=True)
    places = [place for place, line in enumerate(lines) if fits(line)]
    if not places:
        return None
    place = chance.choice(places)
    before, after = lines[place], change(lines[place])
    lines[place] = after or ""
    return before.strip()[:60], "".join(lines).encode()


def _is_row(line: str) -> bool:
    return re.match(r'[\w-]+ = ', line) is not None and not re.match(r"(title|title_en|name|name_en|assumed|legal_basis|vi|en|field|field_en)\b", line)


def dropped_line(content: bytes, chance: Random) -> Done:
    return _lines(content, chance, lambda _: None, _is_row)


def misspelt_key(content: bytes, chance: Random) -> Done:
    return _lines(content, chance, lambda line: re.sub(r"^[\w-]+", lambda found: misspelt(found[0], chance), line), _is_row)


def misspelt_value(content: bytes, chance: Random) -> Done:
    def change(line: str) -> str:
        values = list(re.finditer(r'(?<!vi = )(?<!en = )(?<!title = )(?<!title_en = )"([\w./-]{3,})"', line))
        if not values:
            return line
        value = chance.choice(values)
        return line[: value.start(1)] + misspelt(value[1], chance) + line[value.end(1) :]

    return _lines(content, chance, change, lambda line: _is_row(line) and '"' in line)


# Decision tables


def dropped_row(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    rules = list(root.iter("{*}rule"))
    if not rules:
        return None
    rule = chance.choice(rules)
    rule.getparent().remove(rule)
    return str(rule.get("id")), _text(root)


def other_cell(content: bytes, chance: Random) -> Done:
    root = _tree(content)
    cells = [each for each in root.iter("{*}text") if (each.text or "").strip() not in ("", "-")]
    if not cells:
        return None
    cell = chance.choice(cells)
    before = cell.text
    word = chance.choice(re.findall(r"\w+", before) or ["x"])
    cell.text = before.replace(word, str(int(word) + 1) if word.isdigit() else misspelt(word, chance), 1)
    return f"{before!r} becomes {cell.text!r}", _text(root)


WAYS: Mapping[str, tuple[Callable[[bytes, Random], Done], ...]] = {
    ".bpmn": (
        dropped_flow, moved_flow, dropped_element, missing_clear, misspelt_name, other_role, other_limit, dropped_meaning, dropped_default,
        turned_event, bad_expression, dropped_condition, other_message,
    ),
    ".json": (renamed_field, dropped_field, other_type, other_choice, misspelt_keyword, torn_file),
    ".toml": (dropped_line, misspelt_key, misspelt_value, torn_file),
    ".dmn": (dropped_row, other_cell, torn_file),
}  # fmt: skip


PLUGINS = Plugins.load()
FOLDERS = (*pack_folders(), *(Path(str(folder)) for folder in PLUGINS.packs()))
"""Every pack that ships, those of the plugins too."""
DAY = date(2026, 8, 1)
"""The day on which they are looked at."""


@cache
def held() -> frozenset[str]:
    """The roles that somebody in the demo city holds."""
    return frozenset(holding.role for holding in read_city(city_folder()).holdings)


@cache
def schemas() -> Mapping[str, Any]:
    """What forms may refer to."""
    return shared_schemas()


def checked(pack: Pack) -> tuple[LintFinding, ...]:
    """What the check finds, as it is asked in a city with all that ships."""
    return lint(pack, roles=held(), schemas=schemas(), handlers=PLUGINS.handlers(), papers=PLUGINS.papers(), on=DAY)


def noticed(files: Mapping[str, bytes], name: str) -> str:
    """Who notices what is broken: the reader of the pack, "check", "test", or "nobody", because everything still goes as the
    scenarios say; anything but these is an error of ours and is raised."""
    if not readable(files):
        return "reader"
    try:
        pack = Pack(files, name)
    except PackUnreadable:
        return "reader"
    if checked(pack):
        return "check"
    report = rehearse_pack(pack, schemas=schemas())
    return "test" if not report.ok or report.coverage.elements.missed else "nobody"


def readable(files: Mapping[str, bytes]) -> bool:
    """Whether pack.toml can still be read: a pack without one is no pack, and the commands say so."""
    try:
        tomllib.loads(files["pack.toml"].decode())
    except (KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    return True


__all__ = ["FOLDERS", "Broken", "broken", "checked", "noticed"]
