"""`read`: BPMN files become a definition, or are refused with every reason found."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from wardflow.domain.findings import LintFinding
from wardflow.engine import refused, rules
from wardflow.engine.definition import Definition, Node, Process
from wardflow.engine.reading import dialects, own, spiff
from wardflow.engine.reading.dialects import WF
from wardflow.engine.reading.expressions import Sheet
from wardflow.engine.reading.nodes import node
from wardflow.engine.reading.qualify import qualify
from wardflow.engine.reading.wiring import wire
from wardflow.errors import BpmnRefused

OUTSIDE = ("message", "signal")
THROWING = ("intermediateThrowEvent", "endEvent", "sendTask")
CALLED = Mapping[str, tuple[str, bytes]]


def read(
    xml: bytes, *, file: str = "process.bpmn", called: CALLED | None = None, languages: Collection[str] | None = None,
    published: bool = False,
) -> Definition:
    """The definition of a BPMN file and of the files its calls need; `BpmnRefused` with all findings otherwise.

    With `languages` given, scripts in any other than these and FEEL are refused; without, they are only reported.
    What is `published` passed the static rules of its day and has cases running: rules of later days are not asked.
    """
    nodes: dict[str, Node] = {}
    containers: dict[str, Process] = {}
    report: list[LintFinding] = []
    taken: set[str] = set()
    digest = hashlib.sha256(xml)
    files = {file: xml} | {name: text for name, text in (called or {}).values()}
    for number, (name, text) in enumerate(files.items()):
        if number:
            digest.update(text)
        sheet = Sheet(name, languages)
        root = _parsed(text, sheet)
        _checked(root, sheet, taken, published)
        _read_file(root, sheet, nodes, containers)
        report += sheet.findings
    _calls(nodes, containers, file, report)
    if containers and not any(p.executable and not p.parent for p in containers.values()):
        report.append(LintFinding("bpmn.not-executable", file, 0, 0, next(iter(containers))))
    return _definition(digest.hexdigest(), nodes, containers, report)


def _definition(
    digest: str, nodes: dict[str, Node], containers: dict[str, Process], report: list[LintFinding]
) -> Definition:
    errors = tuple(f for f in report if f.severity == "error")
    if errors:
        raise refusal(errors)
    startable = {id: p for id, p in containers.items() if not p.parent and p.executable}
    conditional = any(t.condition is not None for row in nodes.values() for t in row.triggers)
    waiting = (row for row in nodes.values() if row.kind not in THROWING)
    hears = frozenset(t.name or "" for row in waiting for t in row.triggers if t.kind in OUTSIDE)
    return Definition(digest, nodes, containers, startable, tuple(report), conditional, hears)


def refusal(findings: tuple[LintFinding, ...]) -> BpmnRefused:
    """The error that carries the findings."""
    first = "; ".join(f"{f.file}, line {f.line}, {f.element}: {f.code}" for f in findings[:3])
    return BpmnRefused(first=first + ("; …" if len(findings) > 3 else ""), findings=findings, count=len(findings))


def _parsed(xml: bytes, sheet: Sheet) -> Any:
    """The XML tree, read without entities and without the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise refusal(
            (LintFinding("bpmn.not-xml", sheet.file, line or 0, column or 0, "", {"why": error.msg or ""}),)
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal((refused.finding("bpmn.doctype", sheet.file, root),))
    if root.tag != spiff.NS + "definitions":
        raise refusal((refused.finding("bpmn.not-bpmn", sheet.file, root),))
    return root


def _checked(root: Any, sheet: Sheet, taken: set[str], published: bool) -> None:
    """Note what the file may not say or does not say rightly, its ids made different from those already taken."""
    qualify(root, taken)
    sheet.findings += [*rules.check_schema(root, sheet.file), *refused.survey(root, sheet.file)]
    if not published:
        sheet.findings += rules.check(root, sheet.file)
    own.check(root, sheet)


def _read_file(root: Any, sheet: Sheet, nodes: dict[str, Node], containers: dict[str, Process]) -> None:
    """Add one file to the table, if nothing in it is refused."""
    if any(f.severity == "error" for f in sheet.findings):
        return
    dialects.translate(root, sheet)
    try:
        found = spiff.containers(root, sheet.file)
    except ValidationException as error:
        sheet.findings.append(
            LintFinding(
                "bpmn.unreadable", sheet.file, error.line_number or 0, 0, error.id or "", {"why": str(error.args[0])}
            )
        )
        return
    for container in found:
        _add(container, sheet, nodes, containers)
    for container in found:
        wire(container, containers[container.id], nodes, sheet)


def _add(container: spiff.Container, sheet: Sheet, nodes: dict[str, Node], containers: dict[str, Process]) -> None:
    inside = container.element.tag != spiff.NS + "process"
    process = Process(
        container.id, container.name, parent=_parent(container.element) if inside else "", file=sheet.file
    )
    process.name_en = container.element.get(f"{WF}nameEn", "")
    process.executable = inside or container.element.get("isExecutable") not in ("false", "0")
    top = _top(container.element) if inside else container.id
    rows = [node(f, container, top, sheet) for f in container.found]
    process.nodes = tuple(row.id for row in rows)
    containers[container.id] = process
    nodes.update({row.id: row for row in rows})


def _top(element: Any) -> str:
    return str(next(element.iterancestors(spiff.NS + "process")).get("id"))


def _parent(element: Any) -> str:
    return str(element.getparent().get("id"))


def _calls(nodes: dict[str, Node], containers: dict[str, Process], file: str, report: list[LintFinding]) -> None:
    """A call activity must find its process (BPMN 2.0.2, 10.3.6)."""
    for row in nodes.values():
        if row.kind == "callActivity" and row.inner not in containers:
            at = containers[row.process].file if row.process in containers else file
            report.append(
                LintFinding("bpmn.called-missing", at, row.line, 0, row.element, {"process": row.inner or ""})
            )
