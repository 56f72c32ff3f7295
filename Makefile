# The two commands are `make demo` and `make test`. Nothing else has to be typed first.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv pip
# Compiled once here, not by every first run, nor by every run where Python may not write.
INSTALL := $(UV) install --quiet --python .venv --compile-bytecode
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

# Each takes half of the tests, and then of what the other has left: some take a minute.
TWO_AT_A_TIME := $(BIN)/pytest -n 2 --dist worksteal

.PHONY: demo test check lock benchmarks assets clean

## Set everything up, make the demonstration borough, and serve it on this machine.
demo: .venv/ready assets
	$(BIN)/python -m saferplan.web serve_demo

## Every check there is, installing what is missing. Properties are tried on the same
## examples each time; `pytest` alone looks for new ones.
test: export CI := true
test: .venv/ready-to-test assets
	$(BIN)/python tools/provision.py
	$(MAKE) check
	$(TWO_AT_A_TIME) -m "not spark"
	$(BIN)/pytest -m spark
	SAFERPLAN_TEST_DATABASE=postgresql $(TWO_AT_A_TIME) tests/web -m "not browser"

## Style, layers, types: seconds, for while you work.
check: .venv/ready-to-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/mypy
	PYTHONPATH=tests DJANGO_SETTINGS_MODULE=settings_for_tests \
		$(BIN)/python -m django makemigrations --check --dry-run

## Measure against the peers and the limits; writes docs/reference/benchmarks.md.
benchmarks: .venv/ready-to-test assets
	$(BIN)/python -m benchmarks

## Styles, scripts and typefaces, built into folders that git ignores.
assets: .venv/ready
	$(BIN)/python tools/build_assets.py

## Renew the lists of exact versions after changing pyproject.toml.
lock: .venv/bin/uv
	$(COMPILE) pyproject.toml --extra web --extra spark --extra dev -o requirements/test.txt
	$(COMPILE) pyproject.toml --extra web -c requirements/test.txt -o requirements/demo.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	$(COMPILE) requirements/uv.in -o requirements/uv.txt

clean:
	rm -rf .venv var frontend/node_modules src/saferplan/web/static/built \
		src/saferplan/reports/fonts

.venv/bin/uv: requirements/uv.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/uv.txt
	touch $@

.venv/ready: .venv/bin/uv requirements/demo.txt pyproject.toml
	$(INSTALL) --require-hashes -r requirements/demo.txt
	$(INSTALL) --no-deps --editable .
	touch $@

.venv/ready-to-test: .venv/ready requirements/test.txt
	$(INSTALL) --require-hashes -r requirements/test.txt
	touch $@
