# Two commands do everything on a fresh machine with Python 3.11+: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What WeasyPrint needs of the system.
PANGO := $(BIN)/python -c 'import sys; from petitbleu.desk.adjudication.decisions.printing import missing; sys.exit(bool(missing()))'
PANGO_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core

.PHONY: run test test-full lint lint-client lint-python bench fuzz shard-check setup dev clean lock web-dev

run: $(VENV)/.run
	@$(BIN)/petitbleu dev client build
	$(BIN)/petitbleu serve --dev --data ./data --listen 127.0.0.1:8080

test: $(VENV)/.dev
	$(BIN)/python -m tests quick

test-full: $(VENV)/.dev
	$(BIN)/python -m tests full

# The server with the web client as it is being written: built again at each change.
web-dev: $(VENV)/.run
	@$(BIN)/petitbleu dev client watch & trap "kill $$!" EXIT; \
	  $(BIN)/petitbleu serve --dev --data ./data --listen 127.0.0.1:8080

# What looks at the web client and what looks at Python use a processor each.
lint: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs=2 --keep-going lint-client lint-python

lint-client: $(VENV)/.dev
	@$(BIN)/petitbleu dev client lint

lint-python: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/petitbleu dev bench all

fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz --minutes 10

# Statements that would ask more than one shard; takes from the list what was mended.
shard-check: $(VENV)/.dev
	$(BIN)/python -m tests.kit.shards

# Only prepares the virtual environment.
setup: $(VENV)/.run

# What a developer needs: the environment of the tests, and the hook that reads commit messages.
dev: $(VENV)/.dev
	@git config core.hooksPath .githooks

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "petitbleu needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 run"; exit 1; }
	$(PYTHON) -m venv $(VENV) \
	  || { echo "The venv module is missing: on Debian and Ubuntu install python3-venv"; exit 1; }

$(VENV)/.run: $(VENV)/bin/python requirements/run.txt pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@$(PANGO) || { [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null \
	    && { apt-get update -q; apt-get install -y -q $(PANGO_PACKAGES); } > /dev/null 2>&1 && $(PANGO); } \
	  || echo "Forms for authorities leave as text, not as PDF, until these packages are there: $(PANGO_PACKAGES)"
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Refreshes the lock files (needs pip-tools in the environment).
lock: $(VENV)/bin/python
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --allow-unsafe --no-header -o requirements/run.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --allow-unsafe --no-header --extra dev -o requirements/dev.txt pyproject.toml
	printf '%s\n' 'nats-py>=2.16' 'obstore>=0.12.1' | $(BIN)/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --allow-unsafe --no-header -c requirements/run.txt -o requirements/cluster.txt -

clean:
	rm -rf $(VENV) .clients client/node_modules client/.node src/petitbleu/appdoor/static .mypy_cache .ruff_cache .pytest_cache test-output
