"""Several people at the same moment, each on a thread and a connection of his own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

PATIENCE = 0.2


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all acts together; what each returned, or the error that it raised."""
    barrier = threading.Barrier(len(acts))

    def start(act: Callable[[], Any]) -> Any:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        futures = [threads.submit(start, act) for act in acts]
    return [future.exception() or future.result() for future in futures]


def begin(act: Callable[[], Any]) -> Future:
    """Start an act that has to wait for something; it does not end while it is watched."""
    done: Future = Future()
    running = threading.Event()

    def run() -> None:
        running.set()
        try:
            done.set_result(act())
        except Exception as error:  # noqa: BLE001 — it is looked at by the test
            done.set_exception(error)

    threading.Thread(target=run).start()
    running.wait()
    try:
        done.result(PATIENCE)
    except TimeoutError:
        return done
    raise AssertionError("it did not wait")
