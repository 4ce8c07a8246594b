"""The XML under a decision model: read without entities, files or network, by local names so that all versions look alike."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wardflow.errors import DmnRefused

LARGEST = 20_000_000
NAMESPACES = ("http://www.omg.org/spec/DMN/", "https://www.omg.org/spec/DMN/")

Element = etree._Element


def parse(document: bytes) -> Element:
    """The root of a DMN file; refuses what is not one."""
    if len(document) > LARGEST:
        raise DmnRefused(line=1, element="definitions", why="the file is larger than 20 MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, etree.XMLSyntaxError) else 1
        raise DmnRefused(line=line or 1, element="", why=f"it is not well-formed XML ({error})") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise DmnRefused(line=1, element="", why="it declares a document type, which DMN files never do")
    if local(root) != "definitions" or not str(etree.QName(root).namespace).startswith(NAMESPACES):
        raise DmnRefused(line=root.sourceline or 1, element=local(root), why="it is not a DMN model")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def children(element: Element, *names: str) -> Iterator[Element]:
    """The DMN elements directly inside, of these names or of any."""
    for child in element:
        if isinstance(child.tag, str) and (not names or local(child) in names):
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first element of one of these names directly inside."""
    return next(children(element, *names), None)


def text(element: Element | None) -> str:
    """The content of the `text` element inside, blanks around it dropped."""
    inner = None if element is None else child(element, "text")
    return "" if inner is None else "".join(str(part) for part in inner.itertext()).strip()


def attribute(element: Element, name: str) -> str:
    """An attribute, empty where it is missing."""
    return str(element.get(name) or "")


def line(element: Element) -> int:
    """The line where the element stands."""
    found = element.sourceline
    return found if isinstance(found, int) else 0
