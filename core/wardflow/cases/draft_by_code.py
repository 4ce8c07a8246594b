"""Keeps what was typed into a step of the applicant's own with the tracking code alone; it moves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow.cases.answer_by_code import take_by_code
from wardflow.cases.platform import Platform
from wardflow.cases.save_draft import drafted


def draft_by_code(platform: Platform, tracking: str, task: str, value: Mapping[str, Any]) -> None:
    """Nothing; the draft is there when the tracking page is opened again. Sealed values are not kept in a draft."""
    _applicant, held, open_task = take_by_code(platform, "draft_by_code", tracking, task, value)
    drafted(platform, held, open_task, value)
