"""Signing in at the city's provider: a real one on this machine, with state, nonce, PKCE and a signed token."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from wardflow.domain.register import Holding, Unit
from wardflow_web import create_app


class Provider:
    """An OpenID Connect provider on loopback; `claims` are what it says of whoever signs in, `change` spoils an answer."""

    def __init__(self) -> None:
        self.key, self.published = RSAKey.generate_key(2048, {"kid": "1"}), None
        self.claims: dict[str, Any] = {"sub": "u-1", "email": "chi", "email_verified": True}
        self.change: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked = 0
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say(provider.metadata() if "well-known" in self.path else {"keys": [provider.public()]})

            def do_POST(self) -> None:
                asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                answer = provider.token({name: values[0] for name, values in asked.items()}, self.headers["Authorization"] or "")
                self._say(answer, 200 if "id_token" in answer else 400)

            def _say(self, value: dict[str, Any], status: int = 200) -> None:
                provider.asked += 1
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                """Keeps the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize", "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys", "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip

    def public(self) -> dict[str, Any]:
        return dict((self.published or self.key).as_dict(private=False))

    def authorize(self, address: str) -> str:
        """Signs the reader in and gives the address they are sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code" and asked["nonce"] and asked["state"]
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?code={code}&state={asked['state']}"

    def token(self, asked: dict[str, str], authorization: str) -> dict[str, Any]:
        held = self.codes.pop(asked.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        basic = "Basic " + base64.b64encode(b"wardflow:secret").decode()
        if held is None or proof != held["code_challenge"] or authorization != basic:
            return {"error": "invalid_grant"}
        now = int(time.time())
        said = {"iss": self.address, "aud": "wardflow", "iat": now, "exp": now + 60, "nonce": held["nonce"], **self.claims, **self.change}
        return {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode({"alg": "RS256", "kid": "1"}, said, self.key)}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def city(platform, provider, tmp_path):
    """The pages of a city with a provider."""
    secret = tmp_path / "oidc-secret"
    secret.write_text("secret\n")
    settings = replace(platform.settings, oidc_issuer=provider.address, oidc_client="wardflow", oidc_secret_file=secret)
    return create_app(replace(platform, settings=settings))


@pytest.fixture
def arrive(city, browser, provider):
    """A browser that pressed the button, signed in at the provider and comes back."""
    kind = type(browser())

    def arrived(next_page: str = "", state: str = ""):
        page = kind(city.test_client())
        assert "Đăng nhập bằng tài khoản của Thành phố" in page.open("/sign-in")
        sent = page.client.get("/sign-in/elsewhere", query_string={"next": next_page}).headers["Location"]
        assert sent.startswith(f"{provider.address}/authorize?")
        back = provider.authorize(sent)
        page.open(back.rpartition("state=")[0] + f"state={state}" if state else back)
        page.back = back
        return page

    return arrived


def test_an_account_is_found_by_the_verified_claim(arrive) -> None:
    page = arrive()
    assert page.place == "/desk" and "Lê Thị Chi" in page.text


def test_the_reader_comes_back_to_the_page_they_wanted_and_to_no_other_site(arrive) -> None:
    assert arrive("/account").place == "/account"
    assert arrive("https://elsewhere.example/").place == "/desk"


def test_after_signing_in_the_desk_and_a_claim_ask_the_provider_nothing(arrive, provider, platform, case) -> None:
    units = tuple(Unit(f"unit-{number}", f"Đơn vị {number}", f"Unit {number}", "office", "commune", "east") for number in range(300))
    platform.store.city.save(units, holdings=tuple(Holding("chi", "expert", unit.id) for unit in units))
    provider.claims["groups"] = [f"group-{number}" for number in range(300)]
    page = arrive()
    asked = provider.asked
    assert asked > 0
    task = platform.store.papers.tasks(case.case_id)[-1].task
    assert case.code in page.open("/desk?view=queue")
    page.post("/desk", claim=f"{case.case_id}/{task}")
    assert platform.store.papers.tasks(case.case_id)[-1].person == "chi"
    assert page.open(f"/cases/{case.code}/tasks/{task}") and page.status == 200
    assert provider.asked == asked


def test_an_address_that_was_not_verified_opens_nothing(arrive, provider) -> None:
    provider.claims["email_verified"] = False
    page = arrive()
    assert page.place == "/sign-in" and "Chưa đăng nhập được" in page.text


def test_somebody_without_an_account_is_refused_in_the_same_words(arrive, provider) -> None:
    provider.claims["email"] = "khong-ai@example.org"
    page = arrive()
    assert page.place == "/sign-in" and "Chưa đăng nhập được" in page.text


def test_a_subject_stays_with_its_account_and_a_name_given_anew_opens_nothing(arrive, provider) -> None:
    assert arrive().place == "/desk"
    provider.claims.update(email="doi-ten@example.org")
    assert arrive().place == "/desk"
    provider.claims.update(sub="u-2", email="chi")
    assert arrive().place == "/sign-in"


@pytest.mark.parametrize(
    "spoiled",
    [{"nonce": "another"}, {"aud": "somebody-else"}, {"iss": "https://elsewhere.example"}, {"exp": 1}, {"sub": ""}],
    ids=["nonce", "audience", "issuer", "expired", "no subject"],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(arrive, provider, spoiled) -> None:
    provider.change = spoiled
    assert arrive().place == "/sign-in"


def test_a_token_signed_by_another_key_is_refused(arrive, provider) -> None:
    provider.published = RSAKey.generate_key(2048, {"kid": "1"})
    assert arrive().place == "/sign-in"


def test_a_state_that_this_browser_did_not_ask_with_is_refused(arrive) -> None:
    assert arrive(state="made-up").place == "/sign-in"


def test_an_answer_is_worth_something_once(arrive) -> None:
    page = arrive()
    page.post("/sign-out")
    page.open(page.back)
    assert page.place == "/sign-in"


def test_a_provider_that_does_not_answer_leaves_the_password(city, browser, provider) -> None:
    provider.server.shutdown()
    provider.server.server_close()
    page = type(browser())(city.test_client())
    text = page.open("/sign-in/elsewhere")
    assert page.place == "/sign-in" and "Chưa đăng nhập được" in text and "Mật khẩu" in text


def test_without_a_provider_there_is_no_such_way_in(browser) -> None:
    page = browser()
    assert "tài khoản của Thành phố" not in page.open("/sign-in")
    page.open("/sign-in/elsewhere")
    assert page.status == 404
