"""Papers that travel between points: a bundle is made up, sent with its paper, and confirmed where it arrives."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.send_bundle import confirm_bundle, send_bundle
from wardflow.counter_errors import BundleRefused
from wardflow.domain.names import in_order
from werkzeug.wrappers import Response as Answer

from wardflow_web.intake import receiving_unit
from wardflow_web.language import phrase, say
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("bundles", __name__)

Page = str | Answer | tuple[str, int]


@pages.get("/bundles")
@required
def show() -> str:
    """What waits to be sent, what is under way, and what arrived lately."""
    return _page()


@pages.post("/bundles")
@required
def send() -> Page:
    """Sends a bundle; what cannot go is said, and every code typed is given back."""
    codes = [*request.form.getlist("code"), *request.form.get("codes", "").split()]
    told = {name: request.form.get(name, "") for name in ("to", "carrier", "note")}
    try:
        sent = send_bundle(platform(), someone(), _unit(), told["to"], codes, carrier=told["carrier"], note=told["note"])
    except BundleRefused as refused:
        return _page(wrong=say(refused.why), told={**told, "codes": "\n".join(codes)}), 422
    flash(phrase("Đã gửi túi {id}. In biên bản bàn giao để đi kèm.", id=sent.id), "good")
    return redirect(url_for("bundles.one", id=sent.id))


@pages.get("/bundles/<id>")
@required
def one(id: str) -> str:
    """One bundle; where it is to arrive, with a box for each file that is there."""
    return render_template("bundle.html", sack=reads.bundle(platform(), someone(), id))


@pages.post("/bundles/<id>")
@required
def confirm(id: str) -> Page:
    """Keeps what arrived; what is missing is told to its sender."""
    try:
        done = confirm_bundle(platform(), someone(), id, request.form.getlist("code"))
    except BundleRefused as refused:
        flash(say(refused.why), "warn")
        return redirect(url_for("bundles.one", id=id))
    missing = sum(state == "missing" for state in done.cases.values())
    flash(phrase("Đã báo nơi gửi: thiếu {n} hồ sơ.", n=missing) if missing else phrase("Đã nhận đủ túi hồ sơ."), "warn" if missing else "good")
    return redirect(url_for("bundles.one", id=id))


@pages.get("/bundles/<id>/paper")
@required
def paper(id: str) -> Response:
    """The paper that goes with a bundle."""
    return Response(
        reads.bundle_paper(platform(), someone(), id),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{id}.pdf"', "Cache-Control": "no-store"},
    )


def _page(*, wrong: str = "", told: dict[str, str] | None = None) -> str:
    unit, register = _unit(), platform().register()
    kind = register.unit(unit).kind
    points = sorted((each for each in register.units if each.kind == kind and each.id != unit), key=lambda each: in_order(each.name))
    return render_template(
        "bundles.html", bundles=reads.bundles(platform(), someone()), waiting=reads.to_send(platform(), someone(), unit), points=points,
        wrong=wrong, told=told or {}, unit=register.unit(unit),
    )  # fmt: skip


def _unit() -> str:
    """The point whose papers the reader sends: their counter, else the first unit they work in."""
    unit = receiving_unit(platform(), someone()) or next((held.unit for held in someone().holdings if held.unit in someone().units), "")
    if not unit:
        abort(403)    # who works in no unit has no papers to send
    return unit
