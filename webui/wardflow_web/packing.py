"""Pages sent in gzip, but only to somebody whose own click or address line asked for them.

A page holds names and numbers of people beside what the address says (a search, for one). Somebody who makes a browser ask for such a page again and
again, each time with another guess in the address, and sees how long the packed answer is, reads it letter by letter (the attack called BREACH).
Browsers say in `Sec-Fetch-Site` who asked, and no page can make them lie: what another site asks for, or nobody says who asked for, is sent as it is.
Without TLS whoever could see the length sees the page itself, so nothing is lost by packing it.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

LEVEL = 5    # as short as a page gets within a millisecond or so
LEAST = 1000
"""Bytes below which a page travels in one packet anyway."""
ASKED_HERE = ("same-origin", "none")


def install(app: Flask) -> None:
    """Packs the pages of an application."""
    tls = bool(app.config["SESSION_COOKIE_SECURE"])

    @app.after_request
    def pack(response: Response) -> Response:
        if response.mimetype != "text/html" or response.direct_passthrough or response.content_encoding:
            return response
        response.vary.update(("Accept-Encoding", "Sec-Fetch-Site"))
        if (tls and request.headers.get("Sec-Fetch-Site") not in ASKED_HERE) or request.accept_encodings.quality("gzip") <= 0:
            return response
        if response.is_streamed or (response.content_length or 0) < LEAST:
            return response
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
        return response
