"""Taps through the whole stack, beside bots without a database that only echo.

The product: a tap that claims a customer, by long polling and by webhook, on SQLite and PostgreSQL: inbox row, one transaction
with timeline and outbox, answer, edit. The floors, in the same rounds: python-telegram-bot's echo (answer and edit) as it comes,
the same on the product's transport, and aiogram's. A trivial Bot API server in a process of its own hands out taps of many
people, 256 at a time, and then 50 a second. Times run from the moment a tap is handed out to its answer and to its edit.
Processor time is the bot's processes alone, without the server of PostgreSQL. Two replicas of the product on one PostgreSQL get
the taps in turn, beside the one replica in the same rounds.
"""

import argparse
import importlib.util
import socket
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.bots import PATH, SECRET
from benchmarks.figures import median, middle_ratio, percentile, ratio, table
from benchmarks.offices import ENGINES, Office, account, offices
from benchmarks.processes import Peer, module, running
from bot.callbacks import Begin
from domain.permissions import Act

OUTSTANDING = 256
WARM_UP = 64
PEOPLE = 400
SHARED = "postgresql"
ONE, TWO = f"product, {SHARED}, webhook", f"product, {SHARED}, webhook, two replicas"
DEFAULT, OURS, AIOGRAM = "python-telegram-bot", "python-telegram-bot, our transport", "aiogram"
_AIOGRAM_SECONDS = 180


@dataclass
class Runner:
    """A bot to measure: how it is started, and for the product the database that it works on."""

    command: tuple[str, ...]
    python: str = sys.executable
    office: str | None = None
    hook: bool = False
    replicas: int = 1
    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    answers: list[list[float]] = field(default_factory=list)
    edits: list[list[float]] = field(default_factory=list)
    lost: int = 0


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int
    taps: int
    paced: int
    per_second: int


def measure(engines: Sequence[str], sizes: Sizes, *, webhook: bool, aiogram: str | None) -> None:
    """Run everything and print it."""
    modes = 2 if webhook else 1
    needed = sizes.rounds * (modes + 1) * (2 * WARM_UP + sizes.taps + sizes.paced)
    with offices(engines, people=PEOPLE, customers=needed) as found, running(*module("bot_api")) as api:
        url = f"http://127.0.0.1:{api.hear()['port']}"
        runners = _runners(url, found, webhook=webhook, aiogram=aiogram)
        claimed: dict[str, int] = defaultdict(int)
        for number in range(sizes.rounds):
            for name, runner in runners.items():
                print(f"round {number + 1}: {name}", flush=True)
                _round(api, runner, sizes, claimed)
    _report(runners, sizes)


def _runners(url: str, found: dict[str, Office], *, webhook: bool, aiogram: str | None) -> dict[str, Runner]:
    bots = module("bots")
    runners = {DEFAULT: Runner((*bots, "ptb-httpx", url)), OURS: Runner((*bots, "ptb-aiohttp", url, ""))}
    if aiogram is not None:
        runners[AIOGRAM] = Runner(("benchmarks/aiogram_echo.py", url), python=aiogram)
    for engine, office in found.items():
        runners[f"product, {engine}"] = Runner((*bots, "product", url, office.url), office=engine)
    if webhook:
        runners[f"{OURS}, webhook"] = Runner((*bots, "ptb-aiohttp", url, ""), hook=True)
        for engine, office in found.items():
            runners[f"product, {engine}, webhook"] = Runner((*bots, "product", url, office.url), office=engine, hook=True)
        if office := found.get(SHARED):
            runners[TWO] = Runner((*bots, "product", url, office.url), office=SHARED, hook=True, replicas=2)
    return runners


def _round(api: Peer, runner: Runner, sizes: Sizes, claimed: dict[str, int]) -> None:
    ports = [free_port() for _ in range(runner.replicas)] if runner.hook else []
    target = {"ports": ports, "path": PATH, "secret": SECRET} if runner.hook else None
    with _replicas(runner, ports) as bots:

        def play(taps: int, **how: Any) -> dict[str, Any]:
            data = [_data(runner, claimed) for _ in range(taps)]
            people = [account(number) for number in range(2, PEOPLE + 1)]
            return api.ask(data=data, accounts=people, webhook=target, **how)

        play(WARM_UP * len(bots), outstanding=OUTSTANDING)
        before = _processor(bots)
        full = play(sizes.taps, outstanding=OUTSTANDING)
        runner.processor.append(1000 * (_processor(bots) - before) / sizes.taps)
        runner.rates.append((sizes.taps - full["lost"]) / full["seconds"])
        paced = play(sizes.paced, rate=sizes.per_second)
        runner.answers.append(paced["answer"])
        runner.edits.append(paced["edit"])
        runner.lost += full["lost"] + paced["lost"]


