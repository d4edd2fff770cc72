# Concierge: `make` alone lists what there is. A machine needs Python 3.11 or later, pip and make.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
LOCK   := requirements-dev.lock

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# ---- set-up ---------------------------------------------------------------------------------------

.PHONY: setup
setup: $(STAMP)  ## everything the other targets need: a virtual environment with pinned, hash-checked packages

# uv installs the whole set in seconds; pip does the same from the same file where uv cannot be had.
$(STAMP): $(LOCK)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Concierge needs Python 3.11 or later; point PYTHON at one: make setup PYTHON=...")'
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' $(LOCK) > $(VENV)/uv.lock
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $(VENV)/uv.lock; then \
	    $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes $(LOCK); \
	else \
	    echo "uv is not to be had here; pip takes its place (slower)." >&2; \
	    awk '/^[^ ]/ {on = !/^uv==/} on' $(LOCK) > $(VENV)/without-uv.lock; \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/without-uv.lock; \
	fi
	@touch $@

.PHONY: lock
lock: $(STAMP)  ## pin requirements*.in again, hashes and no addresses
	@$(BIN)/uv pip compile $(COMPILE) requirements.in -o requirements.lock
	@$(BIN)/uv pip compile $(COMPILE) requirements-dev.in -c requirements.lock -o $(LOCK)

COMPILE := --quiet --universal --python-version 3.11 --generate-hashes \
           --no-header --no-emit-index-url --no-emit-find-links
