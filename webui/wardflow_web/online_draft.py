"""Unfinished online sheets: whose they are, whom they are for, what they begin with, and what may be kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardflow import forms
from wardflow.packs import Online

from wardflow_web.earlier import Sources, own_sheet
from wardflow_web.online_sheet import OnlineSheet
from wardflow_web.proved import Filer
from wardflow_web.uploads import Files
from wardflow_web.visitor import actor, platform


def begun_with(made: OnlineSheet, who: Filer) -> tuple[Mapping[str, Any], Sources]:
    """What a new sheet holds: for an account, what is known of its holder; nothing for anybody else."""
    someone = actor()
    if someone is None or who.helps or made.procedure.online is Online.OPEN:
        return {}, {}
    begun = forms.defaults(made.schema, schemas=made.schemas) or {}
    value, sources = own_sheet(platform(), someone, made.procedure.code, begun)
    return (value, sources) if sources else ({}, {})


def keep(draft: str, who: Filer, code: str, value: Mapping[str, Any], files: Files, sources: Sources | None = None) -> None:
    """Keeps a sheet."""
    kept = {"procedure": code, "value": value, "files": files, "online": True, "earlier": sources or {}, "helps": who.helps}
    platform().store.intakes.save(draft, who.owner, kept, platform().now())


def open_part(made: OnlineSheet) -> Mapping[str, Any]:
    """What a draft may hold: sealed values are kept nowhere before the case is there."""
    opened, _closed = forms.split_sealed(made.schema, made.value, schemas=made.schemas)
    return opened if isinstance(opened, Mapping) else {}


def drafts_of(code: str, who: Filer | None) -> list[tuple[str, Any, str]]:
    """Unfinished sheets, with whom each is for where it is filled in for somebody else."""
    rows = platform().store.intakes.of(who.owner) if who else ()
    return [(id, at, _whose(kept)) for id, at, kept in rows if kept.get("online") and kept.get("procedure") == code]


def _whose(kept: Mapping[str, Any]) -> str:
    if not kept.get("helps"):
        return ""
    return str((kept["value"].get("applicant") or {}).get("full_name") or "…")
