"""A process file as something to see and edit: everything in it, what stops it from running, and the way back to a
file."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from wardflow.domain.findings import LintFinding
from wardflow.engine.reading import dialects
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.read import CALLED, read, refusal
from wardflow.engine.refused import BPMN, DRAWING, HARMLESS, finding, local, namespace
from wardflow.engine.vocabulary import NAMESPACE
from wardflow.errors import BpmnRefused

DI = "http://www.omg.org/spec/BPMN/20100524/DI"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the file; `path` is its place, `tag` and the attribute names carry their namespace when it is
    not BPMN's."""

    path: str
    tag: str
    id: str
    line: int
    attributes: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A file as it was imported."""

    file: str
    elements: tuple[Element, ...]
    """Everything but the drawing, in the order of the file."""
    shapes: tuple[str, ...]
    """The ids of the elements that are drawn."""
    stops: tuple[LintFinding, ...]
    """What keeps it from running; empty for a process that can be published."""
    report: tuple[LintFinding, ...]
    """What was translated, and what has no effect here."""
    xml: bytes

    @property
    def runs(self) -> bool:
        """Whether nothing stops it."""
        return not self.stops

    def of(self, *tags: str) -> tuple[Element, ...]:
        """The elements with one of these tags."""
        return tuple(element for element in self.elements if element.tag in tags)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one attribute or foreign element of an imported file: used, translated, unused, harmless or
    refused."""

    element: str
    tag: str
    name: str
    fate: str
    facts: Mapping[str, Any]


def account(source: Draft) -> tuple[Fate, ...]:
    """Every attribute and foreign element of the file with its fate, in the order of the file; drawing is left out."""
    said = {(f.element, f.facts["attribute"]): f for f in (*source.report, *source.stops) if "attribute" in f.facts}
    found: list[Fate] = []
    owner = ""
    for element in source.elements:
        owner = element.id or owner
        if element.tag.startswith("{"):
            found.append(_fate(owner, element, element.tag, said))
        for name in element.attributes:
            if not any(name.startswith(f"{{{space}}}") for space in DRAWING):
                found.append(_fate(owner, element, name, said))
    return tuple(found)


def _fate(owner: str, element: Element, name: str, said: Mapping[tuple[str, str], LintFinding]) -> Fate:
    short = name.rpartition("}")[2]
    finding_ = said.get((owner, short))
    if finding_ is not None:
        fate = {"bpmn.dialect-translated": "translated", "bpmn.dialect-unused": "unused"}.get(finding_.code, "refused")
        return Fate(owner, element.tag, name, fate, finding_.facts)
    if element.tag in HARMLESS:
        return Fate(owner, element.tag, name, "harmless", {"why": HARMLESS[element.tag]})
    ours = name.startswith(f"{{{NAMESPACE}}}") or not name.startswith("{") and not element.tag.startswith("{")
    return Fate(owner, element.tag, name, "used" if ours else "unused", {} if ours else {"why": "unknown"})


def draft(
    xml: bytes, *, file: str = "process.bpmn", called: CALLED | None = None, languages: Collection[str] | None = None
) -> Draft:
    """The file as a draft, whatever stops it from running; `BpmnRefused` only when it is no BPMN file at all."""
    root = _parsed(xml, file)
    text = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    sheet = Sheet(file)
    dialects.translate(copy.deepcopy(root), sheet)
    try:
        definition = read(text, file=file, called=called, languages=languages)
        stops: tuple[LintFinding, ...] = ()
        report = definition.report
    except BpmnRefused as error:
        stops, report = error.findings, tuple(sheet.findings)
    drawn = tuple(dict.fromkeys(e.get("bpmnElement") for e in root.iter(f"{{{DI}}}*") if e.get("bpmnElement")))
    return Draft(file, tuple(_elements(root)), drawn, stops, report, text)


def export(source: Draft, *, translated: bool = False) -> bytes:
    """The file again, drawing and foreign things included; `translated` also writes the wf: attributes read from
    other tools' own."""
    if not translated:
        return source.xml
    root = _parsed(source.xml, source.file)
    dialects.translate(root, Sheet(source.file))
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def _parsed(xml: bytes, file: str) -> Any:
    """The tree; a namespace that is no proper URI is a blemish other tools live with, everything else must be
    well-formed."""
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    try:
        root = etree.fromstring(xml, etree.XMLParser(**options))
    except etree.XMLSyntaxError as error:
        if error.code != etree.ErrorTypes.WAR_NS_URI:  # type: ignore[attr-defined]    # the stubs forget the code
            line, column = error.position
            raise refusal(
                (LintFinding("bpmn.not-xml", file, line or 0, column or 0, "", {"why": error.msg or ""}),)
            ) from error
        root = etree.fromstring(xml, etree.XMLParser(recover=True, **options))
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise refusal((finding("bpmn.doctype", file, root),))
    if root is None or root.tag != f"{{{BPMN}}}definitions":
        raise refusal((LintFinding("bpmn.not-bpmn", file, 1, 0, "", {"tag": "" if root is None else local(root)}),))
    return root


def _elements(root: Any) -> Iterator[Element]:
    tree = root.getroottree()
    for element in root.iter():
        if not isinstance(element.tag, str) or namespace(element) in DRAWING:
            continue
        tag = element.tag.removeprefix(f"{{{BPMN}}}")
        text = (element.text or "").strip()
        yield Element(
            tree.getelementpath(element),
            tag,
            element.get("id") or "",
            element.sourceline or 0,
            dict(element.attrib),
            text,
        )
