# Isopolis. `make help` lists the targets. Everything lives in an environment of the project's own.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000
# A file of tests stays with one worker: what it starts once is started once.
WORKERS ?= -n 2 --dist loadfile
export ISOPOLIS_HOME ?= var

.DEFAULT_GOAL := help
.PHONY: help run serve data test check quick lint types layers docs wheel bench format clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-8s %s\n", $$1, $$2}'

# The stamp holds when pyproject.toml is unchanged: a second run installs nothing.
$(VENV)/.installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed and was not found: apt install python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 13)))' || \
	  { echo "$(PYTHON) is not Python 3.11 or 3.12; say which with make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || sh .ci/environment "$(PYTHON)" "$(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

run: $(VENV)/.installed data ## Set up, build, answer one sample idea, then serve on http://127.0.0.1:8000
	$(BIN)/isopolis serve --host $(HOST) --port $(PORT) --sample

data: $(VENV)/.installed ## Build the snapshot and the index; only what changed is done again
	$(BIN)/isopolis build
	$(BIN)/isopolis index

serve: $(VENV)/.installed ## Serve what was built
	$(BIN)/isopolis serve --host $(HOST) --port $(PORT)

test: $(VENV)/.installed ## Set up and run the whole test suite
	$(BIN)/pytest $(WORKERS) --durations=15

check: lint types layers docs wheel quick ## Lint, types, import contracts, docs, packaging, and all but the slow tests

quick: $(VENV)/.installed
	$(BIN)/pytest -q $(WORKERS) -m "not slow"

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

layers: $(VENV)/.installed
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.installed
	$(BIN)/pytest -q tests/test_docs.py tests/test_layout.py

wheel: $(VENV)/.installed ## Build the wheel, install it elsewhere and import it from another directory
	sh .ci/wheel "$(CURDIR)/$(BIN)/python"

bench: $(VENV)/.installed data ## Print speed as ratios, measured in one run
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.recall
	$(BIN)/python -m bench.scale

format: $(VENV)/.installed ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what was built (not the environment)
	rm -rf var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
