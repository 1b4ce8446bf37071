# `make help` lists the targets. Each of them sets up what it needs by itself; the second time there is nothing to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# The one environment is filled in steps, each of which leaves a stamp when it is whole: the program, then what a
# target needs beside it, an extra of pyproject.toml.
PROGRAM := $(VENV)/installed
DEV := $(VENV)/with-dev
BROWSE := $(VENV)/with-browse
OUT := out
# A folder of further articles with gold (text/, gold/, meta.json) that `make eval` also scores where it is there.
DEV_DIR ?= ../shared/dev
# A JSON Lines file of ordinary news (text) that `make bench` measures; without it news is made from the seeds.
CORPUS ?=
# Folders with gold (text/, gold/, meta.json) that `make tune` learns from.
GOLD ?=
# Articles of our own with gold, which it always learns from.
OURS := $(wildcard tests/extract/cases/articles/*/)
# The folder of the articles that tune/labels speaks of; without it those labels are left out.
TEXTS ?=
# The ledger that `make browse` shows, and the port on this machine. Without LEDGER it is that of seeds/, made anew.
LEDGER ?=
PORT ?= 8001
SHOWN = $(or $(LEDGER),$(OUT)/browse/ledger.sqlite)

# Processes that share the tests: half as many again as there are cores, since many tests wait for a browser or a cluster.
CORES := $(shell getconf _NPROCESSORS_ONLN 2> /dev/null || echo 2)
TESTERS ?= $(shell echo $$(( ($(CORES) * 3 + 1) / 2 )))

# How long `make fuzz` works at each of its targets.
FUZZ_SECONDS ?= 120
# Further Pythons that `make test-pythons` compares with this one.
PYTHONS ?= python3.12 python3.13

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-fast eval tune accuracy ablation bench bench-memory bench-peers bench-worst fuzz fuzz-seeds check package schemas picture browse messages reliability audit test-pythons clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(PROGRAM) ## make .venv with the program and its pinned dependencies

setup-dev: $(DEV) ## add to it what the tests and checks need

$(PROGRAM): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "taizhang needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "If another is installed, name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-compile -e .
	@# On all cores, where pip takes one, and without the tests and the other languages that packages bring.
	@$(BIN)/python -m compileall -q -j 0 -x '/(tests?|lang)/' $(VENV)/lib > /dev/null 2>&1 || true
	@touch $@

$(VENV)/with-%: $(PROGRAM)
	$(PIP) -e '.[$*]'
	@touch $@

run: $(PROGRAM) ## write the ledger of the five articles in seeds/ to out/ledger
	$(BIN)/taizhang run seeds --out $(OUT)/ledger --debug

test: $(DEV) ## run the tests
	$(BIN)/pytest -n $(TESTERS) --dist loadfile --no-loadscope-reorder

test-fast: $(DEV) ## run those that a change of rules needs: no processes, browsers, databases, large texts
	$(BIN)/pytest -n $(CORES) -m "not process and not browser and not database and not large" \
	  tests/extract tests/clean tests/segment tests/validate tests/read tests/test_rules.py tests/test_cutting.py

reliability: $(DEV) ## run the tests that make a fault for real and write docs/reliability.md
	$(BIN)/pytest -m fault --write-reliability

eval: $(PROGRAM) ## score the seeds against their gold, and the articles in DEV_DIR where it is there
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

tune: $(DEV) ## fit rules/weights anew on the folders with gold in GOLD="DIR DIR", and on our own sentences
	$(if $(TEXTS),$(BIN)/python -m tune.labelled tune/labels $(TEXTS) out/labelled)
	$(BIN)/python -m tune.place $(GOLD) $(OURS) $(if $(TEXTS),out/labelled) . --write
	$(BIN)/python -m tune.time $(GOLD) $(OURS) $(if $(TEXTS),out/labelled) .
	$(BIN)/python -m tune . $(GOLD) $(OURS) $(if $(TEXTS),out/labelled)

accuracy: $(PROGRAM) ## measure how right the records are and write the figures into bench/results.json and the pages
	$(BIN)/python bench/accuracy.py "$(DEV_DIR)"

ablation: $(PROGRAM) ## measure what each group of rules is worth on the articles in DEV_DIR, and write it into the pages
	$(BIN)/python bench/ablation.py "$(DEV_DIR)"

bench: $(DEV) ## measure the program against jieba.lcut and write bench/results.json and docs/performance.md
	$(BIN)/python bench/speed.py "$(DEV_DIR)" "$(CORPUS)"

bench-memory: $(DEV) ## measure the peak memory of a run over 100,000 short articles against 1,000 (into the pages), and over long tables
	$(BIN)/python bench/memory.py
	$(BIN)/python bench/table_memory.py

bench-peers: $(DEV) ## install Recognizers-Text and JioNLP apart, run them on the seeds and write docs/peers.md
	$(BIN)/python bench/peers.py

bench-worst: $(DEV) ## measure the seconds that each stage takes for 100 KB of the worst texts, and write them into the pages
	$(BIN)/python fuzz/worst.py

fuzz: $(PROGRAM) ## look for inputs that break the program, FUZZ_SECONDS for each of three targets
	@$(BIN)/python -c 'import atheris' 2> /dev/null || \
	  $(PIP) -e '.[fuzz]' || true
	@$(BIN)/python -c 'import atheris' 2> /dev/null || \
	  { echo "fuzz: atheris is not to be had for this Python; nothing was done" >&2; exit 0; }; \
	mkdir -p $(OUT)/fuzz/corpus-read $(OUT)/fuzz/corpus-clean $(OUT)/fuzz/corpus-quantities && \
	for target in read clean quantities; do \
	  $(BIN)/python fuzz/harness.py $$target -max_total_time=$(FUZZ_SECONDS) -timeout=60 -rss_limit_mb=4096 -max_len=2000 \
	    -artifact_prefix=$(OUT)/fuzz/$$target- $(OUT)/fuzz/corpus-$$target seeds || exit 1; \
	done

fuzz-seeds: $(PROGRAM) ## run 100,000 mutated copies of parts of the seeds, and 1,000 of whole ones
	$(BIN)/python fuzz/seeds.py --parts 100000 --whole 1000 --minutes 600

check: $(DEV) package ## lint, formatting, types, the order of the word tables, and the package
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/taizhang rules lint --texts seeds --texts tests

package: $(DEV) ## build the wheel and the source archive in out/dist and check their metadata
	@rm -rf $(OUT)/dist
	$(BIN)/python -m build --no-isolation --outdir $(OUT)/dist . > /dev/null
	$(BIN)/twine check --strict $(OUT)/dist/*

test-pythons: $(PROGRAM) ## run the seeds under this and other Pythons (PYTHONS="…") and compare the bytes
	$(BIN)/python scripts/compare_pythons.py $(PYTHONS)

audit: $(PROGRAM) ## ask the vulnerability service of PyPI about every pinned dependency
	@[ -x $(VENV)-audit/bin/pip-audit ] || { \
	  $(BIN)/python -m venv $(VENV)-audit && \
	  $(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.7,<3'; }
	@$(VENV)-audit/bin/python scripts/audit.py constraints.txt

schemas: $(DEV) ## write schemas/ and the tables of docs/record.md anew from the record types
	$(BIN)/python -m taizhang.schema schemas
	$(BIN)/python scripts/record_guide.py

messages: $(DEV) ## collect what the command says and compile its Chinese catalogue
	$(BIN)/python scripts/messages.py

picture: $(DEV) ## draw the pictures of the READMEs with Chromium, and write the record that they show
	$(BIN)/taizhang run seeds --out $(OUT)/picture > /dev/null
	$(BIN)/python scripts/readme_record.py $(OUT)/picture
	$(BIN)/python scripts/picture.py

browse: $(BROWSE) ## show LEDGER in a browser at http://127.0.0.1:PORT, to this machine alone, and anew when it changes
	$(if $(LEDGER),,$(BIN)/taizhang run seeds --out $(OUT)/browse --format sqlite)
	$(BIN)/datasette --immutable $(SHOWN) --reload --metadata schemas/datasette.json \
	  --host 127.0.0.1 --port $(PORT) --setting sql_time_limit_ms 10000 --setting facet_time_limit_ms 2000

clean: ## remove what the other targets made
	rm -rf $(VENV) $(VENV)-audit $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find pipeline tests -name __pycache__ -type d -exec rm -rf {} +
