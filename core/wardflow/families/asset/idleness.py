"""After how many months premises that nobody uses are told of."""

from __future__ import annotations

from wardflow.offers import Setting

IDLE_MONTHS = "asset.idle_months"
"""The threshold in whole months; the process itself tells the chair, the department and recalls by its own timers."""
SETTINGS = (
    Setting(
        IDLE_MONTHS, 3, assumed=True,
        schema={
            "type": "integer", "minimum": 0, "maximum": 60, "title": "Nhà, đất bỏ trống: báo sau số tháng", "x-unit": "tháng",
            "x-i18n": {"en": {"title": "Idle premises are told of after months"}},
        },
    ),
)
