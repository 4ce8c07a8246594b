"""The five-step path of the first minute: what to do, as whom, where; and which steps this browser has walked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session, url_for

from wardflow_web.language import mark_for_translation as _


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the role to sit down as, and the page it begins on."""

    key: str
    role: str
    endpoint: str
    title: str
    what: str
    button: str

    @property
    def address(self) -> str:
        """The page the step begins on."""
        return url_for(self.endpoint)


APPLICANT = "applicant"
STEPS = (
    Step(
        "receive",
        "intake_clerk",
        "counter.show",
        _("Nhận một hồ sơ tại quầy"),
        _("Chọn thủ tục, điền người nộp và tờ khai, bấm Nhận. Giấy hẹn có ngày và lý do của ngày đó."),
        _("Ra quầy tiếp nhận"),
    ),
    Step(
        "track",
        APPLICANT,
        "desk.show",
        _("Xem hồ sơ bằng mắt người dân"),
        _("Mở giấy tiếp nhận hoặc tra bằng mã: hồ sơ ở đâu, bao giờ xong, vì sao."),
        _("Ngồi vào chỗ người dân"),
    ),
    Step(
        "supplement",
        "specialist",
        "desk.show",
        _("Yêu cầu bổ sung, xem đồng hồ dừng"),
        _(
            "Mở một hồ sơ đang thẩm định, xin giấy còn thiếu. Thanh ngày chuyển sang sọc; nộp đủ thì hạn mới hiện ra kèm lý do."
        ),
        _("Làm bước này"),
    ),
    Step(
        "diagram",
        "office_head",
        "desk.show",
        _("Xem hồ sơ trên sơ đồ"),
        _("Mở một hồ sơ: bước đang chờ có viền đậm, cạnh đó là vì sao hạn là ngày ấy và vì sao việc ở người ấy."),
        _("Mở hồ sơ"),
    ),
    Step(
        "sign",
        "approver",
        "desk.show",
        _("Ký và trả kết quả"),
        _("Là Chủ tịch, mở văn bản chờ ký, quyết định; rồi quay lại quầy trả kết quả cho người dân."),
        _("Ngồi vào bàn Chủ tịch"),
    ),
)


def walked(key: str) -> None:
    """Remembers that this browser has walked a step."""
    done = done_steps()
    if key not in done:
        session["walked"] = [*done, key]


def done_steps() -> list[str]:
    """The steps this browser has walked."""
    done = session.get("walked")
    return [key for key in done if isinstance(key, str)] if isinstance(done, list) else []
