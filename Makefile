# Every target builds what it needs in .venv and nothing outside this folder.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo run test check format bench pictures clean

demo: .venv/.ready
	$(BIN)/gonghai demo

run: .venv/.ready
	$(BIN)/gonghai run

test: check
	$(BIN)/pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder

check: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest tests/house

format: .venv/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

bench: .venv/.ready
	$(BIN)/python -m benchmarks.taps
	$(BIN)/python -m benchmarks.claims
	$(BIN)/python -m benchmarks.screens
	$(BIN)/python -m benchmarks.clock
	$(BIN)/python -m benchmarks.workbooks
	$(BIN)/python -m benchmarks.workbooks_in

pictures: .venv/.ready
	$(BIN)/python -m docs.take_pictures
	$(BIN)/python -m docs.gallery

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
