# The verbs of this repository. Each sets up what is missing first.
#   make demo    build the labs, grade classes of sample submissions, print the grades
#   make test    the tests that are quick      make test-slow   the others: whole classes, killed runs, browsers
#   make check   format, lint, types, generated files fresh      make lab     JupyterLab on labs/
#   make labs    rebuild labs/ from solutions/          make bench   speed beside keras.applications
#   make setup   only the environment    make clean   remove it and everything generated that git ignores

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# The environment's programs come first: nbgrader calls alembic by its bare name.
export PATH := $(abspath $(BIN)):$(PATH)
export TF_CPP_MIN_LOG_LEVEL ?= 3

# The CPU build of TensorFlow is a quarter of the size; it exists for Linux on x86-64. Elsewhere, and where
# an NVIDIA driver answers, the full build.
ifeq ($(shell uname -sm),Linux x86_64)
TENSORFLOW := $(if $(shell nvidia-smi -L 2>/dev/null),tensorflow-cuda,tensorflow-cpu)
else
TENSORFLOW := tensorflow
endif

.PHONY: setup demo lab test test-slow check labs bench constraints clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cvlabs needs Python 3.11 or newer: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$(TENSORFLOW),weights,data,labs,dev]'
	touch $@

demo: $(READY)
	$(BIN)/python -m autograder demo

lab: $(READY)
	$(BIN)/jupyter lab --notebook-dir labs

PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup

test: $(READY)
	$(PYTEST) -m 'not slow and not network and not gpu'

test-slow: $(READY)
	$(PYTEST) -m 'slow and not network and not gpu'

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@echo 'all tests can be collected'; found=$$($(BIN)/python -m pytest --collect-only -qq) || { echo "$$found"; exit 1; }
	$(BIN)/python -m autograder build --check

labs: $(READY)
	$(BIN)/python -m autograder build

bench: $(READY)
	$(BIN)/python -m benchmarks.models resnet50 mobilenet_v2 densenet121
	$(BIN)/python -m benchmarks.models --variants resnext50_32x4d --batch 4 --size 128

# After a change of a dependency's range: what pip resolves today becomes the pinned set.
constraints:
	$(PYTHON) -m venv --clear build/constraints
	build/constraints/bin/python -m pip install --quiet '.[tensorflow-cpu,weights,data,labs,dev]'
	{ sed -n '/^#/p' constraints.txt; \
	  build/constraints/bin/python -m pip freeze | grep '==' | grep -v '^cvlabs' | sort -f; \
	  build/constraints/bin/python -m pip freeze | sed -n 's/^tensorflow-cpu==/tensorflow==/p'; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean:
	rm -rf $(VENV) autograder/course .pytest_cache .mypy_cache .ruff_cache
