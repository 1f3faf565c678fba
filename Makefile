# Everything a person needs: `make demo` to try it, `make test` to test it. Both set up what they
# need in .venv the first time, from a Python 3.11 or later with the venv module.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := bot core storage adapters tests tools
NODE_FOLDERS := tests/browser tests/playground tests/slack/emulate tests/teams_package
ARGS ?=

# The first of these that is new enough; `make PYTHON=/path/to/python` names the one to use.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
SUITS := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

.PHONY: help demo test check format-check lint types imports words-check words format bench browser clean

help:
	@echo "make demo     try Hourbridge in the browser, with sample people (ARGS=\"--port 8080\")"
	@echo "make test     the whole test suite (ARGS=\"tests/core -k name\")"
	@echo "make check    format, lint, types, architecture, translations"
	@echo "make format   put the code into its format"
	@echo "make words    bring the Welsh catalogue up to date with the code"
	@echo "make bench    measure; writes var/bench.json"
	@echo "make browser  install what the browser tests need (Node.js 20 or later)"
	@echo "make clean    remove .venv, node_modules and caches"

demo: $(READY)
	@$(BIN)/hourbridge demo $(ARGS)

test: $(READY)
	@$(BIN)/python -m tests.requirements
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: format-check lint types imports words-check

format-check: $(READY)
	$(BIN)/ruff format --check $(SOURCES)

lint: $(READY)
	$(BIN)/ruff check $(SOURCES)

types: $(READY)
	$(BIN)/mypy --strict $(SOURCES)

imports: $(READY)
	$(BIN)/lint-imports --no-logo

words-check: $(READY)
	$(BIN)/python -m tools.words check

words: $(READY)
	@$(BIN)/python -m tools.words extract

format: $(READY)
	@$(BIN)/ruff check --select I --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: $(READY)
	@mkdir -p var
	@$(BIN)/python -m tests.bench $(ARGS)

browser: $(NODE_FOLDERS:%=%/node_modules/.package-lock.json)

tests/%/node_modules/.package-lock.json: tests/%/package.json tests/%/package-lock.json
	@echo "Installing the Node packages of tests/$*"
	@cd tests/$* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Done again only when the lock or the project file changes.
$(READY): requirements.lock pyproject.toml
	@python=; if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	    for candidate in $(PYTHONS); do \
	        if "$$candidate" -c "$(SUITS)" >/dev/null 2>&1; then python="$$candidate"; break; fi; \
	    done; \
	    if [ -z "$$python" ]; then \
	        echo "Hourbridge needs Python 3.11 or later with its venv module, and found none." >&2; \
	        echo "On Debian or Ubuntu: sudo apt install python3-venv" >&2; \
	        echo "If it is somewhere else: make PYTHON=/path/to/python3.11" >&2; \
	        exit 1; \
	    fi; \
	    "$$python" -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing the Python packages into $(VENV) (a minute or two, the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

clean:
	rm -rf $(VENV) $(NODE_FOLDERS:%=%/node_modules) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
