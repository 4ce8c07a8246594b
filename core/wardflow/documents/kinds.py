"""What kind of file some bytes are, judged by the bytes themselves; a name or a browser may say anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from wardflow.errors import FileKindRefused, FileTooLarge


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that may be attached; `inline` when a browser may show it without risk."""

    media_type: str
    extension: str
    matches: Callable[[bytes], bool]
    inline: bool = False


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _pdf(content: bytes) -> bool:
    # A PDF that is also a page of markup would run where it is shown, so it must begin as a PDF, not merely contain one.
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1")


def _office(part: str) -> Callable[[bytes], bool]:
    def matches(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
        return part in names and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return matches


_OFFICE = "application/vnd.openxmlformats-officedocument"
ACCEPTED: tuple[Kind, ...] = (
    Kind("application/pdf", "pdf", _pdf, inline=True),
    Kind("image/jpeg", "jpg", _starts(b"\xff\xd8\xff"), inline=True),
    Kind("image/png", "png", _starts(b"\x89PNG\r\n\x1a\n"), inline=True),
    Kind("image/webp", "webp", _webp, inline=True),
    Kind("image/heic", "heic", _heic),
    Kind("image/tiff", "tif", _starts(b"II*\x00", b"MM\x00*")),
    Kind(f"{_OFFICE}.wordprocessingml.document", "docx", _office("word/document.xml")),
    Kind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", _office("xl/workbook.xml")),
)


def kind_of(content: bytes, *, limit: int) -> Kind:
    """The accepted kind of an attachment, or why it is refused: `FileTooLarge`, `FileKindRefused`."""
    if len(content) > limit:
        raise FileTooLarge(size=len(content), limit=limit)
    for kind in ACCEPTED:
        if kind.matches(content):
            return kind
    raise FileKindRefused(accepted=", ".join(kind.extension for kind in ACCEPTED))
