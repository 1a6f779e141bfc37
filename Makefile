# The Python that makes .venv; from then on everything runs in it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Arguments for pytest, for instance: make test TESTS="tests/core -k clock"
TESTS ?=
# How many people the nation of the bench has.
PEOPLE ?= 100000

.DEFAULT_GOAL := help
.PHONY: help run test check bench lock screenshots format

help: ## Show what make can do here
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## Serve the product with its demonstration (HOST, PORT)
	@$(PYTHON) -m tools.install runtime
	@exec .venv/bin/python -m tools.run --host "$(HOST)" --port "$(PORT)"

test: ## Run all tests, on SQLite and on PostgreSQL (TESTS)
	@$(PYTHON) -m tools.install dev
	@.venv/bin/python -m tools.test $(TESTS)

check: ## Check style, types, imports, templates, spelling and the courses
	@$(PYTHON) -m tools.install dev
	@.venv/bin/python -m tools.check

bench: ## Measure, and print tables of ratios (PEOPLE)
	@$(PYTHON) -m tools.install dev
	@.venv/bin/python -m tools.bench --people "$(PEOPLE)"

format: ## Format the Python files
	@$(PYTHON) -m tools.install dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

lock: ## Renew the lock files
	@$(PYTHON) -m tools.install runtime
	@.venv/bin/python -m tools.lock

screenshots: ## Take pictures of the pages of the demonstration
	@$(PYTHON) -m tools.install dev
	@.venv/bin/python -m tools.screenshots
