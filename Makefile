# One command for each thing. `make` alone lists them.
# The environment is in .venv and is set up again when pyproject.toml or constraints.txt change.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXTRAS := advice,app,dev,docs,people,plot,report,study

# What Python compiles is kept, whatever the shell says: the tests begin some hundred processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test pytest lint format bench benchmarks thorough fuzz coverage mutation audit docs site report browser screenshots office calibration golden model licences release constraints clean

# $(call debian,COMMANDS,PACKAGES): install Debian's packages unless the commands are there; without the right to do that,
# say what to do and go on, because the tests that need them are skipped then.
debian = @[ "$$(command -v $(1) | wc -l)" = $(words $(1)) ] && exit 0; \
	command -v apt-get >/dev/null || { echo "Some tests are skipped without $(1): install them." >&2; exit 0; }; \
	if [ "$$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root="sudo -n"; \
	else echo "Some tests are skipped without $(1): sudo apt-get install $(2)" >&2; exit 0; fi; \
	$$root apt-get update -qq && $$root apt-get install -y -qq --no-install-recommends $(2)

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

setup: $(READY) ## set up the environment in .venv

demo: $(READY) ## compare leadership styles on a small business: a table here, a picture in demo/
	@mkdir -p demo
	$(BIN)/teamsim compare everyday --plot demo/everyday.svg

test: $(READY) ## everything: style, types, imports, tests
	@$(MAKE) --no-print-directory --jobs=2 --keep-going lint pytest

# The tests of a file stay together, for they share what is slow to make, and those of some folders (tests/conftest.py);
# files come in their order, those of the browser first, so that no core waits at the end.
TOGETHER := -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

pytest: $(READY)
	$(BIN)/python -m pytest $(TOGETHER)

lint: $(READY) ## style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(READY) ## lay the code out, and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY) ## speed and memory
	$(BIN)/python -m pytest -m benchmark -s tests/benchmark

# What teamsim is compared with is no part of it, nor of its environment; without it, the page says what is missing.
BESIDE := agentpy==0.1.5 mesa-frames==0.1.0a0 polars==1.17.1

benchmarks: $(READY) ## the page of benchmarks, docs/benchmarks.md (some minutes on a quiet machine)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target build/beside $(BESIDE)
	rm -rf build/beside/tests
	PYTHONPATH=$(CURDIR):build/beside $(BIN)/python -m tests.benchmark.page docs/benchmarks.md

thorough: $(READY) ## what the tests try some dozens of, by the thousand
	$(BIN)/python -m pytest -m thorough -n auto --maxprocesses 4

fuzz: $(READY) ## more than 5,000 damaged files, links, answers and folders over everything that is read
	$(BIN)/python -m pytest -m thorough -n auto --maxprocesses 4 tests/hostile

# Compiled rules are seen by no tracer: those tests that follow them one by one run them as plain Python beside the rest.
PLAIN := tests/model/test_rules.py tests/model/test_rules_by_formula.py tests/model/test_people_by_formula.py tests/model/test_monotone.py tests/model/test_known_answers.py tests/model/test_conservation.py

# By folders, so that who stops it goes on with those that are left; the next time all are run anew.
TESTED := $(filter-out __pycache__ benchmark mutation,$(patsubst tests/%/,%,$(wildcard tests/*/)))
PIECES := $(TESTED:%=build/coverage/%.piece) build/coverage/top.piece build/coverage/plain.piece
COVERING = mkdir -p build/coverage && COVERAGE_FILE=$@.part $(BIN)/python -m pytest --cov --cov-report=

coverage: $(READY) $(PIECES) ## which lines the tests run, those of the rules included
	$(BIN)/python -m coverage combine --keep --data-file build/coverage/whole $(PIECES)
	$(BIN)/python -m coverage report --data-file build/coverage/whole --fail-under 95
	rm -rf build/coverage

build/coverage/top.piece: | $(READY)
	$(COVERING) $(TOGETHER) tests/test_*.py && mv $@.part $@

build/coverage/plain.piece: | $(READY)
	$(COVERING) -p tests.plain $(PLAIN) -k "not any_company" && mv $@.part $@

build/coverage/%.piece: | $(READY)
	$(COVERING) $(TOGETHER) tests/$* && mv $@.part $@

# Each try is kept, so it can be stopped at any time; SAMPLE=300 tries as many of them, drawn by chance.
mutation: $(READY) ## how many wrong versions of the rules the tests notice; the score in docs/verification.md (hours)
	$(BIN)/python -m tests.mutation $(if $(SAMPLE),--sample $(SAMPLE)) --keep --goal 0.85

# By an environment of its own; a library of which nothing is known counts as a fault.
audit: ## known vulnerabilities of the pinned libraries (asks the package index)
	python3 -m venv build/audit && build/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	build/audit/bin/pip-audit --disable-pip --no-deps --strict -r constraints.txt

report: $(READY) ## the report on the example client, in docs/examples
	$(BIN)/teamsim report client-roster --brand docs/examples/brand.toml --force --out docs/examples/client-roster.html --out docs/examples/client-roster.pdf --out docs/examples/client-roster.docx --out docs/examples/client-roster.pptx

docs: $(READY) ## the pages that are made from the code
	$(BIN)/python -m sim.view.odd docs/odd.md
	@mkdir -p sim/analysis/data
	$(BIN)/teamsim claims --draws 100 --markdown docs/claims.md --record sim/analysis/data/claims.json
	$(BIN)/teamsim evidence --markdown docs/evidence.md --record sim/analysis/data/evidence.json
	$(BIN)/teamsim situational --markdown docs/situational.md

site: $(READY) ## the documentation site, in build/site
	$(BIN)/python -m mkdocs build --strict

browser: ## install the browser that the tests drive (Debian's chromium, without a window), where that is allowed
	$(call debian,chromium-headless-shell,chromium-headless-shell) \
		|| $$root apt-get install -y -qq --no-install-recommends chromium

office: ## install what the tests look at slides with (Debian's LibreOffice Impress, poppler), where that is allowed
	$(call debian,soffice pdftoppm,libreoffice-impress-nogui poppler-utils)

screenshots: $(READY) ## pictures of every page of the app, light and dark, laptop and phone, in screenshots/
	$(BIN)/python -m tests.browser.screenshots screenshots

calibration: $(READY) ## fit the uncertain parameters anew, and take the best set for defaults (half an hour)
	$(BIN)/teamsim run calibration --yes --dask local --out experiments/results/calibration
	$(BIN)/python -m sim.view.adopting experiments/results/calibration

golden: $(READY) ## note down what the shipped scenarios give now, after a change that is meant
	$(BIN)/python -m tests.golden.golden

model: $(READY) ## give a model whose numbers have changed a version of its own (MOVED='what moved')
	$(BIN)/python -m sim.analysis.model_version "$(MOVED)"

licences: $(READY) ## list the licences of all libraries, in docs/licences.md
	$(BIN)/python -m tests.release.licences docs/licences.md

release: $(READY) ## wheel, source, the ODD document and a replication package, in dist/
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	cp docs/odd.md dist/teamsim-odd.md
	version=$$($(BIN)/python -c 'import sim; print(sim.__version__)') && git archive --prefix=teamsim-replication-$$version/ -o dist/teamsim-replication-$$version.tar.gz HEAD

clean: ## remove everything that was made
	rm -rf $(VENV) .venv-constraints .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage build dist demo screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Setting up --------------------------------------------------------------------------------------------------------

TOO_OLD := teamsim needs Python 3.12 or newer with its venv module, and none was found: install one and run make again, or say where it is (make PYTHON=/where/it/is/python3.12).

# A Python counts when it runs and can make an environment. A name says nothing: pyenv puts one on PATH for each version that
# is not selected, too, and Debian's python3 comes without venv.
FIND_PYTHON := usable() { [ -x "$$1" ] && "$$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }; \
	find_python() { \
		chosen=$$(command -v "$(PYTHON)"); if usable "$$chosen"; then echo "$$chosen"; return; fi; \
		for name in python3.12 python3.13 python3.14 python3 python; do \
			( IFS=:; for place in $$PATH; do if usable "$$place/$$name"; then echo "$$place/$$name"; exit; fi; done; exit 1 ) && return; \
		done; \
	}; \
	python=$$(find_python)

$(READY): pyproject.toml constraints.txt
	@$(FIND_PYTHON); \
	uv=$$(command -v uv); \
	[ -n "$$uv$$python" ] || { echo "$(TOO_OLD)" >&2; exit 1; }; \
	echo "Setting up $(VENV) (a few minutes the first time)"; \
	usable $(BIN)/python || rm -rf $(VENV); \
	if [ -n "$$uv" ]; then \
		[ -d $(VENV) ] || uv venv --quiet --seed --python "$${python:-3.12}" $(VENV) || { echo "$(TOO_OLD)" >&2; exit 1; }; \
		uv pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[$(EXTRAS)]'; \
	else \
		[ -d $(VENV) ] || "$$python" -m venv $(VENV) || exit 1; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'; \
	fi
	@touch $@

constraints: ## take the newest versions that go together, and note them in constraints.txt
	@$(FIND_PYTHON); \
	[ -n "$$python" ] || { echo "$(TOO_OLD)" >&2; exit 1; }; \
	"$$python" -m venv --clear .venv-constraints \
	&& .venv-constraints/bin/python -m pip install --quiet --disable-pip-version-check -e '.[advice,app,cluster,dev,docs,people,plot,report,study]' \
	&& { echo "# The versions that everything is tried with, whichever extras are chosen. Made by: make constraints"; \
		.venv-constraints/bin/python -m pip freeze --exclude-editable --exclude pip --exclude setuptools; } > constraints.new \
	&& mv constraints.new constraints.txt \
	&& rm -rf .venv-constraints
