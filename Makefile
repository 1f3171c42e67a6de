# make run     set up on the first call, then ask the reports in seeds/ (in Telegram where TELEGRAM_BOT_TOKEN is set)
# make test    set up with the test dependencies, then run all tests
# make check   format, lint, types, import contracts, tests
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SAMPLE := كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية في لونغ آن؟

.DEFAULT_GOAL := run
.PHONY: run test check format clean

run: $(VENV)/.run
	@$(BIN)/dalil index --if-empty seeds
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || grep -qs '^TELEGRAM_BOT_TOKEN=.' .env; \
	then exec $(BIN)/dalil bot; else exec $(BIN)/dalil chat --sample "$(SAMPLE)"; fi

test: $(VENV)/.test
	$(BIN)/pytest -n auto --dist worksteal

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dalil needs Python 3.11 or newer; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
