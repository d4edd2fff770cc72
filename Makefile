# Concierge: `make` alone lists what there is. A machine needs Python 3.11 or later, pip and make.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
unexport PYTHONDONTWRITEBYTECODE  # every start would compile 1,400 modules anew, three seconds each time

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
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $(VENV)/uv.lock \
	    && $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes $(LOCK); then \
	    true; \
	else \
	    echo "uv is not to be had here; pip takes its place (slower)." >&2; \
	    awk '/^[^ ]/ {on = !/^uv==/} on' $(LOCK) > $(VENV)/without-uv.lock; \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/without-uv.lock; \
	fi
	@$(BIN)/python -m scheduler compile
	@touch $@

# ---- running --------------------------------------------------------------------------------------

# The demonstration county lives on one fixed day; a database of your own lives today.
.PHONY: run
run: $(STAMP)  ## serve the system on this machine, with the demonstration county on first start
	@$(if $(CONCIERGE_DATABASE_URL),,CONCIERGE_TODAY="$${CONCIERGE_TODAY:-2026-04-15}") exec $(BIN)/python run.py serve

# ---- checking -------------------------------------------------------------------------------------

.PHONY: check
check: $(STAMP)  ## style, types and layers, all three even if the first fails; runs nothing
	@failed=0; \
	$(BIN)/ruff check --quiet || failed=1; \
	$(BIN)/mypy --no-error-summary || failed=1; \
	$(BIN)/lint-imports --no-logo || failed=1; \
	exit $$failed

.PHONY: test
test: check browser clients office  ## everything CI runs: check, then every test, on SQLite and on real servers
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

.PHONY: golden
golden: $(STAMP)  ## write the expected files anew; read the difference before committing it
	@$(BIN)/python -m pytest -q -m golden --rewrite-golden

.PHONY: docs
docs: $(STAMP)  ## check that docs/ names every setting, event, error, role and source there is
	@$(BIN)/python -m pytest -q tests/house -k docs

.PHONY: bench
bench: $(STAMP)  ## measure, print the tables, and keep them in bench/results.md
	@$(BIN)/python -m bench.run

# Screens are tested in the Chromium of the operating system, with a font that has Chinese.
BROWSER_PACKAGES := chromium fonts-noto-cjk
.PHONY: browser
browser:  ## see that Chromium and a Chinese font are there (on Debian: install them)
	@have() { { test -n "$${CHROMIUM:-}" || command -v chromium google-chrome; } && fc-list :lang=zh | grep -q .; }; \
	if have >/dev/null 2>&1; then exit 0; fi; \
	as_root=; if test "$$(id -u)" != 0; then as_root="sudo -n"; fi; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	    export DEBIAN_FRONTEND=noninteractive; \
	    echo "Installing $(BROWSER_PACKAGES) for the tests of the screens."; \
	    { $$as_root apt-get update -qq && $$as_root apt-get install -qq -y --no-install-recommends $(BROWSER_PACKAGES); } >/dev/null; \
	else \
	    echo "The tests of the screens need Chromium and a Chinese font; install them" \
	         "(on Debian: $(BROWSER_PACKAGES)), or say where Chromium is with CHROMIUM=/path." >&2; \
	    exit 1; \
	fi

# Calendar feeds are read by parsers of other makers: sabre/vobject (Nextcloud's) and ical.js (Thunderbird's).
CLIENT_PACKAGES := php-cli php-sabre-vobject nodejs npm
CLIENTS := tests/concierge/feeds/clients
.PHONY: clients
clients: $(STAMP)  ## see that other makers' calendar parsers are there (on Debian: install them)
	@have() { command -v php node npm && test -r /usr/share/php/Sabre/VObject/autoload.php; }; \
	if ! have >/dev/null 2>&1; then \
	    as_root=; if test "$$(id -u)" != 0; then as_root="sudo -n"; fi; \
	    if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	        export DEBIAN_FRONTEND=noninteractive; \
	        missing=; for package in $(CLIENT_PACKAGES); do command -v "$${package%-cli}" >/dev/null || missing="$$missing $$package"; done; \
	        echo "Installing$$missing for the tests of calendar feeds."; \
	        { $$as_root apt-get update -qq && $$as_root apt-get install -qq -y --no-install-recommends $$missing; } >/dev/null; \
	    else \
	        echo "The tests of calendar feeds need other parsers; install them (on Debian: $(CLIENT_PACKAGES))." >&2; \
	        exit 1; \
	    fi; \
	fi
	@if ! cmp -s $(CLIENTS)/package-lock.json $(VENV)/clients/package-lock.json; then \
	    mkdir -p $(VENV)/clients && cp $(CLIENTS)/package.json $(CLIENTS)/package-lock.json $(VENV)/clients/ \
	    && npm ci --prefix $(VENV)/clients --ignore-scripts --no-audit --no-fund --loglevel error; \
	fi

