"""What a batch answers: one outcome for each customer, done, waiting for approval, or refused and why (SPEC 4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import GonghaiError, NotFoundError


class Result(StrEnum):
    """How it ended for one customer."""

    DONE = "done"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """One customer's outcome; `name` is empty and `error` a NotFoundError for what does not exist for the actor."""

    customer_id: int
    name: str
    result: Result
    error: GonghaiError | None = None

    def raise_if_refused(self) -> None:
        """For acts on a single customer, where a refusal is the answer."""
        if self.error is not None:
            raise self.error


class Verdicts:
    """Collects the outcomes of a batch and returns them in the order in which the customers were named."""

    def __init__(self, asked: Iterable[int], names: Mapping[int, str]) -> None:
        self._asked = list(dict.fromkeys(asked))
        self._names = names
        self._outcomes: dict[int, Outcome] = {}

    def add(self, customer_id: int, result: Result, error: GonghaiError | None = None) -> None:
        """One customer's outcome."""
        name = "" if isinstance(error, NotFoundError) else self._names.get(customer_id, "")
        self._outcomes[customer_id] = Outcome(customer_id, name, result, error)

    def refuse(self, customer_id: int, error: GonghaiError) -> None:
        """One customer was refused."""
        self.add(customer_id, Result.REFUSED, error)

    def in_order(self) -> list[Outcome]:
        """An outcome for every customer named; one never spoken of does not exist for the actor."""
        missing = NotFoundError()
        return [self._outcomes.get(i) or Outcome(i, "", Result.REFUSED, missing) for i in self._asked]
