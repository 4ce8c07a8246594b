"""Imports point inward, the pure folders do nothing but compute, and the core knows no field."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT / "core" / "wardflow"
WEB = ROOT / "webui" / "wardflow_web"
PLUGINS = ROOT / "plugins"
WF = "{http://wardflow.org/schema/bpmn}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
LONGEST = 400

PURE = ("domain", "feel", "dmn", "engine", "forms")

# Which parts of wardflow each part may import; everybody may import itself and the errors.
ACTS = {"adopted", "tables", "cases", "domain", "engine", "feel", "dmn", "forms", "packs", "permissions", "plugins", "offers", "rulings", "wording"}
MAY: Mapping[str, set[str]] = {
    "errors": set(),
    "plugin_errors": set(),
    "exchange_errors": set(),
    "domain": set(),
    "feel": {"domain"},
    "dmn": {"domain", "feel"},
    "engine": {"domain", "feel", "dmn"},
    "forms": {"domain", "feel"},
    "wording": {"domain"},
    "offers": {"domain"},
    "adopted": {"offers"},
    "watch": set(),
    "tables": {"adopted", "dmn", "domain", "offers"},
    "settled": set(),
    "rulings": {"domain", "offers", "watch"},
    "ruletable": {"catalog", "domain", "forms", "offers", "plugins", "rulebook", "wording"},
    "packaged": {"domain", "offers", "wording"},
    "rulebook": {"adopted", "domain", "forms", "offers", "rulings", "tables", "watch"},
    "hookspecs": {"offers"},
    "version": set(),
    "wheels": {"settings"},
    "authoring": set(),
    "inventory": {"domain", "offers", "rulebook"},
    "left_out": {"domain"},
    "plugins": {"adopted", "inventory", "left_out", "version", "watch", "domain", "hookspecs", "offers", "rulebook", "rulings"},
    "packs": {"domain", "engine", "feel", "dmn", "forms", "offers", "wording"},
    "cases": ACTS | {"settings"},
    "permissions": {"cases", "domain"},
    "store": {"adopted", "cases", "domain", "jobs"},
    "jobs": {"domain", "offers"},
    "documents": {"domain"},
    "notices": {"domain", "jobs"},
    "reports": {"cases", "domain", "offers", "store"},
    "families": ACTS | {"hookspecs"},
    "sandbox_bank": {"hookspecs", "offers", "settings"},
    "payment_errors": set(),
    "counter_errors": set(),
    "key_errors": set(),
    "settings": set(),
    "catalog": {"settings"},
    "packtests": {"catalog", "forms", "packs", "plugins", "wording"},
    "testing": ACTS | {"packtests", "ruletable"} | {"app", "catalog", "store", "settings"},
    "app": ACTS | {"store", "jobs", "documents", "notices", "settings", "catalog", "reports", "families", "sandbox_bank"},
    "demo": ACTS | {"app", "catalog", "settings", "store"},
    "serve": {"app", "cases", "wheels", "jobs", "plugins", "settings", "settled", "store"},
    "cli": ACTS | {"families", "app", "authoring", "wheels", "catalog", "demo", "serve", "settings", "store"},
    "__init__": {"hookspecs", "app", "version"},
}
# What pages may use: acts and what they hand out, never what keeps or runs cases.
PAGES = (
    ACTS | {"families", "settings", "catalog", "demo", "documents", "reports", "errors", "plugin_errors", "exchange_errors", "payment_errors", "counter_errors", "key_errors", "sandbox_bank"}
) - {"engine"}

# What a computation must not touch: files, network, processes, chance, the present moment.
IMPURE = {
    "asyncio", "glob", "http", "logging", "multiprocessing", "os", "pathlib", "secrets", "shutil", "signal", "socket",
    "sqlite3", "subprocess", "tempfile", "threading", "urllib", "time", "importlib",
}  # fmt: skip
# The one way in which a pure file may touch a file, with its reason.
EXCUSED = {("core/wardflow/engine/rules/__init__.py", "pathlib.Path"): "the BPMN schema that SpiffWorkflow ships, read once"}
MOMENTS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}

# Words of packs that are also words of the platform, each with the reason why a core file may say it.
COMMON = {
    "applicant": "whoever a case is for; every family has one",
    "assignment": "an element of BPMN: what a data association writes",
}


def sources(*folders: Path) -> list[Path]:
    return sorted(file for folder in folders for file in folder.rglob("*.py") if "node_modules" not in file.parts)


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module a file imports, with its line; names below a package count, for `from wardflow import store`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), file)


def part_of(file: Path) -> str:
    return file.relative_to(CORE).parts[0].removesuffix(".py")


def inner(module: str) -> str | None:
    """The part of wardflow that a module belongs to, or None outside wardflow."""
    package, _, rest = module.partition(".")
    return rest.split(".")[0] if package == "wardflow" else None


def test_no_relative_imports() -> None:
    relative = [
        f"{named(file)}:{node.lineno}"
        for file in sources(CORE, WEB, PLUGINS)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative, "\n" + "\n".join(relative)


def test_every_part_of_the_core_has_its_place_in_the_layers() -> None:
    assert {part_of(file) for file in sources(CORE)} <= MAY.keys()


def test_imports_point_inward() -> None:
    outward = []
    for file in sources(CORE):
        part = part_of(file)
        allowed = MAY.get(part, set()) | {part, "errors", "plugin_errors", "exchange_errors", "payment_errors", "counter_errors", "key_errors", "hookimpl", "__version__"}
        for module, line in imported(parsed(file)):
            used = inner(module)
            if used is not None and used not in allowed:
                outward.append(f"{named(file)}:{line} {part} imports {module}")
    assert not outward, "\n" + "\n".join(outward)


def test_the_core_imports_neither_pages_nor_plugins() -> None:
    plugins = {file.name for file in PLUGINS.glob("*/wardflow_*") if file.is_dir()}
    outward = [
        f"{named(file)}:{line} imports {module}"
        for file in sources(CORE)
        for module, line in imported(parsed(file))
        if module.split(".")[0] in plugins | {"wardflow_web", "flask", "werkzeug", "jinja2"}
    ]
    assert not outward, "\n" + "\n".join(outward)


def test_pages_call_acts_and_never_the_store() -> None:
    outward = [
        f"{named(file)}:{line} imports {module}"
        for file in sources(WEB)
        for module, line in imported(parsed(file))
        if (used := inner(module)) is not None and used not in PAGES
    ]
    assert not outward, "\n" + "\n".join(outward)


def test_a_plugin_imports_what_plugins_are_offered() -> None:
    offered = {"hookimpl", "offers", "domain", "errors", "packaged", "testing", "feel", "wording"}
    outward = [
        f"{named(file)}:{line} imports {module}"
        for file in sources(PLUGINS)
        for module, line in imported(parsed(file))
        if (used := inner(module)) is not None and used not in offered
    ]
    assert not outward, "\n" + "\n".join(outward)


def test_the_domain_imports_the_standard_library_alone() -> None:
    foreign = [
        f"{named(file)}:{line} imports {module}"
        for file in sources(CORE / "domain")
        for module, line in imported(parsed(file))
        if module.split(".")[0] not in sys.stdlib_module_names | {"wardflow"}
    ]
    assert not foreign, "\n" + "\n".join(foreign)


@pytest.mark.parametrize("part", PURE)
def test_a_pure_folder_only_computes(part: str) -> None:
    impure = []
    for file in sources(CORE / part):
        tree = parsed(file)
        impure += [
            f"{named(file)}:{line} imports {module}"
            for module, line in imported(tree)
            if module.split(".")[0] in IMPURE and (named(file), module) not in EXCUSED
        ]
        for node in ast.walk(tree):
            if isinstance(node, ast.Global):
                impure.append(f"{named(file)}:{node.lineno} holds global state")
            elif isinstance(node, ast.Call) and _touches_the_world(node.func):
                impure.append(f"{named(file)}:{node.lineno} {ast.unparse(node.func)}")
    assert not impure, "\n" + "\n".join(impure)


def _touches_the_world(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in ("open", "print", "input", "eval", "exec", "__import__")
    owner = called.value if isinstance(called, ast.Attribute) else None
    if not (isinstance(owner, ast.Name) and isinstance(called, ast.Attribute)):
        return False
    # Chance with a seed that is handed in is a computation like any other.
    return (owner.id, called.attr) in MOMENTS or (owner.id == "random" and called.attr != "Random")


def test_no_file_is_longer_than_anyone_reads() -> None:
    long = [
        f"{named(file)}: {count} lines"
        for file in sources(ROOT / "core", ROOT / "webui", PLUGINS, ROOT / "tests")
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert not long, "\n" + "\n".join(long)


# The core knows no field: what packs and plugins call things is searched for in every file of core/ outside families/.


@cache
def pack_files(pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(file for base in (ROOT / "workflows", PLUGINS) for file in base.rglob(pattern)))


def step_ids() -> dict[str, str]:
    """Each task of each diagram, with its file."""
    kinds = {f"{BPMN}{kind}" for kind in ("task", "userTask", "serviceTask", "callActivity")}
    return {
        element.get("id", ""): named(file)
        for file in pack_files("*.bpmn")
        for element in ElementTree.parse(file).iter()
        if element.tag in kinds
    }


def words_of_fields() -> dict[str, str]:
    """Each family, procedure code, role and unmistakable step id, with where it comes from."""
    words = {folder.name: "families/" for folder in (CORE / "families").glob("[!_]*") if folder.is_dir()}
    for file in pack_files("pack.toml"):
        words[tomllib.loads(file.read_text("utf-8"))["family"]] = named(file)
    for file in pack_files("procedures/*.toml"):
        words[tomllib.loads(file.read_text("utf-8"))["code"]] = named(file)
    for file in pack_files("*.bpmn"):
        roles = (element.get(f"{WF}role", "=") for element in ElementTree.parse(file).iter())
        words |= {role: named(file) for role in roles if not role.startswith("=")}
    words |= {step: source for step, source in step_ids().items() if re.search(r"[_\-.\d]|[a-z][A-Z]", step)}
    return {word: source for word, source in words.items() if word not in COMMON}


def test_there_are_packs_to_take_words_from() -> None:
    assert step_ids()
    assert words_of_fields()


def test_no_file_of_the_core_names_what_only_a_field_knows() -> None:
    words = words_of_fields()
    any_word = re.compile(rf"(?<![A-Za-z0-9])({'|'.join(map(re.escape, words))})(?![A-Za-z0-9])", re.IGNORECASE)
    said = [
        f"{named(file)}:{number} says {found[1]!r}, a word of {words.get(found[1].lower(), 'a pack')}"
        for file in sorted(CORE.rglob("*"))
        if file.suffix in {".py", ".toml", ".json", ".typ"} and "families" not in file.parts
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for found in any_word.finditer(line)
    ]
    assert not said, "\n" + "\n".join(said)


def test_no_file_of_the_core_asks_which_step_it_is_in() -> None:
    # A step called "check" shares its name with much else, so it is searched for where a node is compared with it.
    steps = step_ids()
    asked = [
        f"{named(file)}:{node.lineno} {ast.unparse(node)}"
        for file in sources(CORE)
        if "families" not in file.parts
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Compare) and "node" in ast.unparse(node)
        if any(isinstance(part, ast.Constant) and part.value in steps for part in ast.walk(node))
    ]
    assert not asked, "\n" + "\n".join(asked)
