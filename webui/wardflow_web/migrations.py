"""Bringing the running cases of a pack to another version: tried first, then moved in portions, and brought back."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow.cases import reads
from wardflow.cases.migrate_pack import begin_migration, go_on, plan_for, undo_pack_migration
from wardflow.cases.migration import MigrationUnknown
from wardflow.errors import PackUnknown
from wardflow.packs.mapping import MappingUnreadable, read_mapping
from werkzeug.wrappers import Response

from wardflow_web.language import phrase
from wardflow_web.visitor import platform, required, someone

pages = Blueprint("migrations", __name__)

PORTION = 300
"""Cases that one press of the button takes over; the page then says how many are left."""
Shown = str | tuple[str, int] | Response


@pages.get("/packs/<id>/migration")
@required
def prepare(id: str) -> str:
    """Which version to go to, and the mapping."""
    return _sheet(id)


@pages.post("/packs/<id>/migration")
@required
def rehearse_or_begin(id: str) -> Shown:
    """Tries the cases, or begins; a mapping that cannot be read is said at its field, and nothing typed is lost."""
    try:
        mapping = read_mapping(request.form.get("mapping", "").encode(), "mapping.toml")
        version = int(request.form.get("to", ""))
        if "begin" not in request.form:
            return _sheet(id, view=reads.rehearsal(platform(), someone(), id, version, mapping))
        began = begin_migration(platform(), someone(), plan_for(platform(), id, version, mapping))
    except MappingUnreadable as wrong:
        return _sheet(id, wrong=str(wrong.why)), 422
    except (PackUnknown, ValueError):
        abort(404)
    _portion(began.id)
    return redirect(url_for("migrations.show", id=id, number=began.id))


@pages.get("/packs/<id>/migrations/<int:number>")
@required
def show(id: str, number: int) -> str:
    """How far a migration got."""
    try:
        view = reads.migration(platform(), someone(), id, number)
    except MigrationUnknown:
        abort(404)
    return render_template("migration_under_way.html", pack=_pack(id), view=view)


@pages.post("/packs/<id>/migrations/<int:number>")
@required
def move_on(id: str, number: int) -> Response:
    """The next portion, or the way back."""
    try:
        reads.migration(platform(), someone(), id, number)
    except MigrationUnknown:
        abort(404)
    if "undo" in request.form:
        came = list(islice(undo_pack_migration(platform(), someone(), number), PORTION))
        followed = [code for code, back in came if not back]
        flash(phrase("Đã đưa trở lại {n} hồ sơ; {m} hồ sơ đã có thao tác khác nên giữ bản mới.", n=len(came) - len(followed), m=len(followed)), "good")
    else:
        _portion(number)
    return redirect(url_for("migrations.show", id=id, number=number))


def _portion(number: int) -> None:
    for _ in islice(go_on(platform(), someone(), platform().store.migrations.one(number)), PORTION):
        pass


def _sheet(id: str, view: reads.RehearsalView | None = None, wrong: str = "") -> str:
    pack = _pack(id)
    typed = {"to": request.form.get("to", str(pack.versions[0])), "mapping": request.form.get("mapping", "")}
    return render_template("migration.html", pack=pack, typed=typed, view=view, wrong=wrong)


def _pack(id: str) -> reads.PackVersions:
    try:
        return reads.pack_versions(platform(), someone(), id)
    except PackUnknown:
        abort(404)
