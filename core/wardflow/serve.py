"""The processes of an installation: gunicorn in front, one worker child beside it, both gone when either is asked to stop."""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]    # gunicorn ships no types
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]    # as above

from wardflow import app
from wardflow.cases.platform import present
from wardflow.errors import PortBusy
from wardflow.jobs import run_worker
from wardflow.settings import Settings, check_installed, variable
from wardflow.settled import settle
from wardflow.store import Store
from wardflow.wheels import pid_file

# The one place where the platform names its pages. It is a name, not an import, because core/ knows nothing of Flask.
WEB_PACKAGE = "wardflow_web"
STOP_SECONDS = 8
RESTART_SECONDS = 2
SETTLED_SECONDS = 120    # by then people have opened most of what they work with
POLITE = 5    # the worker beside the pages leaves them the processor when both want it: people wait for pages
CHILD_OF = variable("child_of")    # tells a worker who started it


def serve(settings: Settings, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve pages and run the worker until Ctrl-C or SIGTERM; `ready` is called once the address answers."""
    check_installed(settings)
    check_port(settings)
    importlib.import_module(WEB_PACKAGE)    # once here, so that the page processes share it
    Supervisor(Pages(settings, ready), WorkerChild(settings)).run()


def work(settings: Settings, concurrency: int = 1) -> None:
    """Run one worker in this process, with so many jobs at once, until Ctrl-C, SIGTERM or the end of the process that started it."""
    check_installed(settings)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if os.environ.get(CHILD_OF):
        os.nice(POLITE)
        threading.Thread(target=_watch_parent, args=(int(os.environ[CHILD_OF]), stop), daemon=True).start()
    store = Store(settings.database, settings.secret())
    platform = app.assemble(settings, store, now=present, plugins=app.load_plugins(settings))
    try:
        run_worker(app.workplace(platform, store), stop, poll=settings.worker_poll, concurrency=concurrency)
    finally:
        store.close()


def check_port(settings: Settings) -> None:
    """Raise `PortBusy` when another program already listens where the pages should be served."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as refused:
            if refused.errno != errno.EADDRINUSE:
                raise
            other = settings.port + 1 if settings.port < 65535 else 8000
            raise PortBusy(host=settings.host, port=settings.port, other=other) from refused


class Pages(BaseApplication):    # type: ignore[misc]    # gunicorn ships no types
    """The pages as gunicorn runs them; each of its processes builds a platform of its own."""

    def __init__(self, settings: Settings, ready: Callable[[], None]) -> None:
        self.settings, self.ready = settings, ready
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn what the settings say; its own environment variables and files are not read."""
        chosen = {
            "bind": f"[{self.settings.host}]:{self.settings.port}" if ":" in self.settings.host else
            f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.web_workers,
            "threads": self.settings.web_threads + self.settings.waiting_workers,
            "worker_class": "gthread",
            "graceful_timeout": STOP_SECONDS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "wardflow",
            "pidfile": str(pid_file(self.settings)),
            "when_ready": lambda _: self.ready(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application over a platform built in this process, so that no connection crosses a fork."""
        pages = pkgutil.resolve_name(f"{WEB_PACKAGE}:create_app")(app.build(self.settings))
        settle()
        later = threading.Timer(SETTLED_SECONDS, settle)    # packs and forms are read when they are first asked for
        later.daemon = True
        later.start()
        return pages


class WorkerChild:
    """The worker process beside the pages: started, started again when it dies, stopped with them."""

    def __init__(self, settings: Settings) -> None:
        self._environment = {**os.environ, **environment(settings), CHILD_OF: str(os.getpid())}
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = time.monotonic() + 1    # the pages come first, someone is waiting for them

    def keep(self) -> None:
        """Start the worker when none runs, at most once every few seconds."""
        running = self._process is not None and self._process.poll() is None
        if running or time.monotonic() < self._not_before:
            return
        self._not_before = time.monotonic() + RESTART_SECONDS
        command = [sys.executable, "-m", "wardflow.cli", "worker"]
        self._process = subprocess.Popen(command, env=self._environment, start_new_session=True)

    def stop(self) -> None:
        """Let the worker finish the act it is in, then end it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Supervisor(Arbiter):    # type: ignore[misc]    # gunicorn ships no types
    """Gunicorn's master, which also keeps the worker child."""

    def __init__(self, pages: Pages, child: WorkerChild) -> None:
        self.child = child
        super().__init__(pages)

    def manage_workers(self) -> None:
        """Keep the page processes as gunicorn does, and the worker child."""
        super().manage_workers()
        self.child.keep()

    def reload(self) -> None:
        """Replace the page processes one by one and the worker child, so that all take up what is installed now."""
        importlib.invalidate_caches()
        super().reload()
        self.child.stop()

    def stop(self, graceful: bool = True) -> None:
        """Stop the page processes, then the worker child."""
        try:
            super().stop(graceful)
        finally:
            self.child.stop()


def environment(settings: Settings) -> dict[str, str]:
    """The settings as variables for a child process."""
    given = {name: value for name, value in asdict(settings).items() if value not in (None, "")}
    return {variable(name): str(int(value) if isinstance(value, bool) else value) for name, value in given.items()}


def _watch_parent(parent: int, stop: threading.Event) -> None:
    # A killed parent sends no signal; without this look its worker would go on beside the one of the next start.
    while not stop.wait(1):
        if os.getppid() != parent:
            stop.set()
