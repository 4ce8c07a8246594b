"""Errors about what a counter takes in, enters afterwards and hands on, under the one root."""

from __future__ import annotations

from wardflow.errors import WardflowError


class BackEntryRefused(WardflowError):
    """This cannot be entered with that real time; the reason says why."""


class BundleUnknown(WardflowError):
    """There is no bundle {bundle}."""


class BundleRefused(WardflowError):
    """This bundle cannot be sent or confirmed; the reason says why."""
