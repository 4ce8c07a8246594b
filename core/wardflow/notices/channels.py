"""Channels: mail where a server is named, otherwise an outbox folder, so that a laptop shows what would have been sent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from smtplib import SMTP
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message in words; `key` is the same each time it is tried, so that a repeat can be known."""

    key: str
    to: str
    subject: str
    text: str


class Channel(Protocol):
    """Carries a message or raises; what is raised is tried again by the job that sends."""

    def send(self, message: Message) -> None:
        """Hand the message over."""


class Outbox:
    """A folder with one file a message; sending again writes the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message) -> None:
        """Write the message, readable by its owner alone."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / (re.sub(r"[^A-Za-z0-9-]", "_", message.key) + ".json")
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(asdict(message), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(file)


class Post(Protocol):
    """The part of an SMTP connection that mail needs."""

    def send_message(self, msg: EmailMessage) -> object:
        """Hand one mail to the server."""

    def quit(self) -> object:
        """Leave the server."""


class Mail:
    """Mail over a server inside the city's network."""

    def __init__(self, sender: str, connect: Callable[[], Post]) -> None:
        self._sender, self._connect = sender, connect

    def send(self, message: Message) -> None:
        """Send one mail; its Message-ID is made of the key, so that a repeat is dropped by the receiver."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to, message.subject
        mail["Message-ID"] = f"<{sha256(message.key.encode()).hexdigest()[:32]}@{self._sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        server = self._connect()
        try:
            server.send_message(mail)
        finally:
            server.quit()


def channel(server: str, sender: str, outbox: Path) -> Channel:
    """Mail through `server` (HOST:PORT), or the outbox when there is none."""
    if not server:
        return Outbox(outbox)
    host, _, port = server.partition(":")
    return Mail(sender, lambda: SMTP(host, int(port or 25), timeout=20))
