"""Channels carry a message, and carrying it twice is harmless."""

from __future__ import annotations

import json
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
from wardflow.notices import Mail, Message, Outbox, channel

GREETING = Message("case-7:n1", "a@example.vn", "Đã nhận hồ sơ", "Hẹn trả kết quả ngày 22/09/2026.")


class PostOffice:
    """A mail server that keeps what it gets."""

    def __init__(self, *, closed: bool = False) -> None:
        self.mails: list[EmailMessage] = []
        self.left = 0
        self._closed = closed

    def send_message(self, msg: EmailMessage) -> None:
        if self._closed:
            raise ConnectionError("closed")
        self.mails.append(msg)

    def quit(self) -> None:
        self.left += 1


def test_the_outbox_keeps_one_file_a_message_for_its_owner_alone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.send(GREETING)
    outbox.send(GREETING)

    (file,) = (tmp_path / "outbox").iterdir()
    assert json.loads(file.read_text("utf-8"))["subject"] == "Đã nhận hồ sơ"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_mail_can_be_known_again_by_its_key() -> None:
    office = PostOffice()
    mail = Mail("wardflow@example.vn", lambda: office)
    mail.send(GREETING)
    mail.send(GREETING)

    (known,) = {sent["Message-ID"] for sent in office.mails}
    assert known.endswith("@example.vn>")
    assert office.mails[0].get_content().strip() == "Hẹn trả kết quả ngày 22/09/2026."
    assert office.left == 2


def test_a_mail_that_does_not_leave_raises_so_that_its_job_is_tried_again() -> None:
    office = PostOffice(closed=True)

    with pytest.raises(ConnectionError):
        Mail("wardflow@example.vn", lambda: office).send(GREETING)
    assert office.left == 1


def test_a_subject_cannot_add_headers() -> None:
    office = PostOffice()

    with pytest.raises(ValueError, match="linefeed"):
        Mail("wardflow@example.vn", lambda: office).send(Message("k", "a@example.vn", "Xin chào\nBcc: all@example.vn", ""))


def test_without_a_server_messages_stay_in_the_outbox(tmp_path: Path) -> None:
    assert isinstance(channel("", "", tmp_path), Outbox)
    assert isinstance(channel("mail:25", "wardflow@example.vn", tmp_path), Mail)
