# Every target sets up what it needs. `make demo` and `make test` are the two to know.

PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready
RUNS   := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) * 3 / 2)))
LIST   := resources/SHA256SUMS
SHIPPED := $(sort $(wildcard forms/*.toml resources/fonts/*.ttf resources/policies/*/*.toml \
             resources/policies/*/forms/*.toml))
WORDS  := $(patsubst %.po,%.mo,$(wildcard resources/locale/*/LC_MESSAGES/sanad.po))

.PHONY: help setup system words shipped demo run test lint format amounts papers screens bench soak-kill soak-cut soak-tamper fuzz soak-backup bundle lock clean

help:      ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: system $(READY) words shipped  ## .venv from the lock, system libraries, words, the list of what is shipped

system:    ## install the system libraries Qt needs, or say which are missing
	@./system-libraries.sh

$(READY): requirements.lock pyproject.toml setup.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

words: $(READY) $(WORDS)  ## compile the catalogues whose texts changed

shipped: $(LIST)  ## list the guides, forms and fonts that the program starts with, by their hashes

$(LIST): $(SHIPPED)
	@sha256sum $(SHIPPED) > $@

%.mo: %.po
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

demo: setup  ## the main job on the sample families: ./sanad-demo, or a window
	$(BIN)/sanad demo

run: setup  ## open the program
	$(BIN)/sanad

test: setup  ## every test, then the files that must be covered to the last branch
	$(BIN)/pytest tests/story/test_window_keys.py  # alone: its keys are typed at the speed of a person
	$(BIN)/pytest --numprocesses=$(RUNS) --ignore=tests/story/test_window_keys.py --cov --cov-report=  # more than cores: each waits for disks and timers
	$(BIN)/coverage report

lint: setup  ## style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## write the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

amounts: setup  ## every whole dinar to a million, in words, read back by a second way
	$(BIN)/python -m tests.words.reading

papers: setup  ## every paper as PDF and picture, in build/papers; one sheet of them in docs
	$(BIN)/python -m tests.gallery build/papers --sheet docs/papers.png

screens: setup  ## every screen as a picture, in build/screens
	$(BIN)/python -m tests.screens

bench: setup  ## measured ratios, one a line
	$(BIN)/python -m tests.benchmarks

soak-kill: setup  ## a thousand kills while the office works: nothing acknowledged lost, nothing half or paid twice
	$(BIN)/python -m tests.soak.kill

soak-cut: setup  ## two hundred power cuts, and a control that must lose (needs root and a loop device)
	$(BIN)/python -m tests.soak.cut

soak-tamper: setup  ## five hundred edits behind the program's back, all found by the doctor
	$(BIN)/python -m tests.soak.tamper

fuzz: setup  ## a quarter of an hour of hostile input to every reader from outside
	$(BIN)/python -m tests.fuzz

soak-backup: setup  ## a thousand damaged backups, all refused
	$(BIN)/python -m tests.soak.backup

bundle: setup  ## the folder to hand out, in dist/sanad, started and tried once
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	$(BIN)/pytest tests/bundle

lock:      ## choose anew what pyproject.toml leaves open
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet uv
	{ sed -n '/^#/p;/^[^#]/q' requirements.lock; build/lock/bin/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --extra dev --upgrade --no-strip-extras --no-header --no-annotate \
	  --no-emit-index-url pyproject.toml; } > build/requirements.lock
	mv build/requirements.lock requirements.lock

clean:     ## leave only what the repository holds
	rm -rf .venv build dist sanad-demo
	find resources/locale -name '*.mo' -delete
