"""Changes one row of the calendar of a unit, a field of work or a step; dates computed from then on follow it."""

from __future__ import annotations

from datetime import date

from wardflow.cases.platform import Platform
from wardflow.domain.calendar_layers import Layer, Row, Scope
from wardflow.domain.days import Day
from wardflow.domain.people import Actor
from wardflow.errors import LayerUnknown
from wardflow.permissions import Question, require


def edit_calendar_layer(
    platform: Platform, actor: Actor, scope: Scope, at: date | int, row: Row = None, *, drop: bool = False
) -> None:
    """Nothing. `at` is a day with its exception (None: again what its weekday is) or a weekday with its hours.

    With `drop` the row goes, and the day is what it is without this layer. CalendarUnusable where nobody could count
    with it, UnitUnknown and LayerUnknown for a layer of nothing.
    """
    require(actor, "edit_calendar", Question())
    _known(platform, scope)
    if drop:
        platform.store.city.drop_layer_row(scope, at)
        return
    if isinstance(at, int):
        layer = Layer(week={at: row if isinstance(row, tuple) else ()})
    else:
        layer = Layer(days={at: row if isinstance(row, Day) else None})
    layer.over(platform.snapshot().calendar)
    platform.store.city.set_layer_row(scope, at, row)


def _known(platform: Platform, scope: Scope) -> None:
    """Nothing, or an error where the layer would be nobody's."""
    if scope.kind == "unit":
        platform.register().unit(scope.name)
    elif scope.kind not in Scope.KINDS or not scope.name.strip():
        raise LayerUnknown(kind=scope.kind, name=scope.name)
