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
# The ledger that `make browse` shows, a ledger.sqlite, and the port on this machine.
LEDGER ?= $(OUT)/ledger/ledger.sqlite
PORT ?= 8001

# Processes that share the tests: half as many again as there are cores, since many tests wait for a browser or a cluster.
TESTERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2> /dev/null || echo 2); echo $$(( (n * 3 + 1) / 2 )))

# How long `make fuzz` works at each of its targets.
FUZZ_SECONDS ?= 120
# Further Pythons that `make test-pythons` compares with this one.
PYTHONS ?= python3.12 python3.13

.DEFAULT_GOAL := help
.PHONY: help setup run test eval bench bench-memory bench-peers bench-worst fuzz fuzz-seeds check schemas browse messages reliability audit test-pythons clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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
	$(BIN)/pytest -n $(TESTERS) --dist loadfile

reliability: $(STAMP) ## run the tests that make a fault for real and write docs/reliability.md
	$(BIN)/pytest -m fault --write-reliability

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

bench-memory: $(STAMP) ## measure the peak memory of a run over 100,000 short articles against one over 1,000
	$(BIN)/python bench/memory.py

bench-peers: $(STAMP) ## install Recognizers-Text and JioNLP apart, run them on the seeds and write docs/peers.md
	$(BIN)/python bench/peers.py

bench-worst: $(STAMP) ## measure the seconds that each stage takes for 100 KB of the worst texts
	$(BIN)/python fuzz/worst.py

fuzz: $(STAMP) ## look for inputs that break the program, FUZZ_SECONDS for each of three targets
	@$(BIN)/python -c 'import atheris' 2> /dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]' || true
	@$(BIN)/python -c 'import atheris' 2> /dev/null || \
	  { echo "fuzz: atheris is not to be had for this Python; nothing was done" >&2; exit 0; }; \
	mkdir -p $(OUT)/fuzz/corpus-read $(OUT)/fuzz/corpus-clean $(OUT)/fuzz/corpus-quantities && \
	for target in read clean quantities; do \
	  $(BIN)/python fuzz/harness.py $$target -max_total_time=$(FUZZ_SECONDS) -timeout=60 -rss_limit_mb=4096 -max_len=2000 \
	    -artifact_prefix=$(OUT)/fuzz/$$target- $(OUT)/fuzz/corpus-$$target seeds || exit 1; \
	done

fuzz-seeds: $(STAMP) ## run 100,000 mutated copies of parts of the seeds, and 1,000 of whole ones
	$(BIN)/python fuzz/seeds.py --parts 100000 --whole 1000 --minutes 600

check: $(STAMP) ## lint, formatting, types, the order of the word tables
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/taizhang rules lint --texts seeds --texts tests

test-pythons: $(STAMP) ## run the seeds under this and other Pythons (PYTHONS="…") and compare the bytes
	$(BIN)/python scripts/compare_pythons.py $(PYTHONS)

audit: $(STAMP) ## ask the vulnerability service of PyPI about every pinned dependency
	@[ -x $(VENV)-audit/bin/pip-audit ] || { \
	  $(BIN)/python -m venv $(VENV)-audit && \
	  $(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.7,<3'; }
	@$(VENV)-audit/bin/python scripts/audit.py constraints.txt

schemas: $(STAMP) ## write schemas/ and the tables of docs/record.md anew from the record types
	$(BIN)/python -m taizhang.schema schemas
	$(BIN)/python scripts/record_guide.py

messages: $(STAMP) ## collect what the command says and compile its Chinese catalogue
	$(BIN)/python scripts/messages.py

browse: $(STAMP) $(LEDGER) ## show LEDGER in a browser at http://127.0.0.1:PORT, to this machine alone
	$(BIN)/datasette serve --immutable $(LEDGER) --metadata schemas/datasette.json \
	  --host 127.0.0.1 --port $(PORT) --setting sql_time_limit_ms 10000 --setting facet_time_limit_ms 2000

$(OUT)/ledger/ledger.sqlite: | $(STAMP)
	$(BIN)/taizhang run seeds --out $(OUT)/ledger --format jsonl,csv,sqlite --debug

clean: ## remove what the other targets made
	rm -rf $(VENV) $(VENV)-audit $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline tests -name __pycache__ -type d -exec rm -rf {} +
