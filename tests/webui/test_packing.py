"""Pages are sent packed, but not to somebody who could read their secrets from the length."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from wardflow_web import create_app

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def behind_tls(platform):
    """A client of an installation that citizens reach by TLS."""
    settings = platform.settings.but(public_url="https://dichvu.example.vn")
    return create_app(replace(platform, settings=settings)).test_client()


@pytest.mark.parametrize("asked_by", ["same-origin", "none"])
def test_a_page_that_its_reader_asked_for_is_packed(behind_tls, asked_by) -> None:
    plain = behind_tls.get("/procedures")
    packed = behind_tls.get("/procedures", headers={**GZIP, "Sec-Fetch-Site": asked_by})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}])
def test_a_page_that_another_site_asked_for_shows_nothing_by_its_length(behind_tls, headers) -> None:
    answer = behind_tls.get("/procedures", headers={**GZIP, **headers})
    assert "Content-Encoding" not in answer.headers
    assert {"Accept-Encoding", "Sec-Fetch-Site"} <= set(answer.vary)


def test_without_tls_there_is_nothing_to_hide(platform) -> None:
    client = create_app(platform).test_client()
    assert client.get("/procedures", headers=GZIP).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/procedures").headers
    assert "Content-Encoding" not in client.get("/procedures", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_packed_desk_is_asked_for_again_by_its_mark(browser, case) -> None:
    page = browser("chi")
    answer = page.client.get("/desk?view=queue", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    again = page.client.get("/desk?view=queue", headers={**GZIP, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
