# One place to start: `make` lists what can be done. Needs Python 3.11+ and make; the rest is set up on first use.
PYTHON ?= python3
BIN := .venv/bin
# the machine's own certificates, as pip and git use them: behind a company's proxy the ones built into uv do not do
UV := UV_SYSTEM_CERTS=1 VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv

.DEFAULT_GOAL := help
.PHONY: help run demo test check lint types imports golden eval bench lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

.venv/ready: requirements.lock pyproject.toml
	@echo "Setting up .venv (once; later runs start at once)…" >&2
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "PeelWatch needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) pip install --quiet --compile-bytecode --require-hashes --no-deps -r requirements.lock
	@$(UV) pip install --quiet --no-deps -e .
	@touch $@

run: .venv/ready ## watch the sources and answer; the terminal is the chat until a Telegram token is set
	@exec $(BIN)/peelwatch run

demo: .venv/ready ## replay some real weeks without a network, alerts shown in the terminal
	@exec $(BIN)/peelwatch demo

test: .venv/ready ## all tests
	@$(BIN)/python -m compileall -q app bot config inspections scrapers store
	@$(BIN)/python -m pytest

check: lint types imports test eval ## what CI runs: lint, types, import rules, tests, the reading figures

lint: .venv/ready ## ruff: style and mistakes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/ready ## mypy, strict
	@$(BIN)/mypy

imports: .venv/ready ## who may import whom
	@$(BIN)/lint-imports

golden: .venv/ready ## rewrite what the golden pages must read as, then fail, so that a person reads the diff
	@$(BIN)/python -m pytest tests/test_golden.py --golden -n 0

eval: .venv/ready ## precision and recall on the labelled releases, against the floors that only rise
	@$(BIN)/peelwatch eval tests/labelled --floors tests/labelled/floors.json

bench: .venv/ready ## start-up time, memory, releases classified and pages ingested per second
	@$(BIN)/peelwatch bench

lock: .venv/ready ## write requirements.lock anew from pyproject.toml
	@$(UV) export --quiet --no-emit-project --all-groups --format requirements-txt --output-file requirements.lock
	@rm -f uv.lock

clean: ## remove what was set up here
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
