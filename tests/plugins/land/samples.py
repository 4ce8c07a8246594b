"""A full form of every procedure of the land package, to which no rule objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow_land.law import (
    CONCILIATION,
    DISPUTE,
    DISPUTE_CITY,
    FIRST_CERTIFICATE,
    PROCEDURE,
    SPLIT_MERGE,
    SPLIT_MERGE_REMOTE,
)

FORM: Mapping[str, Any] = {
    "commune": "thien-loc",
    "certificate_no": "CS 0012345",
    "map_sheet": "24",
    "plot_no": "112",
    "certificate_area_m2": 126.5,
    "from_type": "CLN",
    "to_type": "ONT",
    "area_m2": 60,
    "reason": "Làm nhà ở cho con trai út",
    "declared_true": True,
}
SPLIT: Mapping[str, Any] = {
    "commune": "thien-loc", "certificate_held": True, "certificate_no": "CS 0012345", "map_sheet": "24", "plot_no": "112",
    "land_type": "ONT", "area_m2": 200, "use_term": "lasting", "operation": "split", "dispute_status": "none", "declared_true": True,
    "result_plots": [
        {"area_m2": 120, "width_m": 6, "depth_m": 20, "has_access": True},
        {"area_m2": 80, "width_m": 4, "depth_m": 20, "has_access": True},
    ],
}
REQUEST: Mapping[str, Any] = {
    "commune": "thien-loc", "plot_ref": "Tờ 24, thửa 112", "certificate_state": "none", "subject": "boundary",
    "parties": [{"name": "Hộ ông A", "type": "household"}, {"name": "Hộ bà B", "type": "household"}],
    "facts": "Bờ rào lấn sang nửa mét.", "request_date": "2026-08-03", "declared_true": True,
}
QUARREL: Mapping[str, Any] = {
    "commune": "thien-loc", "plot_ref": "Tờ 24, thửa 112", "conciliation_id": "12/BB-HG", "conciliation_result": "failure",
    "parties": [{"name": "Hộ ông A", "type": "household"}, {"name": "Hộ bà B", "type": "household"}],
    "conciliation_on": "2026-08-20", "chosen_path": "authority", "facts": "Bờ rào lấn sang nửa mét.", "declared_true": True,
}
FIRST: Mapping[str, Any] = {
    "commune": "thien-loc", "map_sheet": "24", "plot_no": "112", "land_type": "ONT", "area_m2": 150, "origin_type": "inherited",
    "used_since": "1979-05-01", "stable_use": True, "dispute_status": "none", "posted_from": "2026-08-10", "posted_to": "2026-08-28",
    "boundary_confirmed_by": [{"name": "Bà B"}], "declared_true": True,
}
FORMS: Mapping[str, Mapping[str, Any]] = {
    PROCEDURE: FORM, SPLIT_MERGE: SPLIT, SPLIT_MERGE_REMOTE: SPLIT, CONCILIATION: REQUEST, DISPUTE: QUARREL, DISPUTE_CITY: QUARREL,
    FIRST_CERTIFICATE: FIRST,
    f"{DISPUTE} forms/check.json": {"result": "complete"}, f"{DISPUTE_CITY} forms/check.json": {"result": "complete"},
    f"{DISPUTE} forms/draft.json": {"proposal": "grant", "content": "Ranh giới theo bản đồ."},
    f"{CONCILIATION} forms/meeting.json": {
        "date": "2026-08-12", "present": [{"name": "Hộ ông A"}, {"name": "Hộ bà B"}], "result": "success", "minutes": "Đã thống nhất.",
    },
}
