# Everything a checkout needs. GNU make and a POSIX shell; no other service.
#   make run     set up what is missing, make the demo when the database is new, serve on http://127.0.0.1:8000
#   make test    every test, the browser's included
#   make check   lint, types, import contracts, templates, migrations, known vulnerabilities

SHELL := /bin/sh
BIN := .venv/bin
PYTHON_IN := $(BIN)/python
DATA := $(or $(TIENDO_DATA),var)
PORT ?= 8000
CORPUS ?= ../shared/corpus
COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.12 --no-header

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/tiendo/locale/*/LC_MESSAGES/*.po))
STATIC_FILES := $(shell find src/tiendo/doors -path '*/static/*' -type f 2>/dev/null)
TEMPLATES := $(wildcard src/tiendo/doors/*/templates)

.PHONY: help setup setup-dev setup-scan setup-postgres run demo story test check lint types contracts templates migrations audit coverage bench bench-reader fuzz score lock messages clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | sed -n 1,5p

# -- set-up: each step leaves a stamp, so that a second run has nothing to do ------------------------------------------------

setup: .make/package .make/node $(CATALOGUES) $(DATA)/static/staticfiles.json

setup-dev: setup .make/dev

# Reading scans: OpenCV and Tesseract; Debian's tesseract-ocr-vie beside them.
setup-scan: setup .make/scan

.venv/pyvenv.cfg:
	@ops/make-venv .venv
	@rm -rf .make

.make/run: .venv/pyvenv.cfg requirements/run.txt requirements/territory.txt
	@mkdir -p .make
	@ops/pip install -qq --require-hashes -r requirements/run.txt
	@ops/pip install -qq --require-hashes --no-deps -r requirements/territory.txt
	@touch $@

.make/package: .make/run pyproject.toml
	@ops/pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

.make/scan: .make/package requirements/scan.txt
	@ops/pip install -qq --require-hashes -r requirements/scan.txt
	@ops/system-packages
	@touch $@

# The driver of PostgreSQL, for a house that has outgrown SQLite (TIENDO_DATABASE).
setup-postgres: setup .make/postgres

.make/postgres: .make/package requirements/postgres.txt
	@ops/pip install -qq --require-hashes -r requirements/postgres.txt
	@touch $@

.make/dev: .make/package requirements/dev.txt
	@ops/pip install -qq --require-hashes -r requirements/dev.txt
	@touch $@

.make/node: .make/run package.json package-lock.json
	@ops/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

%.mo: %.po .make/run
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(DATA)/static/staticfiles.json: .make/package .make/node $(STATIC_FILES)
	@$(BIN)/tiendo collectstatic --noinput --clear -v 0
	@touch $@

# -- what one does with it ---------------------------------------------------------------------------------------------------

run: setup
	@exec $(BIN)/tiendo serve --demo --port $(PORT)

demo: setup
	@$(BIN)/tiendo migrate -v 0
	@$(BIN)/tiendo demo

# What became of a programme's bodies between 2024 and 2025, told date by date in a house of its own.
# make story ARGS="FILE --provinces 'Tuyên Quang' 'Hà Giang'"
story: setup
	@house=$$(mktemp -d) && trap 'rm -rf "$$house"' EXIT && TIENDO_DATA="$$house" $(BIN)/tiendo story $(ARGS)

# Arguments for pytest: make test ARGS="-k receive"
test: setup-dev
	@ops/system-packages
	PYTHONPATH=tests $(PYTHON_IN) -m pytest -p plugins.promised -n 2 $(ARGS)

# `make -k check` goes on after the first that fails.
check: lint types contracts templates migrations audit

lint: setup-dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench

types: setup-dev
	$(BIN)/mypy

contracts: setup-dev
	$(BIN)/lint-imports

templates: setup-dev
	$(BIN)/djlint --lint $(TEMPLATES)

migrations: setup-dev
	$(BIN)/tiendo makemigrations --check --dry-run

audit: setup-dev
	ops/audit

coverage: setup-dev
	@ops/system-packages
	PYTHONPATH=tests $(PYTHON_IN) -m pytest -p plugins.promised -n 2 --cov --cov-report=term $(ARGS)

bench: setup-dev
	@for file in bench/bench_*.py; do echo "== $$file"; $(PYTHON_IN) "$$file" || exit 1; done

# Damaged files against the reader, for so many minutes of CPU: make fuzz MINUTES=30 SEED=2. Findings go to var/fuzz.
MINUTES ?= 30
SEED ?= 1
fuzz: setup-dev setup-scan
	@nice -n 15 $(PYTHON_IN) tests/fuzz/run.py --minutes $(MINUTES) --seed $(SEED) --findings $(DATA)/fuzz

# How well the reader reads: sums per folder of the corpus, and what each document gained and lost against the kept scores.
# make score CORPUS=/another/corpus; make score KEEP=1 keeps the new ones
SCORES := bench/reader/scores.json
score: setup setup-scan
	@$(BIN)/vanban score $(CORPUS) $(if $(wildcard $(SCORES)),--last $(SCORES)) $(if $(KEEP),--keep $(SCORES))

# Against what an office would use instead, on the same files (minutes): prints the tables and puts them into docs/reader.md.
bench-reader: setup-dev setup-scan .venv-bench/installed
	@ops/system-packages
	@$(PYTHON_IN) bench/reader/compare.py --tools .venv-bench/bin/python $(ARGS)

# The other tools have an environment of their own: they pin other versions of what the product uses.
.venv-bench/installed: requirements/bench.txt
	@ops/make-venv .venv-bench
	@VENV=.venv-bench ops/pip install -qq --require-hashes -r requirements/bench.txt
	@touch $@

# After a change of the dependencies in pyproject.toml.
lock: setup-dev
	$(COMPILE) pyproject.toml --group build -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra scan -c requirements/run.txt -o requirements/scan.txt
	$(COMPILE) pyproject.toml --extra postgres -c requirements/run.txt -o requirements/postgres.txt
	$(COMPILE) pyproject.toml --extra scan --extra postgres --group dev -c requirements/scan.txt -o requirements/dev.txt
	$(COMPILE) --group bench -o requirements/bench.txt
	$(COMPILE) --group territory --no-deps -o requirements/territory.txt
	$(COMPILE) --group node -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts

# After a change of the words on a page: its sentences, to be given English in the catalogue. Needs gettext.
messages: .make/run
	@cd src/tiendo && $(abspath $(BIN))/django-admin makemessages -l en --no-location --no-wrap -i 'doors/ui/gallery*'
	@sed -i '/^"POT-Creation-Date/d' src/tiendo/locale/en/LC_MESSAGES/django.po
	@msgfmt --check --statistics -o /dev/null src/tiendo/locale/en/LC_MESSAGES/django.po

clean:
	rm -rf .venv .venv-bench .make node_modules $(CATALOGUES)
