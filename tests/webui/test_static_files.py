"""What a browser fetches beside a page: few files, packed, kept for good under the address of their content."""

from __future__ import annotations

import gzip
import re

import pytest
from wardflow_web import create_app, static_files

GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def client(platform):
    return create_app(platform).test_client()


def addresses(client) -> dict[str, str]:
    """The addresses that a page names, by the name of the file."""
    found = re.findall(r'(?:href|src)="(/static/([^"?]+)[^"]*)"', client.get("/track").get_data(as_text=True))
    return {name: address for address, name in found}


def test_a_page_names_one_stylesheet_and_one_script(client) -> None:
    assert set(addresses(client)) == {"pages.css", "pages.js"}


def test_the_one_stylesheet_holds_its_parts_in_order(client) -> None:
    text = client.get(addresses(client)["pages.css"]).get_data(as_text=True)
    parts = [static_files.read(name) for name in static_files.JOINED["pages.css"]]
    places = [text.index(part.content.decode()) for part in parts if part]
    assert places == sorted(places) and places


@pytest.mark.parametrize("name", ["pages.css", "pages.js"])
def test_a_file_is_sent_packed_and_kept_for_good(client, name) -> None:
    address = addresses(client)[name]
    plain, packed = client.get(address), client.get(address, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip" and packed.vary.as_set() == {"accept-encoding"}
    assert gzip.decompress(packed.data) == plain.data and len(packed.data) < len(plain.data) / 2
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in packed.headers


def test_a_file_without_its_digest_is_asked_for_again(client) -> None:
    answer = client.get("/static/wardflow.css?v=another")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get("/static/wardflow.css", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_what_a_stylesheet_fetches_carries_its_digest() -> None:
    sheet = static_files.read("wardflow.css")
    assert sheet is not None
    fetched = re.findall(r"url\((?!data:)([^)]+)\)", sheet.content.decode())
    assert len(fetched) == 4 and all(re.fullmatch(r"bundles/[\w.-]+\.woff2\?v=\w+", address) for address in fetched)


@pytest.mark.parametrize("name", ["nothing.css", "bundles", "../security.py", "%2e%2e/security.py", "/etc/passwd", "bundles/../../__init__.py"])
def test_nothing_but_our_files_is_served(client, name) -> None:
    assert client.get(f"/static/{name}").status_code in (404, 308)
    assert static_files.read(name) is None


def test_the_mark_of_the_house_is_fetched_with_the_page(client) -> None:
    assert 'rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg' in client.get("/track").get_data(as_text=True)
