# What one does with this project. `make` lists it.

VENV := .venv
BIN := $(VENV)/bin
HOST := 127.0.0.1
PORT := 8000
PYTEST := $(BIN)/pytest --quiet --no-header -p no:cacheprovider
# Files begin in the order of tests/pace.py.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
# What asks nothing of the database would be the same again on another one: tests/conftest.py knows.
ASKS_DATABASE := --asks-database

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-development setup-semantic run demo test fuzz faults check style types templates rules whoosh3 bench bench-search lighthouse screens lock

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.ready-runtime ## Install what the program needs into .venv

setup-development: $(VENV)/.ready-development ## Install also what tests and checks need

setup-semantic: $(VENV)/.ready-semantic ## Install also what ranking by meaning needs

run: setup ## Serve on this machine; HOST= and PORT= change where
	@$(BIN)/commonplace serve --host $(HOST) --port $(PORT)

demo: setup ## Load the sample organisation and print its sign-ins
	@$(BIN)/commonplace demo
	@echo "Now: make run"

test: setup-development ## Run every test, on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.browser_setup || true
	$(PYTEST) $(SIDE_BY_SIDE) --database=sqlite
	$(PYTEST) $(SIDE_BY_SIDE) --database=postgresql $(ASKS_DATABASE)

fuzz: setup-development ## Ask the search engine thousands of odd questions, new ones each time
	FUZZ=long $(PYTEST) --timeout=0 tests/search/test_fuzz.py

check: setup-development $(VENV)-whoosh3/.ready-whoosh3 ## Check style, types, templates, house rules, and search on whoosh3
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target style types templates rules whoosh3

# What `check` is made of: each may be asked for alone, and two go at a time.
style: setup-development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .

types: setup-development
	$(BIN)/mypy

templates: setup-development
	$(BIN)/djlint templates --lint --quiet

rules: setup-development
	$(PYTEST) tests/house

whoosh3: setup-development $(VENV)-whoosh3/.ready-whoosh3
	$(VENV)-whoosh3/bin/pytest --quiet --no-header -p no:cacheprovider $(SIDE_BY_SIDE) tests/search

faults: setup-development ## Break it on purpose: kills, power cuts, damage, full disks, load (root; an hour)
	COMMONPLACE_TEST_FAULTS=long $(PYTEST) tests/faults -s

bench: setup ## Measure starting, posting, searching and pages on this machine
	@$(BIN)/commonplace bench product

bench-search: setup-development ## Measure our search beside other engines, 2,000 to 100,000 lessons
	@$(BIN)/commonplace bench search --sizes 2000,20000,100000 --against whoosh,fts5,tantivy

lighthouse: setup-development ## Measure pages as a slow phone loads them (needs node and chromium)
	@$(BIN)/python -m bench.browser.lighthouse

screens: setup-development ## Take the pictures of docs/screens
	@$(BIN)/python -m bench.browser.screens

lock: ## Choose and lock the newest versions that fit pyproject.toml (needs uv)
	@sh requirements/lock.sh

# ── How an environment is made ────────────────────────────────────────────────────────────────
# Once, and again when its requirements change. The development environment holds the runtime's.

$(VENV)/.ready-runtime: requirements/runtime.txt requirements/install.sh
	@sh requirements/install.sh $(VENV) $<
	@touch $@

$(VENV)/.ready-development: requirements/development.txt requirements/install.sh
	@sh requirements/install.sh $(VENV) $<
	@touch $(VENV)/.ready-runtime $@

$(VENV)/.ready-semantic: requirements/semantic.txt requirements/install.sh
	@sh requirements/install.sh $(VENV) $<
	@touch $(VENV)/.ready-runtime $@

$(VENV)-whoosh3/.ready-whoosh3: requirements/whoosh3.txt requirements/install.sh
	@sh requirements/install.sh $(VENV)-whoosh3 $<
	@touch $@