# Documents are printed by LibreOffice, read by poppler, and signed with a key in a soft PKCS#11 module; their
# outside judges are pdfsig (with certutil's list of trust) and openssl.
OFFICE_PACKAGES := libreoffice-writer-nogui poppler-utils fonts-noto-cjk fonts-arphic-ukai softhsm2 libnss3-tools openssl
.PHONY: office
office:  ## see that LibreOffice, the fonts of documents and the judges of signatures are there (on Debian: install them)
	@have() { command -v soffice pdftotext pdfsig softhsm2-util certutil openssl && fc-list :lang=zh | grep . && fc-list | grep ukai; }; \
	if have >/dev/null 2>&1; then exit 0; fi; \
	as_root=; if test "$$(id -u)" != 0; then as_root="sudo -n"; fi; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	    export DEBIAN_FRONTEND=noninteractive; \
	    packages="$(OFFICE_PACKAGES)"; if command -v soffice >/dev/null; then packages="$${packages#* }"; fi; \
	    echo "Installing $$packages for the tests of documents."; \
	    { $$as_root apt-get update -qq && $$as_root apt-get install -qq -y --no-install-recommends $$packages; } >/dev/null; \
	else \
	    echo "The tests of documents need LibreOffice, fonts and tools; install them" \
	         "(on Debian: $(OFFICE_PACKAGES))." >&2; \
	    exit 1; \
	fi
	@$(MAKE) -s --no-print-directory fonts || true  # without it documents print all the same, in another face

# The free stand-in for 仿宋_GB2312 is one file of a package of 98 MB: it is taken out, nothing is installed.
FONT_PACKAGE := texlive-lang-chinese
FANDOL := $(VENV)/fonts/FandolFang-Regular.otf
.PHONY: fonts
fonts: $(FANDOL)  ## fetch FandolFang, the free stand-in for 仿宋, where the office has no licence for the real one

$(FANDOL):
	@mkdir -p $(@D); work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	( cd "$$work" && apt-get download -qq $(FONT_PACKAGE) 2>/dev/null && dpkg-deb -x $(FONT_PACKAGE)_*.deb . ) \
	    || { echo "FandolFang is not to be had here; documents print in Noto Serif instead." >&2; exit 1; }; \
	find "$$work" -name 'FandolFang-Regular.otf' -exec cp {} $@ \;

# ---- keeping --------------------------------------------------------------------------------------

.PHONY: forms
forms: $(STAMP)  ## compose the shipped templates of documents anew; composing again changes no byte
	@$(BIN)/python -m documents.compose

# The kernel's catalogue holds the scheduler's words too: the scheduler knows of no language.
.PHONY: messages
messages: $(STAMP)  ## collect the English sentences and bring every Chinese catalogue up to date
	@for folder in $$(find concierge projects approvals documents -type d -name translations); do \
	    package=$$(dirname $$folder); \
	    sources=$$package; if test $$package = concierge/kernel; then sources="$$package scheduler"; fi; \
	    $(BIN)/pybabel --quiet extract -F pyproject.toml -k N_ -k lazy_gettext --project Concierge --version 1 \
	        --add-location=file --sort-by-file -o $(VENV)/messages.pot $$sources; \
	    $(BIN)/pybabel --quiet update --locale zh --input-file $(VENV)/messages.pot --output-dir $$folder \
	        --init-missing --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width=110; \
	    $(BIN)/pybabel --quiet compile --locale zh --directory $$folder; \
	done

.PHONY: lock
lock: $(STAMP)  ## pin requirements*.in again, hashes and no addresses
	@$(BIN)/uv pip compile $(COMPILE) requirements.in -o requirements.lock
	@$(BIN)/uv pip compile $(COMPILE) requirements-dev.in -c requirements.lock -o $(LOCK)

COMPILE := --quiet --universal --python-version 3.11 --generate-hashes \
           --no-header --no-emit-index-url --no-emit-find-links
