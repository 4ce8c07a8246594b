"""Which files may be attached: the bytes decide, never the name."""

from __future__ import annotations

import io
import zipfile

import pytest
from wardflow.documents import kind_of
from wardflow.errors import FileKindRefused, FileTooLarge

LIMIT = 10_000


def office(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"%PDF-1.7\n...\n%%EOF\n", "pdf"),
        (b"\xff\xd8\xff\xe0 picture", "jpg"),
        (b"\x89PNG\r\n\x1a\n picture", "png"),
        (b"RIFF\x00\x00\x00\x00WEBP picture", "webp"),
        (b"\x00\x00\x00\x18ftypheic picture", "heic"),
        (b"II*\x00 scan", "tif"),
        (office("[Content_Types].xml", "word/document.xml"), "docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_an_accepted_kind_is_known_by_its_bytes(content: bytes, extension: str) -> None:
    assert kind_of(content, limit=LIMIT).extension == extension


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\x00 program",
        b"#!/bin/sh",
        b"<html>%PDF-1.7 %%EOF",
        b"%PDF-1.7 cut off",
        b"PK\x03\x04 no archive",
        office("anything.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
    ],
)
def test_anything_else_is_refused_and_the_accepted_kinds_are_named(content: bytes) -> None:
    with pytest.raises(FileKindRefused, match="pdf, jpg, png"):
        kind_of(content, limit=LIMIT)


def test_a_file_above_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(FileTooLarge) as refused:
        kind_of(b"%PDF-1.7" + b" " * LIMIT + b"%%EOF", limit=LIMIT)

    assert (refused.value.size, refused.value.limit) == (10_013, LIMIT)


def test_only_what_a_browser_shows_without_risk_is_shown_inline() -> None:
    assert kind_of(b"%PDF-1.7 %%EOF", limit=LIMIT).inline
    assert not kind_of(office("word/document.xml"), limit=LIMIT).inline
