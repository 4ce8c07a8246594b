"""One way for each concern: a library is imported by the module that stands for it, and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("core/wardflow", "webui/wardflow_web", "plugins")

# concern, libraries, the only files or folders that may import them
CONCERNS = [
    ("reading and modelling BPMN", ("SpiffWorkflow",), ("core/wardflow/engine",)),
    ("the database", ("sqlalchemy", "alembic", "psycopg", "sqlite3"), ("core/wardflow/store", "core/wardflow/families/*/migrations", "plugins/*/wardflow_*/migrations")),
    ("pages", ("flask", "flask_wtf", "werkzeug", "jinja2", "wtforms"), ("webui/wardflow_web",)),
    ("plugins", ("pluggy",), ("core/wardflow/plugins.py", "core/wardflow/hookspecs.py")),
    ("versions of packages", ("packaging",), ("core/wardflow/plugins.py",)),
    ("papers", ("typst",), ("core/wardflow/documents/slips.py",)),
    ("QR codes", ("segno",), ("core/wardflow/documents/qr.py",)),
    ("sealing", ("cryptography",), ("core/wardflow/store/sealed.py",)),
    ("signing in elsewhere", ("authlib", "joserfc"), ("webui/wardflow_web/single_sign_on.py",)),
    ("security keys", ("webauthn",), ("webui/wardflow_web/key_ceremony.py",)),
    ("passwords", ("argon2",), ("core/wardflow/store/accounts.py",)),
    ("mail", ("smtplib", "email"), ("core/wardflow/notices",)),
    ("servers", ("gunicorn",), ("core/wardflow/serve.py",)),
    ("JSON Schema", ("jsonschema", "referencing"), ("core/wardflow/forms",)),
    ("public holidays", ("holidays",), ("core/wardflow/demo",)),
    ("XML", ("lxml",), ("core/wardflow/engine", "core/wardflow/dmn", "core/wardflow/packs")),
    ("Vietnamese dates and numbers", ("babel",), ("core/wardflow/wording", "webui/wardflow_web")),
    ("HTTP to others", ("requests", "urllib.request", "http.client", "httpx", "urllib3"), ("core/wardflow/jobs/services/http_call.py", "webui/wardflow_web/single_sign_on.py")),
    ("a look at the stored bytes of Python", ("pickle", "marshal", "shelve"), ()),
]


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Every node of every file, with the file's name."""
    files = [file for folder in CODE for file in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in file.parts]
    return tuple(
        (str(file.relative_to(ROOT)), node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), file))
    )


@cache
def imports() -> tuple[tuple[str, int, str], ...]:
    """Every module that is imported, with file and line."""
    return tuple((file, line, module) for file, node in nodes() for line, module in _modules(node))


def _modules(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Import):
        yield from ((node.lineno, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from ((node.lineno, name) for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))


@pytest.mark.parametrize(("concern", "libraries", "places"), CONCERNS, ids=[concern for concern, _, _ in CONCERNS])
def test_one_way(concern: str, libraries: tuple[str, ...], places: tuple[str, ...]) -> None:
    elsewhere = sorted(
        {
            f"{file}:{line} imports {module}"
            for file, line, module in imports()
            for library in libraries
            if (module == library or module.startswith(library + "."))
            and not any(fnmatch(file, place) or fnmatch(file, place + "/*") for place in places)
        }
    )
    assert not elsewhere, f"{concern} has one place, {', '.join(places) or 'none'}:\n" + "\n".join(elsewhere)


def test_xml_is_parsed_without_entities_and_without_network() -> None:
    safe = {("resolve_entities", "False"), ("no_network", "True")}
    options = {file for file, node in nodes() if isinstance(node, ast.Dict) and safe <= _pairs(node)}
    loose = [
        f"{file}:{node.lineno}"
        for file, node in nodes()
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("XMLParser")
        if not safe <= {(word.arg, ast.unparse(word.value)) for word in node.keywords}
        if not (file in options and any(word.arg is None for word in node.keywords))
    ]
    assert not loose


def _pairs(node: ast.Dict) -> set[tuple[str, str]]:
    return {(key.value, ast.unparse(value)) for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)}
