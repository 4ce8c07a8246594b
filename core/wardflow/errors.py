"""Every error Wardflow raises on purpose: one root, the docstring is the default message, facts are attributes."""

from __future__ import annotations

from typing import Any


class WardflowError(Exception):
    """Something could not be done."""

    def __init__(self, message: str | None = None, **facts: Any) -> None:
        """Facts become attributes, so that a page or a log can use them without reading the sentence."""
        self.facts = facts
        super().__init__(message or (type(self).__doc__ or "").split("\n")[0].format(**facts))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None
