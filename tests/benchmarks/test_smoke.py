"""The benchmarks run, at tiny sizes, and print their ratios. What they measure is nobody's promise here."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TINY = {
    "taps": ("--rounds", "1", "--taps", "20", "--paced", "10", "--no-aiogram"),
    "claims": ("--customers", "500", "--rounds", "1", "--singles", "20", "--batches", "2"),
    "workbooks": ("--sizes", "40", "1500", "--rounds", "1", "--taps", "5"),
    "workbooks_in": ("--sizes", "10", "--taps", "10", "--per-second", "50"),
    "screens": ("--sizes", "1100", "1200", "--times", "3"),
    "clock": ("--customers", "400", "--leads", "5", "--due", "60", "--rounds", "1"),
}
ALSO = {"taps": "Two replicas / one, on postgresql"}


@pytest.mark.parametrize("name", TINY)
def test_it_runs_on_both_databases_and_prints_ratios(name):
    command = [sys.executable, "-m", f"benchmarks.{name}", *TINY[name]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    for engine in ("sqlite", "postgresql"):
        assert any(engine in line and "×  (target" in line for line in done.stdout.splitlines()), done.stdout
    assert ALSO.get(name, "") in done.stdout


def test_memory_is_sampled_while_updates_come():
    command = [sys.executable, "-m", "benchmarks.memory", "--engine", "sqlite", "--updates", "400", "--every", "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert "MB for every 10,000" in done.stdout
