"""Commands for the accounts of other systems: tokens create, list, revoke.

Each command imports what it needs itself, so that `wardflow --help` answers at once.
"""

from __future__ import annotations

import argparse
import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wardflow.cli.shape import DONE, command
from wardflow.exchange_errors import GrantUnreadable
from wardflow.settings import Settings, check_installed

if TYPE_CHECKING:
    from wardflow.cli.shape import Commands
    from wardflow.store import Store

KINDS = ("topic", "message", "procedure")


def add(commands: Commands) -> None:
    """Add `tokens` with its own commands."""
    top = commands.add_parser("tokens", help="give other systems a token, list and revoke them")
    below = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = command(below, "create", _create, "make a service account and print its token, once")
    made.add_argument("name", metavar="NAME", help="name of the account, such as tax")
    made.add_argument("--unit", default="", metavar="UNIT", help="unit that receives the cases it opens")
    made.add_argument("--topic", action="append", default=[], metavar="TOPIC", help="work it may fetch and answer; * is all")
    made.add_argument("--message", action="append", default=[], metavar="NAME", help="message or signal it may send; * is all")
    made.add_argument("--procedure", action="append", default=[], metavar="CODE", help="procedure it may open cases of; * is all")
    made.add_argument("--days", type=int, default=0, metavar="N", help="days until the token ends (default: it does not)")
    gone = command(below, "revoke", _revoke, "end a token at once")
    gone.add_argument("name", metavar="NAME", help="name of the account")
    for one in (made, gone, command(below, "list", _list, "list the accounts and what each may touch")):
        one.add_argument("--data", type=Path, metavar="FOLDER", help="data folder (WARDFLOW_DATA)")


def _create(settings: Settings, options: argparse.Namespace) -> int:
    from wardflow.cases.exchange import ServiceAccount
    from wardflow.cases.platform import present

    grants = frozenset(f"{kind}:{name}" for kind in KINDS for name in getattr(options, kind))
    if not grants:
        raise GrantUnreadable()
    now, token = present(), f"wf_{secrets.token_urlsafe(32)}"
    ends = now + timedelta(days=options.days) if options.days > 0 else None
    with_store = _opened(settings)
    try:
        if options.unit:
            with_store.city.unit_number(options.unit)    # UnitUnknown for a unit the register does not know
        with_store.service_accounts.add(ServiceAccount(options.name, options.unit, grants, now, ends), token)
    finally:
        with_store.close()
    print(token)
    return DONE


def _revoke(settings: Settings, options: argparse.Namespace) -> int:
    store = _opened(settings)
    try:
        store.service_accounts.remove(options.name)
    finally:
        store.close()
    return DONE


def _list(settings: Settings, options: argparse.Namespace) -> int:
    store = _opened(settings)
    try:
        for account in store.service_accounts.all():
            ends = f"until {account.expires_at:%Y-%m-%d}" if account.expires_at else ""
            print(f"{account.name:<20} {account.unit:<20} {' '.join(sorted(account.grants))} {ends}".rstrip())
    finally:
        store.close()
    return DONE


def _opened(settings: Settings) -> Store:
    from wardflow.store import Store

    check_installed(settings)
    return Store(settings.database, settings.secret())