@contextmanager
def _replicas(runner: Runner, ports: Sequence[int]) -> Iterator[list[Peer]]:
    """The processes of a runner, all of them ready."""
    with ExitStack() as stack:
        given = [(str(port),) for port in ports] or [()]
        bots = [stack.enter_context(running(*runner.command, *port, python=runner.python)) for port in given]
        for bot in bots:
            bot.hear()
        yield bots


def _processor(bots: Sequence[Peer]) -> float:
    """Seconds of processor time used so far."""
    return float(sum(bot.ask()["cpu"] for bot in bots))


def _data(runner: Runner, claimed: dict[str, int]) -> str:
    """A button: the next free customer's claim for the product, anything for an echo."""
    if runner.office is None:
        return "echo"
    claimed[runner.office] += 1
    return Begin(Act.CLAIM, claimed[runner.office], None).pack()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _report(runners: dict[str, Runner], sizes: Sizes) -> None:
    table(
        f"{OUTSTANDING} taps outstanding: medians of {sizes.rounds} rounds of {sizes.taps}",
        ("", "taps/s", "processor ms each", "lost"),
        ((name, median(each.rates), median(each.processor), each.lost) for name, each in runners.items()),
    )
    for name, each in runners.items():
        if each.office:
            ratio(f"{name} / {DEFAULT}", middle_ratio(each.rates, runners[DEFAULT].rates), 3)
            if AIOGRAM in runners:
                ratio(f"{name} / {AIOGRAM}", middle_ratio(each.rates, runners[AIOGRAM].rates), 0.5)
    table(
        f"{sizes.per_second} taps a second: ms from the tap, medians of {sizes.rounds} rounds",
        ("", "answer p50", "answer p99", "edit p50", "edit p99"),
        (
            (name, *(_middle(runs, share) for runs in (each.answers, each.edits) for share in (50, 99)))
            for name, each in runners.items()
        ),
    )
    for name, each in runners.items():
        if each.office:
            floor = runners[f"{OURS}, webhook" if each.hook else OURS]
            for what, mine, theirs in (("answer", each.answers, floor.answers), ("edit", each.edits, floor.edits)):
                ratio(f"{name}: p99 to the {what} / echo", middle_ratio(_p99(mine), _p99(theirs)), 4, at_most=True)
    if TWO in runners:
        _report_two(runners[ONE], runners[TWO])


def _report_two(one: Runner, two: Runner) -> None:
    """What a second replica brings; whether it can depends on how many cores are left for it."""
    print(f"\nTwo replicas / one, on {SHARED}, both behind a webhook")
    print(f"  taps a second: {middle_ratio(two.rates, one.rates):.2f} ×")
    for what, twice, once in (("answer", two.answers, one.answers), ("edit", two.edits, one.edits)):
        print(f"  p99 to the {what}: {middle_ratio(_p99(twice), _p99(once)):.2f} ×")


def _middle(runs: Sequence[Sequence[float]], share: int) -> float:
    return median(percentile(run, share) for run in runs)


def _p99(runs: Sequence[Sequence[float]]) -> list[float]:
    return [percentile(run, 99) for run in runs]


@contextmanager
def aiogram_python(*, install: bool) -> Iterator[str | None]:
    """An interpreter that has aiogram: this one, or a virtual environment that goes with the run; None with a word why not."""
    if importlib.util.find_spec("aiogram"):
        yield sys.executable
        return
    if not install:
        print("aiogram is skipped: it is not installed")
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="gonghai-bench-aiogram-") as place:
        yield _installed(Path(place))


def _installed(place: Path) -> str | None:
    python = str(place / "bin" / "python")
    commands = ([sys.executable, "-m", "venv", str(place)], [python, "-m", "pip", "install", "--quiet", "aiogram"])
    try:
        for command in commands:
            subprocess.run(command, check=True, capture_output=True, timeout=_AIOGRAM_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"aiogram is skipped: it could not be installed ({type(error).__name__})")
        return None
    return python


def main(arguments: Sequence[str] | None = None) -> None:
    """What `make bench` runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--taps", type=int, default=1500)
    parser.add_argument("--paced", type=int, default=500, help="how many taps are timed at an even pace")
    parser.add_argument("--per-second", type=int, default=50)
    parser.add_argument("--no-webhook", action="store_true")
    parser.add_argument("--no-aiogram", action="store_true", help="do not install aiogram for the run")
    given = parser.parse_args(arguments)
    sizes = Sizes(given.rounds, given.taps, given.paced, given.per_second)
    with aiogram_python(install=not given.no_aiogram) as aiogram:
        measure(given.engines, sizes, webhook=not given.no_webhook, aiogram=aiogram)


if __name__ == "__main__":
    main()
