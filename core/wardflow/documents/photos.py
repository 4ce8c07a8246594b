"""Photos without what a camera writes beside the picture: where and when it was taken, by which machine, for whom.

The picture itself is not touched, and which way up it is held stays known. Nothing is decoded: a stranger's photo is cut along the
lengths it states, and one that states nonsense is no photo we take.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
EXIF = b"Exif\x00\x00"
ORIENTATION, SHORT = 0x0112, 3
SCAN, END = 0xDA, 0xD9
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""JPEG markers without a length: restarts inside the picture"""
TOLD = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
"""PNG chunks that tell of more than the picture"""
WEBP_TOLD = {b"EXIF": 0x08, b"XMP ": 0x04}
"""WebP chunks that do, with the flag of each in VP8X"""
CLOSED = (b"II*\x00", b"MM\x00*")


def without_traces(content: bytes) -> bytes | None:
    """The file with nothing but its picture; None for a photo of a kind that cannot be cleaned, or that is cut off.

    What is no photo comes back as it is.
    """
    try:
        if content.startswith(JPEG):
            return b"".join(_jpeg(content))
        if content.startswith(PNG):
            return b"".join(_png(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (IndexError, ValueError, struct.error):
        return None
    return None if content.startswith(CLOSED) or content[4:8] == b"ftyp" else content


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at, turned = 2, 0
    for start, end, marker in _segments(content):
        if marker == 0xE1 and content[start + 4 : start + 10] == EXIF:
            turned = turned or _orientation_or_none(content[start + 10 : end])
        if _of_the_picture(content, start, marker):
            if turned and marker != 0xE0:    # after JFIF's own segment, before everything else
                yield _turned(turned)
                turned = 0
            yield content[start:end]
        at = end
    if content[at - 2 : at] != bytes((0xFF, END)):
        raise ValueError("the picture has no end")


def _of_the_picture(content: bytes, start: int, marker: int) -> bool:
    """True for what a reader needs: all but comments and the camera's own segments; JFIF, colour profile and Adobe's transform stay."""
    if marker == 0xE2:
        return content[start + 4 : start + 16] == b"ICC_PROFILE\x00"
    return marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Each part of a JPEG from its marker to its end; the picture's own bytes go with the marker that begins them."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("a marker is expected")
        while content[at + 1] == 0xFF:    # a marker may be padded
            at += 1
        marker = content[at + 1]
        if marker == END:
            yield at, at + 2, marker
            return    # what follows the end is another picture with traces of its own
        end = at + 2 if marker in BARE else at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == SCAN:
            end = _after_scan(content, end)
        yield at, end, marker
        at = end


def _after_scan(content: bytes, at: int) -> int:
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and content[at + 1] not in BARE:
            return at
        at += 2


def _orientation_or_none(tiff: bytes) -> int:
    """The same, 0 too where the camera wrote nonsense: that costs nothing but a turned picture."""
    try:
        return _orientation(tiff)
    except struct.error:
        return 0


def _orientation(tiff: bytes) -> int:
    """Which way up the picture is held, 0 where that is not said."""
    order = {b"II": "<", b"MM": ">"}[tiff[:2]] if tiff[:2] in (b"II", b"MM") else ">"
    first = struct.unpack(order + "I", tiff[4:8])[0]
    count = struct.unpack(order + "H", tiff[first : first + 2])[0]
    for place in range(first + 2, first + 2 + 12 * count, 12):
        tag, kind, _, value = struct.unpack(order + "HHIH", tiff[place : place + 10])
        if tag == ORIENTATION and kind == SHORT and 1 < value < 9:
            return int(value)
    return 0


def _turned(value: int) -> bytes:
    """A segment that says which way up the picture is held, and nothing else."""
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, value, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(EXIF) + len(tiff)) + EXIF + tiff


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at = 8
    while True:
        size, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + size
        if end > len(content):
            raise ValueError("the picture is cut off")
        if name not in TOLD:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end


def _webp(content: bytes) -> bytes:
    parts, at, end = [], 12, 8 + struct.unpack("<I", content[4:8])[0]
    while at < end:
        name, size = struct.unpack("<4sI", content[at : at + 8])
        after = at + 8 + size + size % 2
        if after > len(content):
            raise ValueError("the picture is cut off")
        part = content[at:after]
        if name == b"VP8X":
            part = part[:8] + bytes((part[8] & ~sum(WEBP_TOLD.values()),)) + part[9:]
        if name not in WEBP_TOLD:
            parts.append(part)
        at = after
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body
