"""A photo keeps its picture and loses what the camera wrote beside it."""

from __future__ import annotations

import struct
import zlib

import pytest
from wardflow.documents import without_traces

PLACE = b"21.0285 N 105.8048 E"


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def exif(orientation: int = 0, order: str = ">") -> bytes:
    """A camera's notes: which way up, and where."""
    rows = [struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)] if orientation else []
    rows.append(struct.pack(order + "HHII", 0x8825, 4, 1, 64))
    tiff = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "IH", 8, len(rows)) + b"".join(rows)
    return segment(0xE1, b"Exif\x00\x00" + tiff + PLACE)


PICTURE = (
    segment(0xDB, b"table") + segment(0xC2, b"frame") + segment(0xDA, b"scan one") + b"\x01\xff\x00\x02\xff\xd0\x03"
    + segment(0xC4, b"codes") + segment(0xDA, b"scan two") + b"\x04" + b"\xff\xd9"
)
JFIF = segment(0xE0, b"JFIF\x00")
PROFILE = segment(0xE2, b"ICC_PROFILE\x00colours")
ADOBE = segment(0xEE, b"Adobe\x00")


def jpeg(*before: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(before) + PICTURE + after


def test_a_photo_loses_its_place_and_keeps_its_picture() -> None:
    told = (JFIF, exif(), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE), segment(0xED, b"IPTC" + PLACE), PROFILE, ADOBE,
            segment(0xFE, b"comment " + PLACE), segment(0xE2, b"MPF\x00" + PLACE))
    assert without_traces(jpeg(*told)) == jpeg(JFIF, PROFILE, ADOBE)


@pytest.mark.parametrize("order", ["<", ">"])
def test_which_way_up_a_photo_is_held_stays_known(order: str) -> None:
    cleaned = without_traces(jpeg(JFIF, exif(6, order), PROFILE))
    assert cleaned is not None and PLACE not in cleaned
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in cleaned and cleaned.startswith(b"\xff\xd8" + JFIF + b"\xff\xe1")
    assert without_traces(cleaned) == cleaned


def test_a_second_picture_behind_the_end_is_cut_off() -> None:
    assert without_traces(jpeg(after=b"trailer " + jpeg(exif()))) == jpeg()


@pytest.mark.parametrize("broken", [b"\xff\xd8\xff", jpeg()[:-2], jpeg(JFIF, b"\x00\x00"), b"\xff\xd8\xff\xe1\xff\xffExif"])
def test_a_photo_that_is_cut_off_is_not_taken(broken: bytes) -> None:
    assert without_traces(broken) is None


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_a_png_loses_its_notes() -> None:
    start, end = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"size"), chunk(b"IDAT", b"picture") + chunk(b"IEND", b"")
    notes = b"".join(chunk(name, PLACE) for name in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"))
    assert without_traces(start + notes + end + b"after" + PLACE) == start + end
    assert without_traces(start + end[:-3]) is None


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(name + struct.pack("<I", len(part)) + part + b"\x00" * (len(part) % 2) for name, part in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_a_webp_loses_its_notes_and_says_so_in_its_flags() -> None:
    photo = riff((b"VP8X", b"\x3c\x00\x00\x00size"), (b"VP8 ", b"odd"), (b"EXIF", PLACE), (b"XMP ", PLACE))
    assert without_traces(photo) == riff((b"VP8X", b"\x30\x00\x00\x00size"), (b"VP8 ", b"odd"))
    assert without_traces(photo[:-30]) is None


def test_what_cannot_be_cleaned_is_not_taken_and_what_is_no_photo_stays_as_it_is() -> None:
    assert without_traces(b"\x00\x00\x00\x18ftypheic" + PLACE) is None
    assert without_traces(b"II*\x00" + PLACE) is None
    assert without_traces(b"%PDF-1.7\n%%EOF") == b"%PDF-1.7\n%%EOF"
