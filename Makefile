# prasan: `make demo` shows it, `make test` proves it. Both set up what they need from python3 alone.
PORT ?= 8000
RUN = .venv/bin/python -m tests.run

.PHONY: help setup dev demo test check gates bench build
help:
	@echo "make demo [PORT=8000]  build the demonstration and serve it at http://localhost:8000"
	@echo "make setup             leave the command at .venv/bin/prasan"
	@echo "make test              the suite on the embedded database, and a sample on PostgreSQL"
	@echo "make check             its fast part: lint, types, floors, house tests"
	@echo "make gates             everything on both databases, and the floors of coverage"
	@echo "make bench             measure a generated instance over HTTP"
	@echo "make build             rebuild style sheets and scripts (needs Node)"

setup:
	@bin/setup base

dev:
	@bin/setup dev

demo: setup
	@.venv/bin/prasan demo --port $(PORT)

test: dev
	@$(RUN) test

check: dev
	@$(RUN) check

gates: dev
	@$(RUN) gates

bench: dev
	@.venv/bin/python -m bench.run

build:
	@command -v npm >/dev/null || { echo "prasan: npm (Node 20 or newer) is needed to rebuild the front end." >&2; exit 1; }
	@cd frontend && npm ci --ignore-scripts && npm run build
