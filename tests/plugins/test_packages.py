"""What holds for every package of the departments: its wheel, its packs, its procedures and its scenarios."""

from __future__ import annotations

import zipfile
from importlib import import_module
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from wardflow.catalog import city_folder, pack_folders
from wardflow.demo.city import read_city
from wardflow.rulebook import RULES
from wardflow.testing import at_work, faults, pack_faults, procedure_faults, scenario_faults
from wardflow.wording import LANGUAGES

HOME = Path(__file__).parents[2] / "plugins"
NAMES = sorted(file.parent.name for file in HOME.glob("*/pyproject.toml"))
each_package = pytest.mark.parametrize("name", NAMES)


def module(name: str) -> Any:
    """The module of a package with its hooks."""
    return import_module(f"wardflow_{name}")


def scenarios() -> list[Any]:
    """The scenarios that lie in a package and are played on the shipped process with its rules."""
    found = [(name, file) for name in NAMES for file in sorted((HOME / name).glob("wardflow_*/scenarios/*.yaml"))]
    return [pytest.param(name, file, id=f"{name} {file.stem}") for name, file in found]


def packs() -> list[Path]:
    """The packs of every package."""
    return [Path(str(folder)) for name in NAMES for folder in module(name).packs()]


@each_package
def test_nothing_a_package_reads_is_left_out_of_its_wheel(name: str, tmp_path: Path) -> None:
    home = HOME / name
    [built] = WheelBuilder(str(home)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        inside = set(wheel.namelist())
        entry = wheel.read(next(file for file in inside if file.endswith("entry_points.txt"))).decode()
    here = (path for path in home.rglob(f"wardflow_{name}/**/*") if path.is_file() and "__pycache__" not in path.parts)
    needed = {path.relative_to(home).as_posix() for path in here}
    assert len(needed) > 10 and needed <= inside
    assert "[wardflow]" in entry and f"{name} = wardflow_{name}" in entry


@each_package
def test_a_package_as_it_lies_there_has_no_faults(name: str) -> None:
    assert faults(module(name)) == []


@each_package
def test_the_package_its_rules_tables_and_thresholds_have_names_in_both_languages(name: str) -> None:
    plugins = at_work(module(name))
    [plugin] = plugins.installed
    codes = [f"plugins.called.{name}", f"{name}.title"]
    codes += [f"plugins.rule.{rule.id}" for hook in RULES for rule in plugin.offers[hook]]
    codes += [f"plugins.table.{table.id}" for table in plugin.offers["decision_tables"]]
    assert [(code, language) for language in LANGUAGES for code in codes if code not in plugins.translations(language)] == []
    schemas = {setting.key: setting.schema for setting in plugin.offers["settings"]}
    assert [key for key, schema in schemas.items() if not (schema.get("title") and schema.get("x-i18n", {}).get("en", {}).get("title"))] == []


@each_package
def test_no_name_is_left_of_a_rule_or_table_that_is_gone(name: str) -> None:
    [plugin] = at_work(module(name)).installed
    ids = {f"{name}.rule.{rule.id.partition('.')[2]}" for hook in RULES for rule in plugin.offers[hook]}
    ids |= {f"{name}.table.{table.id.partition('.')[2]}" for table in plugin.offers["decision_tables"]}
    words = plugin.offers["translations"]["vi"]
    assert {code for code in words if code.startswith((f"{name}.rule.", f"{name}.table."))} - ids == set()


@each_package
def test_every_rule_and_every_finding_names_the_text_it_rests_on(name: str) -> None:
    [plugin] = at_work(module(name)).installed
    assert [rule.id for hook in RULES for rule in plugin.offers[hook] if not rule.basis] == []


@each_package
def test_every_procedure_runs_on_a_process_with_its_steps_and_has_a_form_that_can_be_drawn(name: str) -> None:
    plugins = at_work(module(name))
    assert plugins.procedures() and procedure_faults(plugins) == []


@pytest.mark.parametrize("folder", packs(), ids=lambda folder: folder.name)
def test_a_pack_has_no_finding_and_goes_as_its_scenarios_say_past_every_element_and_flow(folder: Path) -> None:
    assert pack_faults(folder, {holding.role for holding in read_city(city_folder()).holdings}) == []


@pytest.mark.parametrize(("name", "file"), scenarios())
def test_a_scenario_goes_as_it_says_with_the_answers_of_its_own_rules(name: str, file: Traversable) -> None:
    dossier = next(folder for folder in pack_folders() if folder.name == "dossier")
    assert scenario_faults(at_work(module(name)), file, dossier) == []
