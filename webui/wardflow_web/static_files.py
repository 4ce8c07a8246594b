"""What a browser fetches beside a page: our own files, joined where a page always needs them together, packed once, kept for a year.

Joined and packed here and not while building, so that a stylesheet that was changed is the one that is sent. The packed form lives in
the memory of the process; a file is packed when the first browser asks for it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, request, url_for
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as BaseResponse

STATIC = Path(__file__).parent / "static"
JOINED = {"pages.css": ("bundles/pico.min.css", "wardflow.css"), "pages.js": ("bundles/htmx.js", "wardflow.js")}
"""What is sent as one file, and of what; the parts that were not built are left out."""
TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml", ".woff2": "font/woff2",
}    # fmt: skip
"""Said here, because what a machine takes them for depends on the machine."""
WORTH = 0.9
"""The share of its length above which a packed file is not worth unpacking: typefaces are packed already."""
YEAR = 365 * 24 * 3600
_URL = re.compile(r"url\((bundles/[\w.-]+)\)")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    packed: bytes
    """the same in gzip, empty where it would hardly be shorter"""
    media_type: str
    digest: str


def install(app: Flask) -> None:
    """Serves the files, and gives templates their addresses."""
    app.add_url_rule("/static/<path:filename>", "static", send)
    app.jinja_env.globals.update(asset=asset, bundle=bundle, drawing=drawing)


def send(filename: str) -> BaseResponse:
    """One file, packed for whoever reads gzip; kept for good under an address that carries its digest."""
    file = read(filename)
    if file is None:
        abort(404)
    packed = bool(file.packed) and request.accept_encodings.quality("gzip") > 0
    answer = Response(file.packed if packed else file.content, content_type=file.media_type)
    if packed:
        answer.content_encoding = "gzip"
    if file.packed:
        answer.vary.add("Accept-Encoding")
    lasts = request.args.get("v") == file.digest
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasts else "no-cache"
    answer.set_etag(file.digest, weak=True)
    return answer.make_conditional(request)


def asset(name: str) -> str:
    """The address of a file of ours; it changes when the content does, so browsers may keep it for good."""
    file = read(name)
    return url_for("static", filename=name, v=file.digest if file else "0")


def bundle(name: str) -> str:
    """The address of a built bundle, empty where none was built: pages then work without it."""
    return asset(f"bundles/{name}") if read(f"bundles/{name}") else ""


def drawing(name: str) -> str:
    """A small picture as an address that holds it, so that nothing is fetched for it."""
    file = read(name)
    return f"data:{file.media_type},{quote(file.content)}" if file else ""


@cache
def read(name: str) -> StaticFile | None:
    """A file of ours by its name under static/, or one of the joined ones; None where there is none."""
    parts = [part for part in map(_plain, JOINED.get(name, (name,))) if part is not None]
    if not parts:
        return None
    content = b"\n".join(parts)
    packed = gzip.compress(content, 9, mtime=0)
    # by content, because a wheel gives every file of every version the same date
    digest = hashlib.sha256(content).hexdigest()[:10]
    media_type = TYPES.get(Path(name).suffix, "application/octet-stream")
    return StaticFile(content, packed if len(packed) < WORTH * len(content) else b"", media_type, digest)


def _plain(name: str) -> bytes | None:
    place = safe_join(str(STATIC), name)
    if place is None or not Path(place).is_file():
        return None
    content = Path(place).read_bytes()
    if not name.endswith(".css"):
        return content
    # what a stylesheet fetches gets its digest too
    return _URL.sub(lambda found: f"url({found[1]}?v={_digest(found[1])})", content.decode()).encode()


def _digest(name: str) -> str:
    file = read(name)
    return file.digest if file else "0"
