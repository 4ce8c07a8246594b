"""The register's calendars of units, fields and steps: what each changes of the city's, and changing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from wardflow.cases.edit_calendar_layer import edit_calendar_layer
from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import field_words
from wardflow.cases.reads.views import Words
from wardflow.domain.calendar_layers import Layer, Scope
from wardflow.errors import CalendarUnusable, UnitUnknown
from wardflow.offers import FieldDay
from wardflow.permissions import Question, may
from werkzeug.wrappers import Response

from wardflow_web.calendar_form import KINDS, Typed
from wardflow_web.language import mark_for_translation as _
from wardflow_web.language import own, phrase
from wardflow_web.marks import unit_name
from wardflow_web.register import FIRST, LAST
from wardflow_web.visitor import current_matters, platform, required, someone

pages = Blueprint("calendar_layers", __name__, url_prefix="/register/calendar/of")

Refused = tuple[str, int]
PLAIN = "plain"
SCOPES = {"unit": _("Đơn vị"), "field": _("Lĩnh vực"), "step": _("Bước")}
WEEKDAYS = (
    _("thứ Hai"),
    _("thứ Ba"),
    _("thứ Tư"),
    _("thứ Năm"),
    _("thứ Sáu"),
    _("thứ Bảy"),
    _("Chủ nhật"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One calendar that can be opened."""

    scope: Scope
    title: str


@pages.get("/")
@required
def show() -> str | Refused:
    """The calendars that differ, or one of them."""
    scope = _scope()
    if scope is None:
        listed = [Choice(each, _title(each)) for each in _existing(platform())]
        return render_template("calendar_layers.html", listed=listed, scopes=SCOPES, offered=_offered())
    return _page(scope, Typed())


@pages.post("/day")
@required
def save_day() -> Response | Refused:
    """Adds or changes a day; "plain" makes it again what its weekday is."""
    scope, typed = _wanted(), Typed.posted(request.form)
    held = platform().snapshot().layers.of(scope).over(platform().snapshot().calendar)
    if typed.kind == PLAIN:
        day, exception, objections = Typed.read_day(typed.day), None, {}
        if day is None or not FIRST <= day.year <= LAST:
            objections = {"day": _("Cần một ngày có thật, viết như 02/09/2026.")}
    else:
        day, exception, objections = typed.checked(held, (FIRST, LAST))
    if objections or day is None:
        return _page(scope, typed, objections), 422
    edit_calendar_layer(platform(), someone(), scope, day, exception)
    flash(phrase("Đã ghi ngày {day}.", day=day.strftime("%d/%m/%Y")), "good")
    return _back(scope)


@pages.post("/week")
@required
def save_week() -> Response | Refused:
    """Gives a weekday other hours; without any the office is closed on it."""
    scope, weekday = _wanted(), request.form.get("weekday", "")
    typed = Typed(hours=request.form.get("week_hours", "").strip())
    spans = typed.spans()
    if weekday not in map(str, range(7)):
        abort(400)
    if typed.hours and not spans:
        return _page(scope, Typed(), {"week_hours": _("Viết giờ như 07:30-11:30, 13:30-17:00.")}, typed.hours), 422
    try:
        edit_calendar_layer(platform(), someone(), scope, int(weekday), spans)
    except CalendarUnusable:
        said = _("Các buổi phải nối tiếp nhau: mỗi buổi kết thúc sau khi bắt đầu và trước buổi sau.")
        return _page(scope, Typed(), {"week_hours": said}, typed.hours), 422
    flash(phrase("Đã ghi giờ làm việc {day}.", day=phrase(WEEKDAYS[int(weekday)])), "good")
    return _back(scope)


@pages.post("/remove")
@required
def remove() -> Response:
    """Takes a row away; the day is then what it is without this calendar."""
    scope, at = _wanted(), request.form.get("at", "")
    day = int(at) if at in map(str, range(7)) else Typed.read_day(at)
    if day is None:
        abort(400)
    edit_calendar_layer(platform(), someone(), scope, day, drop=True)
    flash(phrase("Đã bỏ."), "good")
    return _back(scope)


def _page(scope: Scope, typed: Typed, objections: dict[str, str] | None = None, week_hours: str = "") -> str:
    layer = platform().snapshot().layers.of(scope)
    brought = _brought(scope, layer)
    return render_template(
        "calendar_layer.html",
        scope=scope,
        title=_title(scope),
        kind=SCOPES[scope.kind],
        days=[(day, row, KINDS[row.kind] if row else "", brought.get(day)) for day, row in sorted(layer.days.items())],
        week=[(weekday, WEEKDAYS[weekday], spans) for weekday, spans in sorted(layer.week.items())],
        weekdays=WEEKDAYS,
        kinds=KINDS,
        typed=typed,
        week_hours=week_hours,
        objections=objections or {},
        may_edit=may(someone(), "edit_calendar", Question()),
    )


def _brought(scope: Scope, layer: Layer) -> dict[date, FieldDay]:
    """The days of a field that a package brings and the city did not write otherwise: nobody takes these away here."""
    plugins = platform().plugins
    mine = (each for each in plugins.calendar_days(plugins.adopted) if scope == Scope("field", each.field))
    return {each.on: each for each in mine if layer.days.get(each.on) is each.day}


def _scope() -> Scope | None:
    """The calendar that the address names; None where it names none, 404 where there is no such."""
    given, names = (request.form, ("scope_kind", "scope_name")) if request.method == "POST" else (request.args, ("kind", "name"))
    kind, name = (given.get(each, "").strip() for each in names)
    if not name:
        return None
    if kind not in SCOPES:
        abort(404)
    try:
        if kind == "unit":
            platform().register().unit(name)
    except UnitUnknown:
        abort(404)
    return Scope(kind, name[:160])


def _wanted() -> Scope:
    scope = _scope()
    if scope is None:
        abort(400)
    return scope


def _back(scope: Scope) -> Response:
    return redirect(url_for("calendar_layers.show", kind=scope.kind, name=scope.name))


def _existing(platform: Platform) -> list[Scope]:
    layers = platform.snapshot().layers
    groups: dict[str, dict[str, Layer]] = {
        "unit": dict(layers.units),
        "field": dict(layers.fields),
        "step": dict(layers.steps),
    }
    return [Scope(kind, name) for kind, group in groups.items() for name in sorted(group)]


def _title(scope: Scope) -> str:
    """What the calendar is called: the name of its unit, its field, or its step with its pack."""
    if scope.kind == "unit":
        return unit_name(platform().register().unit(scope.name))
    return dict(_steps() if scope.kind == "step" else _fields()).get(scope.name, scope.name)


def _fields() -> list[tuple[str, str]]:
    """The fields of what may be filed today, as the records name them."""
    named = {matter.procedure.field: own(field_words(matter.procedure)) for matter in current_matters() if matter.procedure.field}
    return sorted(named.items())


def _offered() -> dict[str, list[tuple[str, str]]]:
    """What may have a calendar of its own, as (id, name)."""
    units = [(unit.id, unit_name(unit)) for unit in platform().register().units]
    return {"unit": units, "field": _fields(), "step": _steps()}


def _steps() -> list[tuple[str, str]]:
    packs = {matter.pack.digest: matter.pack for matter in current_matters()}
    return sorted(
        (f"{pack.id}/{node.element}", f"{own(Words(pack.title, pack.title_en))}: {own(Words(node.name, node.attributes.get('nameEn', '')))}")
        for pack in packs.values()
        for definition in pack.definitions.values()
        for node in definition.nodes.values()
        if "due" in node.attributes
    )

