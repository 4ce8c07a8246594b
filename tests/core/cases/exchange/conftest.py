"""Packs of one small diagram each, written in the test, and the accounts of other systems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from wardflow.cases.exchange import ServiceAccount
from wardflow.domain.register import Authority
from wardflow.packs import Pack

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="http://wardflow.org/schema/bpmn" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'targetNamespace="urn:t">{declared}<bpmn:process id="{id}" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'
)
SETTINGS = 'id = "{id}"\ntitle = "{id}"\nfamily = "permit"\nopeners = ["counter"]\nheads = ["signer"]\n'
RECORD = 'code = "{code}"\nname = "{code}"\npack = "{id}"\nprocess = "{id}"\nlevel = "commune"\ntime_limit = "5 wd"\n'


@pytest.fixture
def publish(town: Town) -> Callable[..., None]:
    """Publishes a pack of one diagram, which the procedures named run."""

    def made(id: str, body: str, declared: str = "", codes: tuple[str, ...] = (), form: str = "", more: str = "") -> None:
        diagram = HEAD.format(id=id, body=body, declared=declared)
        files = {"pack.toml": (SETTINGS.format(id=id) + more).encode(), f"{id}.bpmn": diagram.encode()}
        if form:
            files["forms/form.json"] = form.encode()
        for code in codes or (id,):
            record = RECORD.format(code=code, id=id) + ('form = "forms/form.json"\n' if form else "")
            files[f"procedures/{code}.toml"] = record.encode()
        pack = Pack(files, id)
        platform = town.platform
        platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
        platform.store.city.save(authorities=[Authority(code, "commune", None, "Luật thử", date(2025, 7, 1)) for code in codes or (id,)])

    return made


@pytest.fixture
def account(town: Town) -> Callable[..., ServiceAccount]:
    """The account of another system at the north counter."""

    def made(*grants: str, name: str = "tax") -> ServiceAccount:
        return ServiceAccount(name, "north.point", frozenset(grants), town.moment.now)

    return made
