"""A service calls the hosts it may, at the addresses they may have, and takes no more than it can carry."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from wardflow.errors import ServiceRefused, ServiceTimedOut
from wardflow.jobs.services import http_call, parse_hosts, within
from wardflow.jobs.services.hosts import checked
from wardflow.jobs.services.http_call import NotNow
from wardflow.offers import HandlerContext

CONTEXT = HandlerContext(datetime(2026, 9, 4, tzinfo=UTC), "7:t3")
INSIDE = "tax.city.vn:{port}=127.0.0.0/8"


class Office(BaseHTTPRequestHandler):
    """A neighbour that answers by path and remembers what it was asked."""

    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("content-length", 0))))

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.asked.append({"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body.decode()})
        status = int(self.path.partition("?")[0].strip("/") or 200)
        content = b"x" * 5000 if "big" in self.path else json.dumps({"paid": True}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json" if "big" not in self.path else "text/plain")
        self.send_header("content-length", str(len(content)))
        if "packed" in self.path:
            self.send_header("content-encoding", "gzip")
        if status == 302:
            self.send_header("location", "http://169.254.169.254/latest")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def office() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Office.asked = []
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ask(office: int) -> Callable[..., Any]:
    """Calls the neighbour by its name, which stands for loopback."""
    hosts = parse_hosts(INSIDE.format(port=office))
    handler = http_call(hosts, {"tax.city.vn": {"Authorization": "Bearer s3cret"}}, 2000, lambda name, port: ["127.0.0.1"])

    def call(path: str = "/200", **inputs: Any) -> Any:
        return handler.run({"url": f"http://tax.city.vn:{office}{path}", **inputs}, CONTEXT)

    return call


def code(call: Callable[[], Any]) -> str:
    with pytest.raises(ServiceRefused) as refused:
        call()
    return str(refused.value.code)


def test_a_call_carries_its_key_the_credentials_of_the_installation_and_the_name_of_the_host(ask: Any, office: int) -> None:
    assert ask(body={"số": "HD-1"}, headers={"X-Unit": "north", "authorization": "mine"}, query={"a": "b c"}) == {"status": 200, "body": {"paid": True}}
    (asked,) = Office.asked
    assert (asked["path"], json.loads(asked["body"])) == ("/200?a=b+c", {"số": "HD-1"})
    headers = asked["headers"]
    assert (headers["idempotency-key"], headers["authorization"], headers["host"]) == ("7:t3", "Bearer s3cret", f"tax.city.vn:{office}")
    assert (headers["x-unit"], headers["content-type"]) == ("north", "application/json")


def test_what_the_other_system_refuses_is_a_business_error_unless_it_is_expected(ask: Any) -> None:
    assert code(lambda: ask("/404")) == "http.404"
    assert ask("/404", expect=[404])["status"] == 404


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_it_cannot_do_now_is_tried_again(ask: Any, status: int) -> None:
    with pytest.raises(NotNow):
        ask(f"/{status}")


def test_a_redirect_is_followed_nowhere(ask: Any) -> None:
    assert code(lambda: ask("/302")) == "http.302"
    assert ask("/302", expect=[302])["location"] == "http://169.254.169.254/latest"
    assert len(Office.asked) == 2


def test_an_answer_that_is_too_large_or_packed_is_not_taken(ask: Any) -> None:
    assert code(lambda: ask("/200?big")) == "http.too-large"
    assert code(lambda: ask("/200?packed")) == "http.answer"


def test_the_connection_goes_to_the_address_that_was_checked_whatever_the_name_stands_for_next(office: int) -> None:
    answers = iter([["127.0.0.1"]])    # a second question finds nothing to answer
    handler = http_call(parse_hosts(INSIDE.format(port=office)), {}, 2000, lambda name, port: next(answers))
    assert handler.run({"url": f"http://tax.city.vn:{office}/200"}, CONTEXT)["status"] == 200


def test_the_certificate_must_be_for_the_name_although_the_address_is_connected_to(
    office: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = certificate(tmp_path, "tax.city.vn")
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None    # type: ignore[method-assign]    # who refuses the certificate hangs up
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    port = server.server_port
    handler = http_call(parse_hosts(f"tax.city.vn:{port}=127.0.0.0/8 evil.vn:{port}=127.0.0.0/8"), {}, 2000, lambda *_: ["127.0.0.1"])
    try:
        assert handler.run({"url": f"https://tax.city.vn:{port}/200"}, CONTEXT)["status"] == 200
        with pytest.raises(urllib3.exceptions.SSLError):
            handler.run({"url": f"https://evil.vn:{port}/200"}, CONTEXT)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(folder: Path, name: str) -> Path:
    """A file with a key and a certificate for one name, trusted by whoever names the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "pair.pem").write_bytes(kept + made.public_bytes(Encoding.PEM))
    return folder / "pair.pem"


