"""The papers of a case: opened by those who may see it, added by those who work on it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from flask import Blueprint, Flask, abort, flash, redirect, request, send_file, url_for
from wardflow.cases import reads
from wardflow.cases.attach_document import attach_document, take_in
from wardflow.cases.reads.papers import Opened
from wardflow.documents import ACCEPTED
from wardflow.errors import UploadRefused
from werkzeug.wrappers import Response

from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("documents", __name__)
SHOWN = frozenset(kind.media_type for kind in ACCEPTED if kind.inline)
"""What a browser may show: pictures and PDF, by what their bytes were found to be when they came."""


def install(app: Flask) -> None:
    """Tells templates which papers can be looked at without saving them."""
    app.jinja_env.globals.update(shown_here=SHOWN.__contains__)


@pages.get("/cases/<code>/documents/<document>")
@required
def show(code: str, document: str) -> Response:
    """The paper; a slip is set in type when it is first opened."""
    return _sent(reads.open_document(platform(), someone(), code, document))


@pages.get("/cases/<code>/documents/<document>/look")
@required
def look(code: str, document: str) -> Response:
    """The paper to be looked at in the page; of a kind that could hold more than a picture there is no such look."""
    paper = reads.open_document(platform(), someone(), code, document)
    if paper.media_type not in SHOWN:
        abort(404)
    return _sent(replace(paper, inline=True))


@pages.post("/cases/<code>/documents")
@required
def attach(code: str) -> Response:
    """Adds a file to the case; its bytes decide what it is, never its name."""
    case = reads.case(platform(), someone(), code)
    sent = request.files.get("paper")
    if sent is None or not sent.filename:
        raise UploadRefused(name="", why="no file was chosen")
    upload = take_in(platform(), sent.filename, sent.read())
    attach_document(platform(), someone(), case.id, upload)
    flash(phrase("Đã nhận tệp “{name}”.", name=upload.name), "good")
    return redirect(url_for("cases.show", code=code))


def _sent(paper: Opened) -> Response:
    # An attachment is saved and not shown: what a stranger uploaded must not run as a page of ours.
    answer = send_file(
        BytesIO(paper.content),
        mimetype=paper.media_type,
        as_attachment=not paper.inline,
        download_name=paper.name,
        max_age=0,
    )
    answer.headers["Cache-Control"] = "no-store"    # a shared machine at a counter keeps nobody's papers
    return answer
