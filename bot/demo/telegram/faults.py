"""Bad weather on demand: calls that fail the next N times."""

import json
from dataclasses import dataclass

from bot.demo.telegram.parameters import Json, Parameters

KINDS = frozenset({"429", "500", "502", "reset", "lost_reply", "slow", "duplicate"})


@dataclass
class Fault:
    """What goes wrong, and for which calls: no condition means every call."""

    kind: str
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    contains: str | None = None
    seconds: float = 1.0
    retry_after: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)

    def hits(self, method: str, parameters: Parameters) -> bool:
        """Whether the fault strikes this call."""
        if self.times < 1 or (self.method and self.method.lower() != method.lower()):
            return False
        if self.chat_id is not None and parameters.integer("chat_id") != self.chat_id:
            return False
        return self.contains is None or self.contains in _everything(parameters.values)


class Faults:
    """The faults that are still to come, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let a fault come."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Fair weather."""
        self._waiting.clear()

    def take(self, method: str, parameters: Parameters) -> Fault | None:
        """The fault for this call, counted down."""
        for fault in self._waiting:
            if fault.hits(method, parameters):
                fault.times -= 1
                return fault
        return None


def _everything(values: Json) -> str:
    return "\n".join(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in values.values())
