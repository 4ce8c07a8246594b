"""Paying a fee online: on to the payment provider with the tracking code, back with its signed answer, and the receipt."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Flask, Response, flash, g, jsonify, redirect, request, send_file, url_for
from wardflow.cases import reads
from wardflow.cases.ask_payment import ask_payment
from wardflow.cases.confirm_payment import Outcome, confirm_payment
from wardflow.domain.reasons import Reason
from wardflow.errors import TaskGone, WardflowError
from wardflow.offers import PaymentAnswer
from wardflow.payment_errors import NothingToPay, PaymentForged, PaymentUnknown
from werkzeug.wrappers import Response as Answer

from wardflow_web import rates
from wardflow_web.language import phrase, say
from wardflow_web.visitor import platform

pages = Blueprint("paying", __name__)
MOODS = {Outcome.PAID: "good", Outcome.AGAIN: "good", Outcome.NOT_PAID: "warn", Outcome.OTHER: "late", Outcome.LATE: "late"}
WORDS = {Outcome.OTHER: "held"}


@pages.post("/track/<code>/tasks/<task>/pay")
def pay(code: str, task: str) -> Answer:
    """On to the provider's page; back to the matter where nothing is to be paid any more."""
    rates.check("track")
    rates.check("pay")
    try:
        return redirect(ask_payment(platform(), "".join(code.split()).upper(), task, g.language), 303)
    except (NothingToPay, TaskGone):
        flash(phrase("Lúc này không có khoản nào phải nộp trực tuyến."), "warn")
        return redirect(url_for("tracking.show", code=code), 303)


@pages.get("/payments/<provider>/back")
def back(provider: str) -> Answer:
    """The payer comes back with the provider's answer: it counts once, however often the page is opened."""
    rates.check("paid")
    done = confirm_payment(platform(), provider, PaymentAnswer(request.args.to_dict(), headers=dict(request.headers)))
    flash(say(Reason(f"payment.{WORDS.get(done.outcome, done.outcome)}")), MOODS[done.outcome])
    return redirect(url_for("tracking.show", code=done.tracking), 303)


@pages.post("/payments/<provider>/told")
def told(provider: str) -> tuple[Response, int]:
    """The provider's server says the same: 200 with what it led to, also said again; 400 or 404 for what changes nothing."""
    rates.check("paid")
    fields = {**request.args.to_dict(), **request.form.to_dict()}
    try:
        done = confirm_payment(platform(), provider, PaymentAnswer(fields, request.get_data(), dict(request.headers)))
    except (PaymentForged, PaymentUnknown) as refused:
        return _refused(refused)
    return jsonify(order=done.order, outcome=done.outcome), 200


@pages.get("/track/<code>/receipts/<order>")
def receipt(code: str, order: str) -> Response:
    """The receipt of a payment, for whoever holds the tracking code."""
    rates.check("track")
    paper = reads.receipt(platform(), "".join(code.split()).upper(), order)
    answer = send_file(BytesIO(paper.content), mimetype=paper.media_type, download_name=paper.name, max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def install(app: Flask) -> None:
    """The pages; what a provider's server posts carries its signature and no cookie, so it needs no form token."""
    app.register_blueprint(pages)
    app.extensions["csrf"].exempt(told)


def _refused(refused: WardflowError) -> tuple[Response, int]:
    return jsonify(type=type(refused).__name__), 400 if isinstance(refused, PaymentForged) else 404
