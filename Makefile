# Wardflow. Everything below needs Python 3.11 or newer with pip, and make; nothing else.

PYTHON  ?= $(shell command -v python3.11 || command -v python3)
VENV    ?= .venv
PORT    ?= 8000
DATA    ?= var
WORKERS ?= 2

PIP      = $(VENV)/bin/python -m pip --disable-pip-version-check --no-input install --quiet
PROJECTS = $(wildcard pyproject.toml hatch_build.py plugins/*/pyproject.toml webui/wardflow_web/assets/*.*)
PLUGINS  = $(patsubst %/pyproject.toml,-e %,$(wildcard plugins/*/pyproject.toml))

.DEFAULT_GOAL := help
.PHONY: help demo test check bench endurance clean

help:  ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/ready  ## Make a small city, once, and serve it (PORT=8000 DATA=var)
	@exec $(VENV)/bin/wardflow demo --port $(PORT) --data $(DATA)

test: check  ## Run every test, on SQLite and PostgreSQL, in a browser when Chromium is found (WORKERS=2)
	@$(VENV)/bin/pytest -n $(WORKERS) --dist worksteal

check: $(VENV)/ready-to-develop  ## Look for faults without running anything: ruff, then mypy
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

bench: $(VENV)/ready-to-develop  ## Measure a step, FEEL and a page beside the floors they stand on
	@$(VENV)/bin/pytest tests/benchmarks -n 0 -s

endurance: $(VENV)/ready-to-develop  ## Run the judged sizes: kills, random models, a million rows (long)
	@$(VENV)/bin/pytest tests/endurance -n 0 -s

clean:  ## Remove what was installed; the data stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(VENV)/bin/python $(PROJECTS)
	@echo "Installing into $(VENV), once ..."
	@$(PIP) -e . $(PLUGINS)
	@touch $@

$(VENV)/ready-to-develop: $(VENV)/bin/python $(PROJECTS)
	@echo "Installing into $(VENV) what the tests need, once ..."
	@$(PIP) -e ".[dev]" $(PLUGINS)
	@touch $@ $(VENV)/ready
