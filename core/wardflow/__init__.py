"""Wardflow runs a city's procedures as BPMN files; departments extend it with the packages that hold their rules."""

from wardflow.hookspecs import hookimpl

__version__ = "0.1.0"

__all__ = ["__version__", "hookimpl"]
