"""Ids that two processes share are made different before anything else is read."""

from __future__ import annotations

from typing import Any

from wardflow.engine.refused import ELEMENT_ID, local

REFERENCES = ("sourceRef", "targetRef", "attachedToRef", "default", "activityRef", "dataObjectRef")


def qualify(root: Any, taken: set[str]) -> None:
    """Put the process in front of every id that another process already uses; `taken` grows by the ids of this file."""
    for process in root.iterchildren("{*}process"):
        own = [e for e in process.iter() if isinstance(e.tag, str) and e.get("id")]
        new = {
            e.get("id"): f"{process.get('id')}.{e.get('id')}" for e in own if e.get("id") in taken and e is not process
        }
        if new:
            _rename(process, own, new)
        taken.update(e.get("id") for e in own)


def _rename(process: Any, own: list[Any], new: dict[str, str]) -> None:
    for element in own:
        if element.get("id") in new:
            element.set(ELEMENT_ID, element.get("id"))
            element.set("id", new[element.get("id")])
    for element in process.iter():
        if not isinstance(element.tag, str):
            continue
        for name in REFERENCES:
            if element.get(name) in new:
                element.set(name, new[element.get(name)])
        text = (element.text or "").strip()
        if text in new and (local(element).endswith("Ref") or local(element) in ("incoming", "outgoing")):
            element.text = new[text]
