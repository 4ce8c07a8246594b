"""The pages of the bank that moves no money, for trying out: they exist only where the installation uses it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from wardflow.sandbox_bank import PAGES, answer_to, asked_of
from werkzeug.wrappers import Response

from wardflow_web import rates
from wardflow_web.visitor import platform

pages = Blueprint("sandbox_bank", __name__)
FIELDS = ("order", "amount", "subject", "back", "lang", "signature")
SHORT = 1000
"""đồng by which the third button pays too little, to see what an amount that does not fit leads to"""


@pages.get(PAGES)
def ask() -> str:
    """What is to be paid; 404 for what the platform never asked."""
    rates.check("paid")
    asked = _asked(request.args.to_dict())
    return render_template("sandbox_bank.html", asked=asked, amount=int(asked["amount"]), short=max(0, int(asked["amount"]) - SHORT))


@pages.post(PAGES)
def answer() -> Response:
    """Back to the platform with a signed answer."""
    rates.check("paid")
    asked = _asked(request.form.to_dict())
    amount, act = int(asked["amount"]), request.form.get("act")
    if act == "short":
        amount = max(0, amount - SHORT)
    return redirect(answer_to(platform().settings.secret(), asked, amount, paid=act in ("pay", "short")), 303)


def _asked(given: dict[str, str]) -> dict[str, str]:
    asked = {name: given[name] for name in FIELDS if name in given}
    if not asked_of(platform().settings.secret(), asked):
        abort(404)
    return asked
