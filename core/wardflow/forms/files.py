"""Files in a form: where they may go, which are accepted, and what a value says about one that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wardflow.domain.reasons import Objection, Reason
from wardflow.forms.field import Field, every_field


def file_fields(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields a page may upload files for."""
    return tuple(each for each in every_field(fields) if each.kind in ("file", "files") and not each.read_only)


def file_objections(field: Field, *, name: str, size: int, type: str) -> tuple[Objection, ...]:
    """What is wrong with an uploaded file before anybody looks inside."""
    if not size:
        return (Objection(field.pointer, Reason("form.file-empty", {"name": name})),)
    limit = field.facts.get("max_size")
    if limit and size > limit:
        facts = {"name": name, "size": show_size(size), "limit": show_size(limit)}
        return (Objection(field.pointer, Reason("form.file-size", facts)),)
    accepted = field.facts.get("accept", ())
    if accepted and not any(_fits(each, name, type) for each in accepted):
        facts = {"name": name, "accepted": ", ".join(_plain(each) for each in accepted)}
        return (Objection(field.pointer, Reason("form.file-type", facts)),)
    return ()


def attachments(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every reference to a kept file in a value; the caller looks up whether it may be used here."""
    if isinstance(value, Mapping):
        if isinstance(value.get("attachment"), (str, int)):
            yield value
        else:
            for each in value.values():
                yield from attachments(each)
    elif isinstance(value, list):
        for each in value:
            yield from attachments(each)


def show_size(size: int) -> str:
    """1,2 MB or 340 kB."""
    if size >= 1_048_576:
        return f"{size / 1_048_576:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0MB"
    return f"{-(-size // 1024)}\u00a0kB"


def _fits(accepted: str, name: str, type: str) -> bool:
    if accepted.startswith("."):
        return name.lower().endswith(accepted.lower())
    if accepted.endswith("/*"):
        return type.lower().startswith(accepted[:-1].lower())
    return type.lower() == accepted.lower()


def _plain(accepted: str) -> str:
    return accepted.removeprefix(".").removesuffix("/*").split("/")[-1].upper()
