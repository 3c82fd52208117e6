# Two commands for a newcomer: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
DEMO_ARGS ?=
# Where it is set, each of the many processes that tests start compiles the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-fast check bench mutate format clean
help: ## what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ -/'

INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.venv/.sayso: pyproject.toml constraints.txt
	@test -d .venv || $(PYTHON) -m venv .venv
	@echo "Installing Sayso into .venv (once; about a minute)"
	@$(INSTALL) torch
	@$(INSTALL) -e .
	@touch $@

.venv/.dev: .venv/.sayso
	@echo "Installing what the tests need (once; about a minute)"
	@$(INSTALL) -e '.[dev]'
	@touch $@

demo: .venv/.sayso ## the whole product on a made-up village, then the site
	@$(BIN)/sayso demo $(DEMO_ARGS)

test: check ## every check and every test
	@$(BIN)/pytest -n 2 --dist loadfile

test-fast: .venv/.dev ## the pure rooms only
	@$(BIN)/pytest tests/evidence tests/consent tests/redact tests/promises -q

check: .venv/.dev ## format, lint, types, floors
	@$(BIN)/ruff format --check src tests benchmarks tagger
	@$(BIN)/ruff check src tests benchmarks tagger
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/.dev ## measure against peers; writes benchmarks/RESULTS.md
	@$(INSTALL) -e '.[bench]'
	@$(BIN)/python -m benchmarks

mutate: .venv/.dev ## change the code in small ways; see whether a test notices
	@$(INSTALL) mutmut
	@$(BIN)/python -m benchmarks.mutating

format: .venv/.dev ## put the code in its house style
	@$(BIN)/ruff check --fix src tests benchmarks tagger
	@$(BIN)/ruff format src tests benchmarks tagger

clean: ## remove what was installed and built
	@rm -rf .venv build dist
