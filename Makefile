# Everything a clone can do, one word each. `make help` lists the words; each installs what it needs the first time.

VENV ?= .venv
# Datasette is compared with us from an environment of its own, so that its pins and ours need not agree.
BENCH_VENV ?= .venv-bench
HOST ?= 127.0.0.1
PORT ?= 8000
# `make test ARGS="-k chain -x"` hands words on to pytest.
ARGS ?=
# How many processes share the tests, each with databases of its own; logical: as many as there are processors.
WORKERS ?= logical
# What `make fuzz` has tried: it goes on from there; remove it to begin anew.
FUZZED ?= build/fuzzed.jsonl

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
TYPED := provenance api migrations tests benchmarks docs

# A version manager may leave a `python3.11` on the path that cannot run, so each candidate is asked, not only found.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test static check format screenshots bench reliability fuzz score eval lock audit sbom wheel clean

help: ## List these words.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/run.stamp ## Install, migrate, load the story and serve it on 127.0.0.1:8000 (HOST=, PORT= change that).
	$(BIN)/provenance serve --demo --host $(HOST) --port $(PORT)

# Tests start many programs, each of which would compile all of ours anew where nothing compiled may be kept.
test: $(VENV)/dev.stamp ## Run all tests, on SQLite and on PostgreSQL (ARGS= goes to pytest).
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

static: $(VENV)/dev.stamp ## Check format, lint, strict types and that generated docs are fresh; run nothing.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(TYPED)
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m docs.client_words --check

check: static test ## Do `static`, then `test`, which holds the import layers too: green before every commit.

format: $(VENV)/dev.stamp ## Format the code, apply lint's safe fixes and write the generated docs anew.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python docs/generate.py
	$(BIN)/python -m docs.client_words

screenshots: $(VENV)/dev.stamp ## Take the pictures of all pages into docs/pages/ and write docs/pages.md (ARGS="--only home").
	$(BIN)/python -W "ignore:XDG_RUNTIME_DIR is not set" -m docs.screenshots $(ARGS)

bench: $(VENV)/dev.stamp $(BENCH_VENV)/bench.stamp ## Measure the trace against an empty endpoint, Datasette and an ORM.
	$(BIN)/python -m benchmarks --datasette $(BENCH_VENV)/bin/python $(ARGS)

reliability: $(VENV)/dev.stamp ## Kill the server, crowd it, restore it, and keep the figures for docs/reliability.md.
	$(BIN)/python -m benchmarks.reliability all --warm --life 4 --keep $(ARGS)

fuzz: $(VENV)/dev.stamp ## Ask each operation what it allows and what it forbids, by everybody (ARGS="--examples 20" for less).
	$(BIN)/python -m benchmarks.reliability fuzz --minutes 600 --journal $(FUZZED) --keep $(ARGS)

score: $(VENV)/dev.stamp ## Hold the drift that is found in the story to a reader's key (ARGS=--write for the page).
	$(BIN)/python -m benchmarks.drift $(ARGS)

eval: $(VENV)/dev.stamp ## Hold what is read out of articles to gold, each measure to its floor (ARGS=--details, --raise).
	$(BIN)/python -m benchmarks.extraction $(ARGS)

lock: $(VENV)/dev.stamp ## Write requirements/*.lock anew from the pins in pyproject.toml (ARGS=--upgrade for newer ones).
	$(call compile,runtime,)
	$(call compile,build,--extra build)
	$(call compile,dev,--extra dev)
	$(BIN)/uv pip compile $(UNIVERSAL) $(ARGS) --output-file benchmarks/requirements.lock benchmarks/requirements.in

audit: $(VENV)/dev.stamp ## Hold every locked package against published advisories; one that cannot be asked about fails it.
	@for lock in runtime dev; do \
		$(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off --requirement requirements/$$lock.lock $(ARGS) \
			|| { echo "requirements/$$lock.lock was not found clean; docs/advisories.md says what is known without a network."; exit 1; }; \
	done

sbom: $(VENV)/dev.stamp ## Write what the program is made of to dist/sbom.json (CycloneDX), the same for the same lock.
	@mkdir -p dist
	$(BIN)/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --mc-type application \
		--output-reproducible --short-PURLs --validate --of JSON --output-file dist/sbom.json requirements/runtime.lock
	@echo "dist/sbom.json: $$(grep -c '"purl"' dist/sbom.json) packages"

wheel: $(VENV)/run.stamp ## Build the wheel into dist/.
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean: ## Remove the virtual environment, what was built and all caches; a database stays.
	rm -rf $(VENV) $(BENCH_VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is younger than what it was made from, so a second `make serve` goes straight to serving.
$(VENV)/run.stamp: pyproject.toml requirements/build.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing: install it, or name it: make PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "'$(PYTHON)' is not Python 3.11 or newer: name one that is: make PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "'$(PYTHON)' cannot make virtual environments: install its venv module (on Debian: python3-venv)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes --requirement requirements/build.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	$(PIP) install --quiet --require-hashes --requirement requirements/dev.lock
	@touch $@

# Without Datasette the rest can still be measured, and the benchmark says which comparison is missing.
$(BENCH_VENV)/bench.stamp: benchmarks/requirements.lock | $(VENV)/run.stamp
	@rm -rf $(BENCH_VENV); $(PYTHON) -m venv $(BENCH_VENV) \
		&& $(BENCH_VENV)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes \
			--requirement benchmarks/requirements.lock \
		&& touch $@ || echo "Datasette could not be installed; what went wrong stands above."

# One resolution for Linux, macOS and Windows on any Python from 3.11, with the hashes of every file, naming no index.
UNIVERSAL := --quiet --no-cache --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"
define compile
	$(BIN)/uv pip compile $(UNIVERSAL) --no-emit-package claim-provenance \
		$(2) $(ARGS) --output-file requirements/$(1).lock pyproject.toml
endef
