"""Decision tables: decisions, and the rows that came, went or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from wardflow.packs.comparing.difference import Difference, gone_and_come, shown
from wardflow.packs.pack import Pack

Row = tuple[str, ...]


def differences(old: Pack, new: Pack, path: str) -> Iterator[Difference]:
    """What changed in the decisions of a file; one that is no XML is only said to have changed."""
    try:
        before, after = _decisions(old.files[path]), _decisions(new.files[path])
    except etree.XMLSyntaxError:
        return
    gone, come, both = gone_and_come(before, after)
    yield from (Difference("diff.decision-gone", path, {"decision": name}) for name in gone)
    yield from (Difference("diff.decision-come", path, {"decision": name}) for name in come)
    for name in both:
        yield from _of_decision(path, name, before[name], after[name])


def _of_decision(path: str, name: str, before: tuple[str, list[Row]], after: tuple[str, list[Row]]) -> Iterator[Difference]:
    (frame, rows), (other_frame, others) = before, after
    if frame != other_frame:
        yield Difference("diff.decision", path, {"decision": name, "before": shown(frame), "after": shown(other_frame)})
    lost, won = list((Counter(rows) - Counter(others)).elements()), list((Counter(others) - Counter(rows)).elements())
    for row in list(lost):
        place = rows.index(row)
        if place < len(others) and others[place] in won:
            lost.remove(row)
            won.remove(others[place])
            facts = {"decision": name, "row": place + 1, "before": _said(row), "after": _said(others[place])}
            yield Difference("diff.row", path, facts)
    yield from (Difference("diff.row-gone", path, {"decision": name, "row": rows.index(row) + 1, "before": _said(row)}) for row in lost)
    yield from (Difference("diff.row-come", path, {"decision": name, "row": others.index(row) + 1, "after": _said(row)}) for row in won)
    if rows != others and not lost and not won and Counter(rows) == Counter(others):
        yield Difference("diff.rows-order", path, {"decision": name})


def _said(row: Row) -> str:
    return shown(" | ".join(row))


def _decisions(content: bytes) -> dict[str, tuple[str, list[Row]]]:
    """By name of each decision: what it says beside its rows, and the rows."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(content, parser)
    return {str(each.get("name") or each.get("id")): _read(each) for each in root.iter("{*}decision")}


def _read(decision: etree._Element) -> tuple[str, list[Row]]:
    rows = [tuple(_texts(rule)) for rule in decision.iter("{*}rule")]
    policy = [f"{table.get('hitPolicy', 'UNIQUE')} {table.get('aggregation', '')}".strip() for table in decision.iter("{*}decisionTable")]
    beside = [text for part in decision if not _holds_rows(part) for text in _texts(part)]
    heads = [text for tag in ("{*}input", "{*}output") for part in decision.iter(tag) for text in (*_texts(part), str(part.get("name", "")), str(part.get("label", "")))]
    return " ".join(filter(None, (*policy, *heads, *beside))), rows


def _holds_rows(part: etree._Element) -> bool:
    return next(part.iter("{*}rule"), None) is not None


def _texts(part: etree._Element) -> Iterator[str]:
    for text in part.iter("{*}text"):
        yield " ".join((text.text or "").split())
