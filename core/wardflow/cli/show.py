"""`wardflow demo`: a small city made once, then served, with the people one can be."""

from __future__ import annotations

import shutil
import time

from wardflow import demo
from wardflow.errors import NotTheDemo
from wardflow.serve import check_port, serve
from wardflow.settings import Settings

MARK = "demo-city"


def run_demo(settings: Settings) -> None:
    """Serve the demo city, made first when the data folder has none."""
    chosen = settings.but(demo=True)
    check_port(chosen)
    if not (chosen.data / MARK).exists():
        make(chosen)
    serve(chosen, ready=lambda: print(welcome(chosen), flush=True))


def make(settings: Settings) -> None:
    """Make the demo city in a data folder that is new or empty; anything else is `NotTheDemo`."""
    if settings.data.exists() and any(settings.data.iterdir()):
        raise NotTheDemo(folder=settings.data)
    print("Making the demo city, once ...", flush=True)
    begun = time.monotonic()
    # Made beside its place and moved there when whole: a half-made city, after Ctrl-C, is never served.
    draft = settings.data.absolute().with_name(settings.data.absolute().name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    count = demo.create(settings.but(data=draft, demo=True))
    (draft / MARK).write_text(f"{count}\n")
    if settings.data.exists():
        settings.data.rmdir()
    draft.replace(settings.data)
    print(f"... with {count} cases, in {time.monotonic() - begun:.0f} s, kept in {settings.data}", flush=True)


def welcome(settings: Settings) -> str:
    """What the terminal shows once the pages answer."""
    people = "\n".join(f"    {login:<14} {words}" for login, words in demo.personas(settings))
    return f"\n  Wardflow is at {settings.address}\n\n  You can be:\n{people}\n\n  Stop with Ctrl-C.\n"
