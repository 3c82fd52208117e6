# Two commands for a newcomer: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
DEMO_ARGS ?=
# Where it is set, each of the many processes that tests start compiles the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-fast check bench mutate format clean
help: ## what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/ -/'

.venv/.sayso: pyproject.toml constraints.txt
	@test -d .venv || $(PYTHON) -m venv .venv
	@echo "Installing Sayso into .venv (once; about a minute)"
	@$(BIN)/pip install --quiet --disable-pip-version-check torch -c constraints.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: .venv/.sayso ## the whole product on a made-up village, then the site
	@$(BIN)/sayso demo $(DEMO_ARGS)

test: check ## every check and every test
	@$(BIN)/pytest -n 2 --dist loadfile

test-fast: .venv/.sayso ## the pure rooms only
	@$(BIN)/pytest tests/evidence tests/consent tests/redact tests/promises -q

check: .venv/.sayso ## format, lint, types, floors
	@$(BIN)/ruff format --check src tests benchmarks tagger
	@$(BIN)/ruff check src tests benchmarks tagger
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/.sayso ## measure against peers; writes benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

mutate: .venv/.sayso ## change the code in small ways; see whether a test notices
	@$(BIN)/pip install --quiet --disable-pip-version-check mutmut
	@$(BIN)/python -m benchmarks.mutating

format: .venv/.sayso ## put the code in its house style
	@$(BIN)/ruff check --fix src tests benchmarks tagger
	@$(BIN)/ruff format src tests benchmarks tagger

clean: ## remove what was installed and built
	@rm -rf .venv build dist
