PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

FUZZ_SECONDS ?= 60

.PHONY: install fix check test test-slow fuzz demo bench

install: ## set up $(VENV) with what was tested
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'

fix: ## format the code and mend what can be mended
	$(BIN)/ruff format scripts tests
	$(BIN)/ruff check --fix scripts tests

check: ## lint, types, import contract
	$(BIN)/ruff format --check scripts tests
	$(BIN)/ruff check scripts tests
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## everything that CI holds the tree to
	$(BIN)/pytest -n 2 -m 'not slow'

test-slow: ## the longer checks
	$(BIN)/pytest -m slow

fuzz: ## validate mutated packages for FUZZ_SECONDS; what goes wrong is kept in build/fuzz
	$(BIN)/python -m tests.fuzz.run --seconds $(FUZZ_SECONDS)

demo: ## build and validate the sample dataset
	$(BIN)/broadsheet build
	$(BIN)/broadsheet validate

bench: ## measure builds of made-up corpora (docs/performance.md), and plot what was measured
	rm -f build/bench/results.json
	$(BIN)/python -m bench.build 2000 20000 200000 --words 120 --json build/bench/results.json
	$(BIN)/python -m bench.build 2000 --second 3
	$(BIN)/python -m bench.plot build/bench/results.json docs/performance.svg
