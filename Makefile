PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: install fix check test test-slow demo

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

demo: ## build and validate the sample dataset
	$(BIN)/broadsheet build
	$(BIN)/broadsheet validate
