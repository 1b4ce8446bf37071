# `make help` lists the targets. Each of them sets up what it needs by itself; the second time there is nothing to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
OUT := out
# A folder of further articles with gold (text/, gold/, meta.json) that `make eval` also scores where it is there.
DEV_DIR ?= ../shared/dev
# A JSON Lines file of ordinary news (text) that `make bench` measures; without it news is made from the seeds.
CORPUS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test eval bench bench-peers check schemas messages clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with the pinned dependencies

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "taizhang needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "If another is installed, name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: $(STAMP) ## write the ledger of the five articles in seeds/ to out/ledger
	$(BIN)/taizhang run seeds --out $(OUT)/ledger --debug

test: $(STAMP) ## run the tests
	$(BIN)/pytest

eval: $(STAMP) ## score the seeds against their gold, and the articles in DEV_DIR where it is there
	@$(BIN)/taizhang run seeds --out $(OUT)/eval/seeds > /dev/null
	@echo "seeds:"
	@$(BIN)/taizhang evaluate tests/gold $(OUT)/eval/seeds/records.jsonl
	@if [ -d "$(DEV_DIR)" ]; then \
	  mkdir -p $(OUT)/eval && \
	  $(BIN)/python tests/dev_articles.py "$(DEV_DIR)" > $(OUT)/eval/dev.jsonl && \
	  $(BIN)/taizhang run $(OUT)/eval/dev.jsonl --out $(OUT)/eval/dev > /dev/null && \
	  echo "$(DEV_DIR):" && \
	  $(BIN)/taizhang evaluate "$(DEV_DIR)/gold" $(OUT)/eval/dev/records.jsonl; \
	fi

bench: $(STAMP) ## measure the program against jieba.lcut and write bench/results.json and docs/performance.md
	$(BIN)/python bench/speed.py "$(DEV_DIR)" "$(CORPUS)"

bench-peers: $(STAMP) ## install Recognizers-Text and JioNLP apart, run them on the seeds and write docs/peers.md
	$(BIN)/python bench/peers.py

check: $(STAMP) ## lint, formatting, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

schemas: $(STAMP) ## write schemas/ and the tables of docs/record.md anew from the record types
	$(BIN)/python -m taizhang.write.schema schemas
	$(BIN)/python scripts/record_guide.py

messages: $(STAMP) ## collect what the command says and compile its Chinese catalogue
	$(BIN)/python scripts/messages.py

clean: ## remove what the other targets made
	rm -rf $(VENV) $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline tests -name __pycache__ -type d -exec rm -rf {} +
