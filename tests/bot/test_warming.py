"""What a bot has ready before the first tap, seen from a process of its own: here it would freeze what the tests have made."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT = 20_000
PROGRAM = """
import gc, sys
from bot.warming import warm_up
warm_up()
print("pypinyin.phrases_dict" in sys.modules, gc.get_freeze_count(), len(gc.get_objects()))
"""


def test_what_stays_for_good_is_loaded_and_not_looked_through_for_garbage_again():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded, frozen, left = done.stdout.split()
    assert loaded == "True"
    assert int(frozen) > 10 * LEFT
    assert int(left) < LEFT
