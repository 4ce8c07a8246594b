"""Every text of the pages has its English beside it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import wardflow_web
from babel.messages.extract import extract_from_dir
from flask import Flask, g
from wardflow_web.language import phrase, translations

WEB = Path(wardflow_web.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"encoding": "utf-8", "trimmed": "false"}}
HOLE = re.compile(r"\{(\w+)")


def texts() -> dict[str, str]:
    """Every Vietnamese text of the pages and the file it stands in."""
    found = extract_from_dir(WEB, METHODS, OPTIONS, keywords={"_": None, "phrase": None})
    return {text: file for file, _line, text, *_rest in found if isinstance(text, str)}


def test_every_text_has_its_english() -> None:
    english = translations("en")
    missing = {text: file for text, file in texts().items() if text not in english and text != "Wardflow"}
    assert not missing


def test_the_catalogue_holds_nothing_that_no_page_says() -> None:
    assert set(translations("en")) - set(texts()) == set()


def test_a_translation_fills_the_same_gaps() -> None:
    for vietnamese, english in translations("en").items():
        assert set(HOLE.findall(vietnamese)) == set(HOLE.findall(english)), vietnamese


def test_vietnamese_is_written_in_composed_letters() -> None:
    assert all(unicodedata.is_normalized("NFC", text) for text in [*texts(), *translations("en").values()])


def test_english_counts_agree_with_their_number() -> None:
    app = Flask(__name__)
    with app.test_request_context():
        g.language = "en"
        assert phrase("{n} việc", n=1) == "1 task"
        assert phrase("{n} việc", n=3) == "3 tasks"
        g.language = "vi"
        assert phrase("{n} việc", n=3) == "3 việc"
