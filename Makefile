# Everything runs in .venv, which `make setup` makes; `make report` and `make test` make it when they need it.
.DEFAULT_GOAL := help
.PHONY: help setup report test test-long test-endurance mutation coverage same-bytes audit lint format check-format types imports site packages bench lock clean

VENV := .venv
STAMP := $(VENV)/set-up
# An environment whose interpreter is gone (a system upgrade) is no environment.
ifneq ($(shell $(VENV)/bin/python -c 'print("works")' 2>/dev/null),works)
$(shell rm -f $(STAMP))
endif
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --no-input -qq

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything at the locked versions (PYTHON=… chooses the interpreter)

# Again only when the lock or the project's own settings changed.
$(STAMP): requirements.lock pyproject.toml
	@tools/make_venv.sh $(VENV)
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

report: setup ## all of Gansu, seven configurations under forty sets of assumptions, with a report in English and Chinese
	@$(VENV)/bin/pyramid compare study=configurations

TEST := $(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile

test: setup ## the tests, less the long ones, on all cores; some eight minutes on two
	@$(TEST) -m "not long"

test-long: setup ## the long tests: studies stopped and resumed, pages in a browser, guides as printed; some fifteen minutes on two
	@$(TEST) -m long

mutation: setup ## small errors put into rules and measures, to see whether their tests notice (FILES=… some of them)
	@$(VENV)/bin/python -m tools.mutation $(FILES)

coverage: setup ## lines and branches that the tests run, rules as plain Python
	@NUMBA_DISABLE_JIT=1 $(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --quiet --cov --cov-report=term-missing:skip-covered

test-endurance: setup ## fifty kills, twenty times as many mutations, all provinces made of their sources, a run compiled in the ordinary way
	@PYRAMID_LONG=1 $(VENV)/bin/python -m pytest -s tests/experiments/studies/test_crashes.py tests/bad_input/test_mutations.py tests/sim/province/making/test_making.py tests/sim/compilation/test_part.py

OTHER := python3.13

same-bytes: setup ## compare hashes of a small study under this Python and another (OTHER=python3.13)
	@$(MAKE) --no-print-directory setup VENV=$(VENV)-other PYTHON=$(OTHER)
	@$(VENV)-other/bin/python -m tests.golden digests > $(VENV)-other/digests
	@$(VENV)/bin/python -m tests.golden digests | tee $(VENV)/digests
	@diff $(VENV)/digests $(VENV)-other/digests && echo "the same under $$($(VENV)-other/bin/python --version)"

audit: setup ## whether what is installed is what is locked, by hash, and fits together (no advisories are asked for)
	@$(VENV)/bin/python -m pip check
	@$(VENV)/bin/python -m pytest -q tests/security/test_dependencies.py

lint: setup ## ruff
	@$(VENV)/bin/ruff check .

format: setup ## reformat with ruff
	@$(VENV)/bin/ruff format .

check-format: setup ## tell whether `make format` would change anything
	@$(VENV)/bin/ruff format --check .

types: setup ## mypy
	@$(VENV)/bin/mypy

imports: setup ## import-linter: who may import whom
	@$(VENV)/bin/lint-imports --no-logo --no-cache

site: setup ## the documentation as pages that need no network, in site/ (a warning is an error)
	@$(VENV)/bin/sphinx-build --quiet --fresh-env --fail-on-warning --nitpicky docs site
	@echo site/index.html

packages: setup ## build wheel and sdist, and run a study from each under 3.12 and 3.13 (ALL=1: a missing Python is an error)
	@$(VENV)/bin/python -m tools.packages $(if $(ALL),--all)

# What is compared with is installed only to be compared with.
PEERS := $(VENV)/peers

$(PEERS): requirements-bench.lock $(STAMP)
	@$(PIP) install --require-hashes --no-deps --requirement requirements-bench.lock
	@touch $@

bench: $(PEERS) ## speed and memory, beside other engines (PARTS="peers agents model"; CIMBA_PREFIX=… for Cimba)
	@$(VENV)/bin/python -m bench $(PARTS)

COMPILE := $(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: ## renew the lock files within the ranges of pyproject.toml (UPGRADE=--upgrade moves pins)
	@$(PIP) install pip-tools
	@$(COMPILE) --extra cluster --extra studies --extra dev --extra docs $(UPGRADE) --output-file requirements.lock pyproject.toml
	@$(COMPILE) --extra bench $(UPGRADE) --constraint requirements.lock --output-file requirements-bench.lock pyproject.toml

clean: ## remove caches and build products; results and .venv stay
	@rm -rf build dist site .mutation .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
