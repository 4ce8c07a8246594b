"""Why a case is not with the reader, asked by its code."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from wardflow.cases import reads
from wardflow.errors import CaseUnknown

from wardflow_web.visitor import platform, required, someone

pages = Blueprint("why_not", __name__)


@pages.get("/desk/why-not")
@required
def show() -> str | tuple[str, int]:
    """The question, and the answer for the code in the address."""
    code = request.args.get("code", "").strip()[:60]
    if not code:
        return render_template("why_not.html", code="", answer=None, unknown=False)
    try:
        answer = reads.why_not(platform(), someone(), code)
    except CaseUnknown:
        return render_template("why_not.html", code=code, answer=None, unknown=True), 404
    return render_template("why_not.html", code=code, answer=answer, unknown=False)
