"""Diagrams with what scenarios passed, as pictures that need nothing else: drawn from the diagram's own layout (BPMN DI)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape

from lxml import etree

from wardflow.engine import Definition, Node
from wardflow.packs.pack import Pack

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}"
MARGIN, LINE = 30, 14
WIDE = 16
"""Letters a line of a step's name holds."""
STYLE = (
    "text{font:12px sans-serif;fill:#1d2630;text-anchor:middle}.passed{stroke:#1a7f37;fill:#dcf5e3;stroke-width:2}"
    ".missed{stroke:#b42318;fill:#fde7e4;stroke-width:3;stroke-dasharray:6 3}path{fill:none}path.passed,path.missed{fill:none}"
    ".box{fill-opacity:.35}"
)


@dataclass(frozen=True, slots=True)
class Box:
    """Where an element is drawn."""

    id: str
    x: float
    y: float
    width: float
    height: float


def coloured(pack: Pack, path: str, passed: AbstractSet[str]) -> str:
    """One diagram as SVG: green what scenarios passed, red and dashed what they did not; empty without a layout."""
    definition = pack.definition_at(path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(pack.files[path], parser)
    boxes, ways = list(_boxes(root)), list(_ways(root))
    if not boxes:
        return ""
    nodes = {node.element: node for node in definition.nodes.values()}
    through = {node.element for node in nodes.values() if node.id in passed} | (passed - definition.nodes.keys())
    drawn = [_way(id, points, through) for id, points in ways if id in _flows(definition)]
    shapes = [_shape(box, nodes[box.id], through) for box in sorted(boxes, key=lambda box: -box.width * box.height) if box.id in nodes]
    return _frame(boxes, ways, [*shapes, *drawn], pack.at(path))


def page(pack: Pack, passed: AbstractSet[str], title: str, legend: tuple[str, str], language: str = "vi") -> str:
    """All diagrams of a pack in one HTML file that needs nothing else."""
    drawn = "".join(f"<h2>{escape(path)}</h2>{coloured(pack, path, passed)}" for path in pack.paths(".bpmn"))
    key = "".join(
        f'<svg width="28" height="14" role="img" aria-label="{escape(words)}"><rect x="1" y="1" width="26" height="12" class="{name}"/></svg> {escape(words)} '
        for name, words in zip(("passed", "missed"), legend, strict=True)
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title><style>body{{font-family:sans-serif}}'
        f"{STYLE}</style></head><body><h1>{escape(title)}</h1><p>{key}</p>{drawn}</body></html>\n"
    )


def _boxes(root: etree._Element) -> Iterator[Box]:
    for shape in root.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        if bounds is not None:
            x, y, width, height = (float(bounds.get(name, "0")) for name in ("x", "y", "width", "height"))
            yield Box(str(shape.get("bpmnElement")), x, y, width, height)


def _ways(root: etree._Element) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    for edge in root.iter(f"{DI}BPMNEdge"):
        points = [(float(point.get("x", "0")), float(point.get("y", "0"))) for point in edge.iter(f"{WAY}waypoint")]
        yield str(edge.get("bpmnElement")), points


def _flows(definition: Definition) -> AbstractSet[str]:
    return {out.flow for node in definition.nodes.values() for out in node.outs}


def _frame(boxes: list[Box], ways: list[tuple[str, list[tuple[float, float]]]], parts: list[str], label: str) -> str:
    xs = [edge for box in boxes for edge in (box.x, box.x + box.width)] + [x for _, points in ways for x, _ in points]
    ys = [edge for box in boxes for edge in (box.y, box.y + box.height)] + [y for _, points in ways for _, y in points]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    wide, high = max(xs) - left + MARGIN, max(ys) - top + MARGIN + LINE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {wide:g} {high:g}" width="{wide:g}" height="{high:g}" '
        f'role="img" aria-label="{escape(label)}"><style>{STYLE}</style>{"".join(parts)}</svg>'
    )


def _way(id: str, points: list[tuple[float, float]], through: AbstractSet[str]) -> str:
    line = " ".join(f"{'L' if place else 'M'}{x:g} {y:g}" for place, (x, y) in enumerate(points))
    (x0, y0), (x1, y1) = points[-2] if len(points) > 1 else points[-1], points[-1]
    along = 1 if abs(x1 - x0) >= abs(y1 - y0) else 0
    sign = -6 if (x1 - x0 if along else y1 - y0) >= 0 else 6
    head = f"M{x1 + sign:g} {y1 - 4:g} L{x1:g} {y1:g} L{x1 + sign:g} {y1 + 4:g}" if along else f"M{x1 - 4:g} {y1 + sign:g} L{x1:g} {y1:g} L{x1 + 4:g} {y1 + sign:g}"
    return f'<path d="{line} {head}" class="{_class(id, through)}"><title>{escape(id)}</title></path>'


def _class(id: str, through: AbstractSet[str]) -> str:
    return "passed" if id in through else "missed"


def _shape(box: Box, node: Node, through: AbstractSet[str]) -> str:
    kind, middle, centre = _class(node.element, through), box.x + box.width / 2, box.y + box.height / 2
    title = f"<title>{escape(node.element)}</title>"
    if node.kind.endswith("Event"):
        radius = box.width / 2
        body = f'<circle cx="{middle:g}" cy="{centre:g}" r="{radius:g}" class="{kind}">{title}</circle>'
        if node.kind.startswith(("intermediate", "boundary")):
            body += f'<circle cx="{middle:g}" cy="{centre:g}" r="{radius - 3:g}" class="{kind}"/>'
    elif node.kind.endswith("Gateway"):
        right, bottom = box.x + box.width, box.y + box.height
        corners = f"{middle:g},{box.y:g} {right:g},{centre:g} {middle:g},{bottom:g} {box.x:g},{centre:g}"
        body = f'<polygon points="{corners}" class="{kind}">{title}</polygon>' + _words(SIGNS.get(node.kind, ""), middle, centre + 4)
    else:
        inner = ' box"' if node.inner and box.width > 150 else '"'
        body = f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="8" class="{kind}{inner}>{title}</rect>'
        lines = [node.name] if inner != '"' else _lines(node.name or node.element)
        start = box.y + LINE if node.inner and box.width > 150 else centre - LINE * (len(lines) - 1) / 2 + 4
        return body + "".join(_words(line, middle, start + LINE * place) for place, line in enumerate(lines))
    return body + _words(node.name, middle, box.y + box.height + LINE)


SIGNS: Mapping[str, str] = {"exclusiveGateway": "×", "parallelGateway": "+", "inclusiveGateway": "○"}


def _words(text: str, x: float, y: float) -> str:
    return f'<text x="{x:g}" y="{y:g}">{escape(text)}</text>' if text else ""


def _lines(text: str) -> list[str]:
    """A name in lines that fit into a step."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= WIDE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
