# `make report` runs the main job on seeds/ and leaves PDFs in reports/; `make test` runs every check.
# Both set up .venv from the hash-pinned lock first, with nothing but Python 3.11+ and make. The locks are complete, so
# pip resolves nothing (--no-deps): pip 23 else tries a release newer than the lock's for a package with extras, and
# refuses it for want of a hash.

PYTHON ?= python3
BIN := .venv/bin
# Where this is set, each of the hundred processes that the tests start compiles the package anew.
unexport PYTHONDONTWRITEBYTECODE
# Each file of tests in one process, which reads the model and the articles once for all that it checks.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile

.PHONY: report test coverage test-kills test-s3 docs test-browser check-pdf pictures notebooks bench fuzz regexes audit licences lock clean

report: .venv/ready
	$(BIN)/conflictstats report --output reports

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(SIDE_BY_SIDE)
	$(BIN)/pytest $(SIDE_BY_SIDE) --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg notebooks docs/tutorial.ipynb

# Which lines no test reaches; measuring them doubles the time of reading.
coverage: .venv/ready
	$(BIN)/pytest --cov=conflictstats --cov-report=term:skip-covered

# JupyterLab in a real browser. Installs Playwright beside .venv, and Debian's Chromium where that is allowed;
# skipped, with the reason, where there is no Chromium.
test-browser: .venv/ready .venv-browser/ready
	tests/browser/chromium.sh
	.venv-browser/bin/python -m pytest -rs tests/browser

# Pictures for the docs, of a real run: report pages and JupyterLab.
pictures: .venv/ready .venv-browser/ready
	tests/browser/chromium.sh
	.venv-browser/bin/python tools/pictures.py

# Every report against PDF/UA-1, with a checker of its own environment.
check-pdf: .venv/ready .venv-pdf/ready
	$(BIN)/python tools/check_pdf.py

# Twenty reports and fifty archive runs killed at random moments; `make test` has a few of each.
test-kills: .venv/ready
	CONFLICTSTATS_KILLS=20 $(BIN)/pytest tests/test_schedule.py -k killed_at_any_moment
	CONFLICTSTATS_ARCHIVE_KILLS=50 $(BIN)/pytest tests/test_archive.py -k killed_at_random_moments

# Articles and archives in a bucket of a server that speaks S3 (moto's), installed beside .venv with s3fs; `make test` uses
# one of memory.
test-s3: .venv/ready .venv-s3/ready
	PYTHONPATH=$$(.venv-s3/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') \
		$(BIN)/pytest -rs tests/test_buckets.py

# The documentation as a site in docs/_build/html; a warning is an error.
docs: .venv/ready .venv/docs-ready
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

notebooks: .venv/ready
	$(BIN)/python tools/run_notebooks.py

# Another table of articles: make bench TABLE=articles.csv
bench: .venv/ready .venv-bench/ready
	$(BIN)/python tools/bench.py $(TABLE)

# Hostile inputs, half an hour of each kind; what breaks something is kept in fuzz-found/.
fuzz: .venv/ready
	$(BIN)/python tools/fuzz.py --minutes 30

# How the time of every regular expression grows with what it searches.
regexes: .venv/ready
	$(BIN)/python tools/regexes.py

# Known vulnerabilities of what the lock pins, from the Python advisory database; needs the network.
audit: .venv/ready .venv-audit/ready
	.venv-audit/bin/pip-audit --requirement requirements.lock --disable-pip --require-hashes

licences: .venv/ready
	$(BIN)/python tools/licences.py

# A new lock, for every platform and Python from 3.11 on; needs uv (`pip install uv`).
lock:
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --group docs --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --constraints requirements.lock -o docs/requirements.lock

clean:
	rm -rf .venv .venv-browser .venv-pdf .venv-audit .venv-bench .venv-s3

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "conflictstats needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/ready

.venv/docs-ready: docs/requirements.lock .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-browser/ready: tests/browser/requirements.lock
	$(PYTHON) -m venv .venv-browser
	.venv-browser/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-bench/ready: tools/bench.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-s3/ready: tools/s3.lock
	$(PYTHON) -m venv .venv-s3
	.venv-s3/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-audit/ready: tools/audit.lock
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv-pdf/ready: tools/check_pdf.lock
	$(PYTHON) -m venv .venv-pdf
	.venv-pdf/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@
