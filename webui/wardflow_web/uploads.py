"""Files sent along with a form: each becomes a paper of the case at once, so that a refused form loses none."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import request
from wardflow.cases.attach_document import Upload, attach_document, take_in
from wardflow.documents import without_traces
from wardflow.errors import FileKindRefused

from wardflow_web.filling import Pairs
from wardflow_web.visitor import platform, someone


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
