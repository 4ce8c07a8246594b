"""Errors about security keys and whom they belong to, under the one root."""

from __future__ import annotations

from wardflow.errors import WardflowError


class LoginUnknown(WardflowError):
    """Nobody signs in as {login}."""


class KeyRefused(WardflowError):
    """The security key cannot be changed so: {why}."""
