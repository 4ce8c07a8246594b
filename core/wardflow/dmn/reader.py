"""From DMN files to a model: elements, requirements, imports, and the logic of each compiled once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wardflow.dmn import elements as m
from wardflow.dmn.boxed import boxed, function_definition, logic_of
from wardflow.dmn.items import item_types, prefixed, type_reference
from wardflow.dmn.model import Model
from wardflow.dmn.workshop import Workshop, typed
from wardflow.dmn.xml import Element, attribute, child, children, local, parse
from wardflow.domain.findings import LintFinding
from wardflow.errors import DmnRefused
from wardflow.feel.functions import BUILT_INS
from wardflow.feel.types import FunctionOf, Type

NAMED = frozenset(["variable", "formalParameter", "itemComponent", "import", "column", "output", "parameter"])
ELEMENTS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a model and the names its imports go by."""

    file: str
    root: Element
    namespace: str
    imports: Mapping[str, str]


def read(document: bytes, *, imports: Iterable[bytes] = (), file: str = "decision.dmn") -> Model:
    """The model of a DMN file; `imports` are the files it may import, found among them by namespace."""
    files = files_of(document, imports, file)
    try:
        return model_of(files)
    except RecursionError as error:
        raise DmnRefused(line=1, element="definitions", why="its expressions are nested too deeply") from error


def files_of(document: bytes, imports: Iterable[bytes], file: str) -> list[File]:
    """The file itself, then those it may import."""
    main = _file(document, file)
    others = [_file(one, file) for one in imports]
    return [main, *(one for one in others if one.namespace != main.namespace)]


def model_of(files: list[File]) -> Model:
    """The model of the first of these files."""
    elements: dict[m.Key, m.Element] = {}
    problems: list[LintFinding] = []
    for one in files:
        workshop = workshop_of(one, files)
        for element in children(one.root, *ELEMENTS):
            made = _element(element, one, workshop)
            elements[made.key] = made
        problems.extend(workshop.problems)
    problems.extend(_unknown_references(elements, files))
    names = {(one.namespace, target): name for one in files for target, name in one.imports.items()}
    return Model(files[0].namespace, attribute(files[0].root, "name"), elements, names, tuple(problems))


def _file(document: bytes, file: str) -> File:
    root = parse(document)
    imports = {attribute(one, "namespace"): attribute(one, "name") for one in children(root, "import")}
    return File(file, root, attribute(root, "namespace"), imports)


def workshop_of(file: File, files: list[File]) -> Workshop:
    """The names, types and functions that the texts of one file may use."""
    types: dict[str, Type] = {}
    for other in files:
        if other.namespace in file.imports:
            found = item_types(children(other.root, "itemDefinition"))
            types |= prefixed(found, file.imports[other.namespace])
    types |= item_types(children(file.root, "itemDefinition"))
    names = {name for one in files for name in _names(one.root)}
    return Workshop(
        file.file,
        frozenset(name for name in names if not name.isidentifier()),
        types,
        frozenset(name for name in names if name in BUILT_INS),
    )


def _names(root: Element) -> set[str]:
    """Every name that an expression of the file may use."""
    found = {attribute(one, "name") for one in root.iter() if isinstance(one.tag, str) and local(one) in NAMED}
    found |= {attribute(one, "iteratorVariable") for one in root.iter() if isinstance(one.tag, str)}
    found |= {attribute(one, "name") for one in children(root, *ELEMENTS)}
    return found - {""}


def _element(element: Element, file: File, workshop: Workshop) -> m.Element:
    variable = child(element, "variable")
    name = attribute(element, "name") or ("" if variable is None else attribute(variable, "name"))
    type_ = None if variable is None else workshop.type(type_reference(variable))
    key = key_of(element, file)
    match local(element):
        case "inputData":
            return m.InputData(key, name, type_)
        case "decisionService":
            inputs = _references(element, file, "inputData", "inputDecision")
            return m.Service(key, name, type_, _references(element, file, "outputDecision"), inputs)
        case "businessKnowledgeModel":
            result = type_.result if isinstance(type_, FunctionOf) else type_
            logic = child(element, "encapsulatedLogic")
            made = (lambda scope: None) if logic is None else function_definition(logic, workshop, name, result)
            return m.Knowledge(key, name, type_, _required(element, file), made)
    logic_element = logic_of(element)
    made = typed(boxed(logic_element, workshop, name, type_), type_, name)
    return m.Decision(key, name, type_, _required(element, file), made)


def _unknown_references(elements: Mapping[m.Key, m.Element], files: list[File]) -> Iterator[LintFinding]:
    """What points to an element that no file has; services drop such points, decisions do without the name."""
    names = {one.namespace: one.file for one in files}
    for key, element in list(elements.items()):
        points = (*element.outputs, *element.inputs) if isinstance(element, m.Service) else getattr(element, "requires", ())
        for point in points:
            if point not in elements:
                facts = {"name": element.name, "reference": point[1]}
                yield LintFinding("dmn.reference-unknown", names[key[0]], 0, 0, key[1], facts)


def key_of(element: Element, file: File) -> m.Key:
    """By what other elements refer to this one."""
    return file.namespace, attribute(element, "id") or attribute(element, "name")


def _required(element: Element, file: File) -> tuple[m.Key, ...]:
    found: list[m.Key] = []
    for requirement in children(element, "informationRequirement", "knowledgeRequirement"):
        found.extend(_references(requirement, file, "requiredDecision", "requiredInput", "requiredKnowledge"))
    return tuple(found)


def _references(element: Element, file: File, *names: str) -> tuple[m.Key, ...]:
    """The elements that `href`s point to, in the order of `names` and then of the file."""
    found: list[m.Key] = []
    for name in names:
        for one in children(element, name):
            namespace, _, identifier = attribute(one, "href").rpartition("#")
            found.append((namespace or file.namespace, identifier))
    return tuple(found)
