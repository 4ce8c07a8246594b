"""How the records are made of which one step makes fifty: frozen for the type checker, which is asked about every line of the platform.

A dataclass that also keeps itself frozen while it runs sets each field by a call; a completed step paid a twentieth of its time for that.
What rules of plugins are handed stays frozen for good: nobody asks the type checker about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen, slots):
        """The dataclass of a record, hashed by its values as a frozen one is."""
        return dataclass(slots=slots, unsafe_hash=frozen)
