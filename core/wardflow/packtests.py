"""What is wrong with the packs and scenarios of a package, told line by line: what its author tests beside the rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from wardflow.catalog import files_of, pack_folders, shared_schemas
from wardflow.forms import Schemas, pointers, undrawable
from wardflow.packs import Pack, Procedure, Scenario, lint, read, read_scenario, rehearse, rehearse_pack
from wardflow.plugins import AT_FORMS, Plugins
from wardflow.wording import Wording

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DRAWN = ("Task", "Event", "Gateway", "subProcess", "sequenceFlow")
CLEARS = ("product", "responsibility", "authority", "basis")


def pack_faults(folder: Path, roles: Collection[str] | None = None) -> list[str]:
    """What lint finds, what scenarios miss, what is not drawn, and what lacks words in a language; `roles` are those somebody holds."""
    pack, words = read(folder), Wording("en")
    schemas = shared_schemas()
    held = set(pack.roles) if roles is None else set(roles)
    report = rehearse_pack(pack, schemas=schemas)
    return [
        *(f"{found.file} line {found.line}: {found.code}" for found in lint(pack, roles=held, schemas=schemas)),
        *(f"{each.path}: {words.say(failed.reason)}" for each in report.rehearsals for failed in each.failures),
        *(f"{each.path}: its titles are the same" for each in report.rehearsals if each.title == each.title_en),
        *(f"no scenario passes {id}" for id in (*report.coverage.elements.missed, *report.coverage.flows.missed)),
        *_undrawn(folder),
        *_without_words(pack),
        *(f"{path} is not in NFC" for path, content in files_of(folder).items() if not unicodedata.is_normalized("NFC", content.decode())),
    ]


def procedure_faults(plugins: Plugins) -> list[str]:
    """Records of packages that name a process, a step or a form that is not there, or have no legal basis, and forms nobody can draw."""
    folders = (*pack_folders(), *(Path(str(folder)) for folder in plugins.packs()))
    packs = {pack.id: pack for pack in map(read, folders)}
    found = [said for record in plugins.procedures() for said in _of_record(record, packs, plugins)]
    shared = Schemas(shared_schemas())
    found += [said for record in plugins.procedures() for said in _astray(record, plugins, shared)]
    return [*found, *(f"form {id}: {what}" for id, schema in plugins.schemas().items() for what in undrawable(schema, schemas=shared))]


def scenario_faults(plugins: Plugins, file: Traversable, folder: Path) -> list[str]:
    """What goes otherwise than a scenario of the package says, played on a pack with the answers of the package's own rules."""
    scenario = _answered(plugins, read_scenario(file.read_bytes(), file.name))
    given, words = scenario.given, Wording("en")
    blocking = [each for each in plugins.objections(given.data["procedure"], given.data["form"], given.at) if each.blocks]
    rehearsal = rehearse(read(folder), scenario, schemas=shared_schemas())
    return [
        *(f"{file.name}: its form is refused at {each.pointer}" for each in blocking),
        *(f"{file.name} line {each.line}: {words.say(each.reason)} {dict(each.reason.facts)}" for each in rehearsal.failures),
    ]


def _answered(plugins: Plugins, scenario: Scenario) -> Scenario:
    """The scenario with what the rules say about its form."""
    given = scenario.given
    procedure, form = given.data["procedure"], given.data["form"]
    found, lines = plugins.findings(procedure, form, given.at), plugins.fees(procedure, form, given.at)
    answers: Mapping[str, Mapping[str, Any]] = {
        "rules.findings": {
            "items": [finding.to_json() for finding in found],
            "verdicts": sorted({str(finding.verdict) for finding in found}),
            "consult": sorted({unit for finding in found if (unit := finding.reason.facts.get("unit"))}),
        },
        "rules.fees": {
            "lines": [{"amount": line.amount, "moment": line.moment} for line in lines],
            "total": sum(line.amount for line in lines if line.amount is not None),
            "by_notice": any(line.moment == "notice" for line in lines),
        },
    }
    return replace(scenario, given=replace(given, answers={**given.answers, **answers}))


def _of_record(record: Mapping[str, Any], packs: Mapping[str, Pack], plugins: Plugins) -> Iterator[str]:
    procedure = Procedure.read(record, str(record["code"]))
    pack = packs.get(procedure.pack)
    definitions = pack.definitions.values() if pack else ()
    if procedure.process not in {id for definition in definitions for id in definition.processes}:
        yield f"{procedure.code}: there is no process {procedure.pack}/{procedure.process}"
    steps = {id for definition in definitions for id in definition.nodes}
    yield from (f"{procedure.code}: there is no step {step}" for step in record.get("steps", {}) if step not in steps)
    if procedure.form not in plugins.schemas():
        yield f"{procedure.code}: there is no form {procedure.form}"
    if not procedure.legal_basis or not procedure.valid_from or procedure.name == procedure.name_en:
        yield f"{procedure.code}: it has no legal basis, no first day, or no English name"


def _astray(record: Mapping[str, Any], plugins: Plugins, shared: Schemas) -> Iterator[str]:
    """Rules on fields that the form with which a case opens does not have."""
    schema = plugins.schemas().get(str(record.get("form") or record["code"]))
    there = pointers(schema, schemas=shared) if schema else frozenset[str]()
    for hook in AT_FORMS if there else ():
        for rule in plugins.rules_at(str(record["code"]), hook):
            if rule.pointer not in there:
                near = ", ".join(get_close_matches(rule.pointer, there, 1)) or ", ".join(sorted(there - {""}))
                yield f"{rule.id} looks at {rule.pointer}, which the form of {record['code']} does not have; it has {near}"


def _undrawn(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.bpmn")):
        root = ElementTree.parse(file).getroot()
        drawn = {each.get("bpmnElement") for tag in ("BPMNShape", "BPMNEdge") for each in root.iter(DI + tag)}
        there = {each.get("id") for each in root.iter() if each.tag.startswith(BPMN) and each.tag.endswith(DRAWN)}
        yield from (f"{file.name}: {id} is not drawn" for id in sorted(map(str, there - drawn)))


def _without_words(pack: Pack) -> Iterator[str]:
    nodes = [node for definition in pack.definitions.values() for node in definition.nodes.values()]
    for node in nodes:
        if bool(node.name) != ("nameEn" in node.attributes):
            yield f"{node.id}: its name is in one language"
        yield from (f"{node.id}: its {name} is in one language" for name in CLEARS if (name in node.attributes) != (f"{name}En" in node.attributes))
    for kind, words in (("role", pack.roles), ("state", pack.states), ("notice", pack.notices)):
        yield from (f"{kind} {id}: its words are in one language" for id, said in words.items() if not said.vi or not said.en or said.vi == said.en)
