"""Administrative-procedure dossiers: what slips 01 to 06 and the decision say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardflow import hookimpl
from wardflow.families import sentences
from wardflow.families.dossier.slips import fill
from wardflow.offers import SlipFiller


@hookimpl
def slip_fillers() -> Sequence[SlipFiller]:
    """The papers of Annex I, Circular 03/2025/TT-VPCP."""
    return (SlipFiller("dossier", fill),)


@hookimpl
def translations() -> Mapping[str, Mapping[str, str]]:
    """What the family is called."""
    return sentences(__name__)
