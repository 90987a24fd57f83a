# The two commands of the README are `make demo` and `make test`; each sets up all it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test check format lint types imports docs bench train changelog clean

demo: $(VENV)/.run          ## set up and run the main job on the bundled sample case
	$(BIN)/reportedly demo --out demo

test: $(VENV)/.dev          ## set up and pass the tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev format lint types imports test   ## all that CI holds

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

docs: $(VENV)/.dev          ## write the generated reference pages anew
	$(BIN)/python -m tests.docs.generate

bench: $(VENV)/.dev         ## the quality floors and speeds, on ../shared
	$(BIN)/python -m bench

train: $(VENV)/.train       ## from the corpora in ../shared/data to the released ONNX file; resumes when cut
	$(BIN)/python -m training --config training/attribution.toml --run runs/attribution --steps train
	$(BIN)/python -m training --config training/joint.toml --run runs/joint --steps train
	$(BIN)/python -m training --config training/config.toml --run runs/last

changelog: $(VENV)/.dev     ## gather changelog.d into CHANGELOG.md
	$(BIN)/towncrier build --yes --version $$($(BIN)/python -c 'import reportedly; print(reportedly.__version__)')

clean:
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "reportedly needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,train]'
	@touch $@
