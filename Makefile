# Everything a contributor does, from a bare clone: `make demo` and `make test` set up what they need themselves, and the
# demo needs less.
# Wanted on the machine: Python 3.10 or newer, git, and Pulumi or Go.

# The linters run beside the engine's build, and two at a time where there is nothing to build.
MAKEFLAGS += --jobs=2
# Where an image forbids Python to keep its byte code, every process of the tests would compile the package anew.
export PYTHONDONTWRITEBYTECODE :=
PYTHON := .venv/bin/python
EVERY := 5
VERBOSE :=
NEEDS := $(if $(filter-out demo,$(MAKECMDGOALS)),dev,demo)

.DEFAULT_GOAL := help
.PHONY: help demo test test-thorough bench coverage docs engine examples generated pictures freeze test-oldest test-languages sdk release-check locks setup lint mutants ruff mypy basedpyright layers

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: engine ## Provision tenants, find and repair drift, on this machine (VERBOSE=1 shows all output)
	@$(PYTHON) -m tools.demo $(if $(VERBOSE),--verbose)

# Three workers on two cores: a test with an engine waits for it most of its time.
test: engine lint ## Linters, types and every test, those with the real Pulumi engine included
	@$(PYTHON) -m pytest -n 3 --dist worksteal

test-thorough: engine lint ## The same under every reading of the open points of the API, every fault, and no process forked
	@$(PYTHON) -m pytest -n 2 --dist worksteal --thorough --fresh

coverage: setup ## Run what needs no engine, and show which lines and branches of the package it leaves out
	@$(PYTHON) -m pytest -n 2 --dist worksteal -m "not engine" -q --cov --cov-report=term-missing

mutants: setup ## Change the code in small ways, and list the changes that no test notices
	@$(PYTHON) -m pip install -q --editable ".[mutants]"
	@rm -rf mutants
	@EVERY=$(EVERY) $(PYTHON) -m tools.mutants run --max-children 2
	@$(PYTHON) -m tools.mutants report

bench: engine ## Measure requests and time against the bare requests
	@$(PYTHON) -m tools.bench

engine: setup ## Put a Pulumi engine in .engine/bin, unless a usable one is on PATH
	@$(PYTHON) -m tools.engine

docs: setup ## Make a site of docs/ in build/site, with every link checked
	@NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --quiet --strict
	@echo "build/site/index.html is its first page. To search in it: $(PYTHON) -m http.server --bind 127.0.0.1 --directory build/site"

pictures: engine ## Take the pictures of the documentation from real output (needs Chromium)
	@$(PYTHON) -m tools.pictures

examples: setup ## Write the examples of the reference in other languages, from YAML, then what is derived (needs Go)
	@$(PYTHON) -m tools.examples
	@$(PYTHON) -m tools.generated

generated: setup ## Rewrite what is derived from the resources: schema.yaml, the reference pages, the requests
	@$(PYTHON) -m tools.generated

freeze: engine ## Write the fixtures of the coming release, for the version in pyproject.toml
	@$(PYTHON) -m tools.freeze

test-oldest: ## Use the package with the oldest versions that pyproject.toml allows (needs Python 3.10)
	@python3 -m tools.oldest

test-languages: engine ## Run the programs in other languages (needs Node.js and Go)
	@$(PYTHON) -m pytest tests/engine/languages

sdk: engine ## Generate the SDKs for other languages into sdk/
	@$(PYTHON) -m tools.sdk

release-check: engine ## Rehearse a release: make all that it publishes, for this platform, and start it
	@$(PYTHON) -m tools.release check

locks: setup ## Lock what a release is made with to the newest versions, with hashes
	@$(PYTHON) -m tools.release.locks

setup: ## Make .venv with everything in it; the targets above do this themselves
	@tools/setup $(NEEDS)

lint: basedpyright mypy ruff layers ## Format, style, types and the layers

basedpyright mypy: setup
	@$(PYTHON) -m $@

ruff: setup
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check

layers: setup
	@.venv/bin/lint-imports