@pytest.mark.parametrize(
    ("hosts", "name", "port", "scheme", "found"),
    [
        ("", "tax.city.vn", 443, "https", ["8.8.8.8"]),    # nobody allowed it
        ("api.vn", "evil.vn", 443, "https", ["8.8.8.8"]),
        ("api.vn", "api.vn.evil.vn", 443, "https", ["8.8.8.8"]),
        ("api.vn", "api.vn", 8443, "https", ["8.8.8.8"]),    # another port
        ("api.vn", "api.vn", 80, "http", ["8.8.8.8"]),    # in the clear over the internet
        ("api.vn", "api.vn", 443, "ftp", ["8.8.8.8"]),
        ("api.vn", "api.vn", 443, "https", ["127.0.0.1"]),
        ("api.vn", "api.vn", 443, "https", ["10.0.0.7"]),
        ("api.vn", "api.vn", 443, "https", ["169.254.169.254"]),
        ("api.vn", "api.vn", 443, "https", ["::1"]),
        ("api.vn", "api.vn", 443, "https", ["::ffff:10.0.0.7"]),
        ("api.vn", "api.vn", 443, "https", ["0.0.0.0"]),
        ("api.vn", "api.vn", 443, "https", ["224.0.0.1"]),
        ("api.vn", "api.vn", 443, "https", ["8.8.8.8", "10.0.0.7"]),    # one good address beside a bad one
        ("api.vn", "api.vn", 443, "https", []),
        ("tax.vn=10.20.0.0/16", "tax.vn", 443, "https", ["10.21.0.1"]),
        ("tax.vn=10.20.0.0/16", "tax.vn", 443, "https", ["8.8.8.8"]),
    ],
)
def test_a_host_that_is_not_allowed_or_stands_elsewhere_is_not_called(hosts: str, name: str, port: int, scheme: str, found: list[str]) -> None:
    assert code(lambda: checked(parse_hosts(hosts), name, port, scheme, lambda *_: found)) == "http.host"


@pytest.mark.parametrize(
    ("hosts", "name", "port", "scheme", "found"),
    [
        ("api.vn", "API.vn", 443, "https", "8.8.8.8"), ("api.vn:8443", "api.vn", 8443, "https", "2606:4700::1"),
        ("tax.vn=10.20.0.0/16", "tax.vn", 80, "http", "10.20.3.4"), ("tax.vn=10.20.0.0/16", "tax.vn", 443, "https", "::ffff:a14:304"),
    ],
)
def test_a_host_where_it_may_be_is_called(hosts: str, name: str, port: int, scheme: str, found: str) -> None:
    assert checked(parse_hosts(hosts), name, port, scheme, lambda *_: [found]) == found


def test_nothing_is_waited_for_without_end() -> None:
    never = threading.Event()
    with pytest.raises(ServiceTimedOut):
        within(0.01, "slow", never.wait)
    never.set()
    with pytest.raises(ZeroDivisionError):
        within(5, "broken", lambda: 1 / 0)
    assert within(5, "quick", lambda: 7) == 7
