"""Wardflow runs a city's procedures as BPMN files; departments extend it with the packages that hold their rules."""

from wardflow.hookspecs import hookimpl
from wardflow.version import __version__

__all__ = ["__version__", "hookimpl"]
