"""The command for security keys: keys shows those of an account, or removes them where they are lost.

It imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, command
from wardflow.key_errors import LoginUnknown
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.store import Store


def add(commands: Commands) -> None:
    """Add `keys`."""
    made = command(commands, "keys", _keys, "show the security keys of an account, or remove them when all are lost")
    made.add_argument("login", metavar="LOGIN", help="the name one signs in with")
    made.add_argument("--remove", action="store_true", help="remove every key and recovery code, and end every session")
    made.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _keys(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.store import Store

    check_installed(settings)
    store = Store(settings.database, settings.secret())
    try:
        person = dict(store.accounts.logins()).get(options.login.strip().lower())
        if person is None:
            raise LoginUnknown(login=options.login)
        if options.remove:
            _remove(store, person)
        for key in store.security_keys.of(person):
            print(f"{key.name:<30} added {key.made_at:%Y-%m-%d} {f'used {key.used_at:%Y-%m-%d}' if key.used_at else ''}".rstrip())
    finally:
        store.close()
    return DONE


def _remove(store: Store, person: str) -> None:
    """Whoever has the lost key may have more: nothing that was open stays open."""
    from wardflow.cases.platform import present

    for key in store.security_keys.of(person):
        store.security_keys.remove(person, key.id)
    store.security_keys.keep_codes(person, ())
    store.accounts.sign_out(person, present())
