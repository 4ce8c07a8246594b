"""Files sent along with a form: each becomes a paper of the case at once, or is kept for the draft, so that a refused form loses none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from wardflow import forms
from wardflow.cases.attach_document import Upload, attach_document, take_in
from wardflow.documents import without_traces
from wardflow.domain.reasons import Objection, Reason
from wardflow.errors import FileKindRefused, FileTooLarge

from wardflow_web.filling import Pairs
from wardflow_web.visitor import platform, someone

Files = Mapping[str, Mapping[str, Any]]
"""Uploads that a draft holds, as the server took them in, by their content"""


def taken_in(pairs: Pairs, held: Files, *, clean: Callable[[bytes], bytes] = bytes) -> tuple[Pairs, Files, tuple[Objection, ...]]:
    """The pairs with a reference for each file taken in for a draft, everything taken in so far, and what was refused, at its field."""
    files, refused = dict(held), []
    for name, sent in request.files.items(multi=True):
        if not sent.filename:
            continue
        try:
            upload = take_in(platform(), sent.filename, clean(sent.read()))
        except (FileKindRefused, FileTooLarge) as wrong:
            refused.append(Objection("/" + name.replace(".", "/"), _why(sent.filename, wrong)))
            continue
        files[upload.sha256] = dict(upload.reference())
        pairs = [*pairs, (name, json.dumps(files[upload.sha256], ensure_ascii=False))]
    return pairs, files, tuple(refused)


def only_held(value: Any, files: Files) -> Any:
    """The value in which each file is the one the server took in for this draft; any other reference is taken away."""
    if isinstance(value, Mapping):
        if "attachment" in value:
            return files.get(str(value.get("sha256")))
        kept = {name: only_held(part, files) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part is not None or value[name] is None}
    if isinstance(value, list):
        return [part for part in (only_held(row, files) for row in value) if part is not None]
    return value


def uploads_of(value: Any, files: Files) -> tuple[Upload, ...]:
    """The files that a draft's value names, each once, as they were taken in."""
    held = dict.fromkeys(kept["sha256"] for kept in forms.attachments(value))
    rows = [files[sha] for sha in held if sha in files]
    return tuple(Upload(row["name"], row["sha256"], row["size"], row["type"]) for row in rows)


def _why(name: str, wrong: FileKindRefused | FileTooLarge) -> Reason:
    if isinstance(wrong, FileTooLarge):
        return Reason("form.file-size", {"name": name, "size": forms.show_size(wrong.size), "limit": forms.show_size(wrong.limit)})
    return Reason("form.file-type", {"name": name, "accepted": wrong.accepted})


def with_files(case_id: int, node: str, pairs: Pairs) -> Pairs:
    """The posted pairs and a reference for each file; FileKindRefused and FileTooLarge say why one is not taken."""
    return with_attached(pairs, lambda upload: attach_document(platform(), someone(), case_id, upload, node))


def with_attached(pairs: Pairs, attach: Callable[[Upload], object], clean: Callable[[bytes], bytes] = bytes) -> Pairs:
    """The same, with `attach` for the act by which a file becomes a paper, and `clean` for what is taken out of it before."""
    references: Pairs = []
    for name, sent in request.files.items(multi=True):
        if sent.filename:
            upload = take_in(platform(), sent.filename, clean(sent.read()))
            attach(upload)
            references.append((name, json.dumps(dict(upload.reference()), ensure_ascii=False)))
    return [*pairs, *references]


def bare(content: bytes, *, needed: bool = False) -> bytes:
    """A citizen's photo without place, time and machine; FileKindRefused where that cannot be and is `needed`."""
    cleaned = without_traces(content)
    if cleaned is None and needed:
        raise FileKindRefused(accepted="pdf, jpg, png, webp")
    return content if cleaned is None else cleaned
