"""Whose token a call carries."""

from __future__ import annotations

from wardflow.cases.exchange import ServiceAccount
from wardflow.cases.platform import Platform
from wardflow.exchange_errors import TokenRefused


def account_of(platform: Platform, token: str, name: str | None = None) -> ServiceAccount:
    """The account of a token, and of that name where one is given; TokenRefused for any other."""
    account = platform.store.service_accounts.of_token(token, platform.now()) if token else None
    if account is None or name not in (None, account.name):
        raise TokenRefused()
    return account
