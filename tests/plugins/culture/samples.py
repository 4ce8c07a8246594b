"""A form of each procedure with which nothing is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FESTIVAL: Mapping[str, Any] = {
    "commune": "thien-loc", "name": "Hội làng Chèm", "festival_type": "traditional", "scope": "one_commune", "first_time": False,
    "gap_years": 0, "changed": False, "start_date": "2026-10-10", "end_date": "2026-10-12", "place": "Sân đình", "expected_people": 400,
    "programme": "Rước nước, tế lễ, thi bơi", "plans": ["security"], "organiser": "UBND xã", "board_list": "Nguyễn Văn A, Trưởng ban",
    "declared_true": True,
}  # fmt: skip


def room(name: str, area: float) -> dict[str, Any]:
    return {"name": name, "area_m2": area, "inside_latch": False, "alarm_device": False, "fire_alarm": True}


KARAOKE: Mapping[str, Any] = {
    "commune": "thien-loc", "business_name": "Karaoke Hoa Sữa", "place": "12 phố Chính", "service": "karaoke", "business_reg": "01A8012345",
    "security_cert": "15/GCN", "fire_acceptance": "police", "responsible_person": "Trần Thị B", "rooms": [room("P1", 22), room("P2", 25.5)],
    "opens_at": "09:00", "closes_at": "23:30", "distance_sensitive_m": 350, "declared_true": True,
}  # fmt: skip
ADJUSTMENT: Mapping[str, Any] = {
    "commune": "thien-loc", "licence_no": "12/GP", "place": "12 phố Chính", "service": "karaoke", "change": "add_rooms",
    "rooms": [room("P3", 22), room("P4", 24)], "fire_acceptance": "police", "declared_true": True,
}  # fmt: skip
RELIC: Mapping[str, Any] = {
    "commune": "thien-loc", "relic_id": "Đình Chèm", "rank": "provincial", "zone": "I", "work_type": "repair", "emergency": False,
    "degradation_record": "05/BB", "degradation_date": "2026-06-01", "original_element_affected": True, "funding": "Ngân sách xã",
    "designer_licence": "TBDT-0123", "description": "Thay ba cột cái bị mối mọt", "declared_true": True,
}  # fmt: skip
PERFORMANCE: Mapping[str, Any] = {
    "commune": "thien-loc", "event_type": "performance", "title": "Đêm ca trù", "organiser": "Câu lạc bộ Ca trù", "date": "2026-09-20",
    "ends_at": "21:30", "venue": "Nhà văn hóa", "outdoor": False, "venue_is_relic": False, "capacity": 200, "licensed_capacity": 400,
    "foreign_performers": False, "ticketed": False, "content_list": "Hát nói, bắc phản", "copyright_cleared": True, "declared_true": True,
}  # fmt: skip
NOISE: Mapping[str, Any] = {
    "commune": "thien-loc", "business_name": "Karaoke Hoa Sữa", "place": "12 phố Chính",
    "complaints": [{"day": "2026-07-01"}, {"day": "2026-08-01"}, {"day": "2026-08-20"}],
}  # fmt: skip
FORMS: Mapping[str, Mapping[str, Any]] = {
    "festival-notice": FESTIVAL, "festival-registration": {**FESTIVAL}, "festival-registration-city": {**FESTIVAL},
    "karaoke-licence": KARAOKE, "karaoke-licence-linked": KARAOKE, "karaoke-adjustment": ADJUSTMENT,
    "relic-works": RELIC, "relic-works-urgent": RELIC, "relic-works-inventoried": {**RELIC, "rank": "inventoried"},
    "performance-notice": PERFORMANCE, "performance-approval": {**PERFORMANCE, "foreign_performers": True},
    "noise-inspection": NOISE,
}  # fmt: skip
