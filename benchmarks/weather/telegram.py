"""The local Telegram in a process of its own, with its rates on, that counts which faults really struck.

It writes its port to standard output, answers every line of standard input with the counts, and ends with it.
"""

import asyncio
import json
import sys
from collections import Counter

from bot.demo.stage import TOKEN
from bot.demo.telegram import server
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.faults import Fault, Faults
from bot.demo.telegram.parameters import Parameters


class Counted(Faults):
    """Faults, and how often each kind has struck a call."""

    def __init__(self) -> None:
        super().__init__()
        self.struck: Counter[str] = Counter()

    def take(self, method: str, parameters: Parameters) -> Fault | None:
        fault = super().take(method, parameters)
        if fault:
            self.struck[fault.kind] += 1
        return fault


async def main() -> None:
    """Serve until standard input ends."""
    telegram = Telegram(TOKEN)
    telegram.rates.enabled = True
    telegram.faults = faults = Counted()
    async with server.serve(telegram) as url:
        print(json.dumps({"url": url}), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(faults.struck), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
