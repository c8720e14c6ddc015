# `make report` runs the main job on seeds/ and leaves PDFs in reports/; `make test` runs every check.
# Both set up .venv from the hash-pinned lock first, with nothing but Python 3.11+ and make.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: report test notebooks bench lock clean

report: .venv/ready
	$(BIN)/conflictstats report --output reports

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov=conflictstats --cov-report=term:skip-covered
	$(BIN)/pytest --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg notebooks

notebooks: .venv/ready
	$(BIN)/python tools/run_notebooks.py

bench: .venv/ready
	$(BIN)/python tools/bench.py

# A new lock, for every platform and Python from 3.11 on; needs uv (`pip install uv`).
lock:
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml -o requirements.lock

clean:
	rm -rf .venv

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "conflictstats needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/ready
