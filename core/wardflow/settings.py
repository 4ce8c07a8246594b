"""Everything an installation can be told from outside: one frozen dataclass, read from the environment once, at start."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields, replace
from datetime import time
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wardflow.errors import BadSetting, NothingInstalled

PREFIX = "WARDFLOW_"
SANDBOX = "sandbox"
"""The payment provider that ships and moves no money."""
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class Told:
    """What a setting means, and how its text is read."""

    meaning: str
    read: Callable[[str], Any] = str


def _truth(text: str) -> bool:
    if text.lower() not in TRUE + FALSE:
        raise ValueError("1 or 0 is expected")
    return text.lower() in TRUE


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("a number above 0 is expected")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number <= 3600:
        raise ValueError("seconds above 0 and up to 3600 are expected")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError("a port between 1 and 65535 is expected")
    return number


def _language(text: str) -> str:
    if text not in ("vi", "en"):
        raise ValueError("vi or en is expected")
    return text


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError("the name of a time zone such as Asia/Ho_Chi_Minh is expected") from unknown


def _hours(text: str) -> str:
    times = [time.fromisoformat(moment) for span in text.split() for moment in span.split("-", 1)]
    if not times or len(times) % 2 or times != sorted(set(times)):
        raise ValueError("spans in order such as 08:00-12:00 13:00-17:00 are expected")
    return text


def _hosts(text: str) -> str:
    for part in text.split():
        place, _, network = part.partition("=")
        name, _, port = place.partition(":")
        if not name or (port and _port(port) < 1) or (network and not ip_network(network)):
            raise ValueError("hosts such as api.example.vn tax.city.vn:8443=10.20.0.0/16 are expected")
    return text


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    if text and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "127.0.0.1"))):
        raise ValueError("an address such as https://id.city.vn is expected")
    return text.rstrip("/")


def _path(text: str) -> Path:
    return Path(text).expanduser()


@dataclass(frozen=True, slots=True)
class Settings:
    """What this installation was told; each field is the variable of the same name in capitals, after WARDFLOW_."""

    data: Annotated[Path, Told("folder of the database file, the attachments and the secret", _path)] = Path("var")
    database_url: Annotated[str, Told("database; empty is the SQLite file wardflow.db in the data folder")] = ""
    secret_file: Annotated[Path | None, Told("file of the secret; empty is secret in the data folder", _path)] = None
    workflows: Annotated[Path | None, Told("folder of process packs used instead of those shipped", _path)] = None
    schemas: Annotated[Path | None, Told("folder of shared schemas used instead of those shipped", _path)] = None
    language: Annotated[str, Told("language of a page before its reader chooses: vi or en", _language)] = "vi"
    timezone: Annotated[str, Told("time zone of dates and office hours", _zone)] = "Asia/Ho_Chi_Minh"
    office_hours: Annotated[str, Told("office hours of a working day", _hours)] = "08:00-12:00 13:00-17:00"
    code_prefix: Annotated[str, Told("first part of case codes: the city's code in the national list")] = "H26"
    demo: Annotated[bool, Told("1 lets everyone choose a persona without a password", _truth)] = False
    host: Annotated[str, Told("address the pages are served on")] = "127.0.0.1"
    port: Annotated[int, Told("port the pages are served on", _port)] = 8000
    public_url: Annotated[str, Told("address citizens see, printed in QR codes; empty is http://HOST:PORT")] = ""
    oidc_issuer: Annotated[str, Told("OpenID Connect provider beside local accounts, such as https://id.city.vn; empty is none", _issuer)] = ""
    oidc_client: Annotated[str, Told("client id at that provider")] = ""
    oidc_secret_file: Annotated[Path | None, Told("file of the client secret; empty is a public client", _path)] = None
    oidc_claim: Annotated[str, Told("claim that holds the login of an account; email counts only when it is verified")] = "email"
    session_hours: Annotated[int, Told("hours after signing in when one signs in again, whatever one does", _count)] = 12
    session_idle: Annotated[int, Told("minutes without a page after which one signs in again", _count)] = 120
    key_roles: Annotated[str, Told("roles, with spaces between, whose holders sign in with a security key beside the password")] = ""
    web_workers: Annotated[int, Told("processes that serve pages", _count)] = 2
    web_threads: Annotated[int, Told("requests each of them answers at once", _count)] = 4
    waiting_workers: Annotated[int, Told("workers of other systems that one process lets wait for work at once", _count)] = 8
    worker_poll: Annotated[float, Told("seconds the worker waits when nothing is due", _seconds)] = 1.0
    job_tries: Annotated[int, Told("times a job is tried before a person has to look at it", _count)] = 8
    message_days: Annotated[int, Told("days a message waits for its receiver, and its key is remembered", _count)] = 30
    ending_days: Annotated[int, Told("days before its end that a paper or a certificate is shown as ending", _count)] = 30
    payment_provider: Annotated[str, Told("id of the bank or gateway citizens pay through; sandbox moves no money; empty is none, in the demo sandbox")] = ""
    mail_server: Annotated[str, Told("HOST:PORT that takes mail; empty keeps messages in the data folder")] = ""
    mail_from: Annotated[str, Told("sender of mail")] = "wardflow@localhost"
    service_hosts: Annotated[str, Told("hosts that services may call, HOST or HOST:PORT=NETWORK for one inside the city", _hosts)] = ""
    service_headers: Annotated[Path | None, Told("TOML file of headers, a table a host, that calls carry, such as credentials", _path)] = None
    service_limit: Annotated[int, Told("largest answer of a service, in bytes", _count)] = 1024 * 1024
    upload_limit: Annotated[int, Told("largest attachment, in bytes", _count)] = 20 * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of this process; an unreadable value is a `BadSetting` that names the variable."""
        given = os.environ if environment is None else environment
        return cls(**{f.name: _read(f, given[variable(f.name)]) for f in fields(cls) if given.get(variable(f.name))})

    @property
    def database(self) -> str:
        """The database to open, written as SQLAlchemy expects it."""
        url = self.database_url or f"sqlite:///{self.data / 'wardflow.db'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def address(self) -> str:
        """The address a browser on this machine opens."""
        host = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host
        return f"http://{host}:{self.port}"

    @property
    def tracking_address(self) -> str:
        """The address citizens reach the platform at, without a slash at its end."""
        return (self.public_url or self.address).rstrip("/")

    @property
    def pays_through(self) -> str:
        """The id of the payment provider in use; empty for none."""
        return self.payment_provider or (SANDBOX if self.demo else "")

    @property
    def blobs(self) -> Path:
        """The folder of attachments and issued papers."""
        return self.data / "blobs"

    @property
    def oidc_secret(self) -> str | None:
        """The client secret at the OpenID Connect provider; None for a public client."""
        return self.oidc_secret_file.read_text("utf-8").strip() if self.oidc_secret_file else None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of dates and office hours."""
        return ZoneInfo(self.timezone)

    def headers_of_hosts(self) -> Mapping[str, Mapping[str, str]]:
        """The headers that calls of services carry, by host; a file that cannot be read is a `BadSetting`."""
        if self.service_headers is None:
            return {}
        try:
            tables = tomllib.loads(self.service_headers.read_text(encoding="utf-8"))
            return {host.lower(): {name: str(value) for name, value in table.items()} for host, table in tables.items()}
        except (OSError, ValueError, AttributeError) as wrong:
            raise BadSetting(variable=variable("service_headers"), why="it is not a TOML file with a table for each host") from wrong

    def secret(self) -> bytes:
        """The installation's secret: 32 bytes or more, made on first use, readable by its owner alone."""
        file = self.secret_file or self.data / "secret"
        if not file.exists():
            _keep_secret(file, secrets.token_bytes(32).hex())
        kept = file.read_text(encoding="ascii").strip()
        if len(kept) < 32:
            raise BadSetting(variable=variable("secret_file"), why=f"{file} holds fewer than 32 characters")
        return kept.encode("ascii")

    def but(self, **changes: Any) -> Settings:
        """These settings with some changed, as a command's options do."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def check_installed(settings: Settings) -> None:
    """Raise `NothingInstalled` where there is no database file yet."""
    if not settings.database_url and not (settings.data / "wardflow.db").exists():
        raise NothingInstalled(folder=settings.data)


def variable(name: str) -> str:
    """The environment variable a field is read from."""
    return PREFIX + name.upper()


def documented() -> tuple[tuple[str, str, str], ...]:
    """Every variable with its default and its meaning, in order, as the README's table shows them."""
    return tuple((variable(f.name), _shown(f.default), told(f.name).meaning) for f in fields(Settings))


def told(name: str) -> Told:
    """What is known of one field."""
    found: Told = get_type_hints(Settings, include_extras=True)[name].__metadata__[0]
    return found


def _shown(default: object) -> str:
    return "" if default is None else str(int(default) if isinstance(default, bool) else default)


def _read(known: Field[Any], text: str) -> Any:
    try:
        return told(known.name).read(text)
    except ValueError as wrong:
        raise BadSetting(variable=variable(known.name), why=str(wrong)) from wrong


def _keep_secret(file: Path, secret: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(secret + "\n")
    try:
        os.link(draft, file)    # fails when another process was first, so that every process reads the same secret
    except FileExistsError:
        pass
    finally:
        draft.unlink()
