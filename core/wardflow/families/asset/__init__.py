"""Surplus premises: the stock ledger whose balance always holds, and what may be handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from wardflow import hookimpl
from wardflow.families import sentences
from wardflow.families.asset import idleness, offices
from wardflow.families.asset.importing import COMMANDS
from wardflow.families.asset.ledger import BOOK
from wardflow.families.asset.rules import FIELD_RULES
from wardflow.offers import Book, Command, FieldRule, Setting


@hookimpl
def migrations() -> Sequence[Traversable]:
    """The tables of the stock ledger."""
    return (files(__name__).joinpath("migrations"),)


@hookimpl
def books() -> Sequence[Book]:
    """The stock ledger, which every act on a premises is entered into."""
    return (BOOK,)


@hookimpl
def field_rules() -> Sequence[FieldRule]:
    """No part larger than the whole, and nothing handed over beyond what was appraised."""
    return FIELD_RULES


@hookimpl
def settings() -> Sequence[Setting]:
    """From when on idle premises are told of, and when the offices of a commune are concentrated."""
    return (*idleness.SETTINGS, *offices.SETTINGS)


@hookimpl
def commands() -> Sequence[Command]:
    """`wardflow asset import FILE`."""
    return COMMANDS


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """What the ledger says, in both languages."""
    return sentences(__name__)
