PYTHON ?= python3
STUDY ?= 2021
BIN := .venv/bin
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: env report test mutations oracle judges lint lab example lock

env: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

report: env
	$(BIN)/skm run $(STUDY)

# A file's tests stay with one worker: they share what is dear to make.
test: env
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Plants known mistakes one by one; takes some minutes. Or: python tests/mutations WORD
mutations: env
	$(BIN)/python tests/mutations

# Needs R with survey and psych, which nothing else here needs; says so without them.
oracle: env
	@$(BIN)/python tests/reference/oracle.py

# Outside judges of a finished report, installed beside the project; what can not be
# installed is said to be missing, and the report then is not judged by it.
judges: env
	-@test -d .judges/venv || $(PYTHON) -m venv .judges/venv
	-@.judges/venv/bin/python -m pip install --quiet --disable-pip-version-check \
	  -r tests/judges/requirements.txt
	-@test -d .judges/node_modules/axe-core || \
	  npm install --silent --no-audit --no-fund --prefix .judges axe-core@4.14.1
	@$(BIN)/python tests/judges $(STUDY)

lint: env
	PATH="$(CURDIR)/$(BIN):$$PATH" pre-commit run --all-files

lab: env
	$(BIN)/jupyter lab --notebook-dir=notebooks --LabApp.news_url=None

example: env
	$(BIN)/python tests/synthetic

# Needs uv, which nothing else here needs.
lock:
	uv pip compile pyproject.toml --extra dev --universal --fork-strategy fewest \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --output-file requirements.lock
