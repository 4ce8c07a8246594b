"""Files sent along with a form: each becomes a paper of the case at once, so that a refused form loses none."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import request
from wardflow.cases.attach_document import Upload, attach_document, take_in

from wardflow_web.filling import Pairs
from wardflow_web.visitor import platform, someone


def with_files(case_id: int, node: str, pairs: Pairs) -> Pairs:
    """The posted pairs and a reference for each file; FileKindRefused and FileTooLarge say why one is not taken."""
    return with_attached(pairs, lambda upload: attach_document(platform(), someone(), case_id, upload, node))


def with_attached(pairs: Pairs, attach: Callable[[Upload], object]) -> Pairs:
    """The same, with `attach` for the act by which a file becomes a paper."""
    references: Pairs = []
    for name, sent in request.files.items(multi=True):
        if sent.filename:
            upload = take_in(platform(), sent.filename, sent.read())
            attach(upload)
            references.append((name, json.dumps(dict(upload.reference()), ensure_ascii=False)))
    return [*pairs, *references]
