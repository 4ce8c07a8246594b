"""Errors about packages of the departments, under the one root."""

from __future__ import annotations

from wardflow.errors import WardflowError


class TableUnknown(WardflowError, LookupError):
    """There is no decision table {table}; a rule asks one by the id that its plugin gives it."""


class TableRefused(WardflowError):
    """The file cannot stand in the place of the table {table}: {why}."""


class SettingUnknown(WardflowError, LookupError):
    """No plugin has a setting {key}."""


class PluginUnknown(WardflowError, LookupError):
    """No plugin {plugin} is installed; there are {known}."""


class PluginNeeded(WardflowError):
    """{plugin} cannot be changed so while cases need it: {needs}."""


class PluginRefused(WardflowError):
    """{wheel} was not installed: {why}."""


class PluginNameRefused(WardflowError):
    """{name} cannot name a plugin; use small letters, digits and _, beginning with a letter, such as veterinary."""


class BookFailed(WardflowError):
    """The book {book} could not enter what happened in case {case} ({error}), so nothing was done; its package must be mended."""


class RuleFailed(WardflowError):
    """The rule {rule} could not conclude, and the matter must not go on without it."""
