# The developer's whole interface. `make` alone explains every line.

# Debian builds its Python for speed: the same tests take a sixth less of the processor than with one
# that was compiled without that.
PYTHON ?= $(or $(firstword $(wildcard /usr/bin/python3.1[1-4])),python3)
VENV := .venv/bin
SET_UP := $(PYTHON) -m baodao.operations.bootstrap
WORKLOADS := roster_import letters pages large_unit tables drafts divisions ledger_verify service_table last_seat offers flags check_in placement

# Compiled modules are kept, also where the environment says otherwise: each start takes half the time.
export PYTHONDONTWRITEBYTECODE :=

RULES := $(wildcard tests/*/test_*rules*.py) $(patsubst %,tests/kernel/test_%.py,batch days lives masks)

# What `make check` has said of the sources is not said again by `make test`.
SAID := --ignore tests/architecture --ignore tests/docs

.PHONY: help run test rules check style borders fix bench messages lock screenshots

help:         ## this list
	@sed -n 's/^\([a-z]*\): *## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r n t; do printf 'make %-12s %s\n' "$$n" "$$t"; done

run:          ## set up what is missing, then database, demo, server and worker until ctrl-C
	@$(SET_UP) run
	@$(VENV)/baodao run

# Memory that a test gives back is asked for by the next: kept, the same tests take a tenth less of the processor.
test: export MALLOC_TRIM_THRESHOLD_ := 1073741824
test: export MALLOC_MMAP_THRESHOLD_ := 33554432

test:         ## all that runs, in parallel and in a real browser; ARGS="-k words" chooses
	@$(SET_UP) test
	$(VENV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(SAID) $(ARGS)

rules:        ## the rules alone, in seconds, without Django and a database; ARGS="-k words" chooses
	@$(SET_UP) check
	$(VENV)/python -m pytest -q -n 0 -p no:django --noconftest -o addopts="-p tests.environment" \
		-W ignore::pytest.PytestConfigWarning $(RULES) $(ARGS)

check:        ## style, types, templates, import contracts, catalogues, settings, architecture, docs
	@$(SET_UP) check
	@$(MAKE) --no-print-directory --jobs 2 style borders

style:        ## the one half of check, of the sources as they are written: style, types, templates
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/djlint baodao --lint --quiet

borders:      ## its other half: import contracts, settings, architecture, docs; both run at once
	$(VENV)/lint-imports
	BAODAO_HTTPS=1 $(VENV)/python -m django check --deploy --fail-level WARNING --settings baodao.config.settings
	$(VENV)/python -m pytest -q tests/architecture tests/docs

fix:          ## what ruff can mend by itself
	@$(SET_UP) check
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench:        ## every workload quickly, each against its limit or peer
	@$(SET_UP) test
	@for workload in $(WORKLOADS); do $(VENV)/python -m bench.$$workload --quick || exit 1; done

messages:     ## compile the message catalogues
	@$(SET_UP) messages

lock:         ## pin Python's and the front end's packages anew (needs uv)
	@$(SET_UP) lock

screenshots:  ## walk the journeys and keep their pictures under docs/manual
	@$(SET_UP) test
	BAODAO_SCREENSHOTS=docs/manual $(VENV)/python -m pytest -m journey -n 0 tests/journeys
