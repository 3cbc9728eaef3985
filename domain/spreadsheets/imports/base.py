"""What every kind of import knows and answers: the circumstances, and a judgement of each row."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.errors import GonghaiError
from domain.policy import Policy
from domain.spreadsheets.cleaning import Reader
from domain.spreadsheets.gathering import Gathered
from domain.spreadsheets.lines import Line
from domain.spreadsheets.scratch import Fate, Kept
from domain.workbook_errors import (
    TwiceInFileError,
)


@dataclass(frozen=True)
class Circumstances:
    """Who imports (None: the command line), under which rules, when, and how cells are read; `gentle`: beside a conversation."""

    actor_id: int | None
    policy: Policy
    now: Moment
    reader: Reader
    language: str
    gentle: bool = False


GENTLE = 40
"""So many rows may be kept together while others wait for the one writer of SQLite."""


class Judged(NamedTuple):
    """What is to become of a row: a new one with the record that it describes, any other with the reasons.

    `known_id` is the customer in the bin that it is; `wrong` are rows of other sheets that stand in its way.
    """

    number: int
    fate: Fate
    record: Any = None
    reasons: tuple[GonghaiError, ...] = ()
    known_id: int | None = None
    wrong: tuple[Line, ...] = ()


Details = Mapping[str, Sequence[Kept]]
"""Rows of other sheets, by the key of the row that they belong to."""


class Importing(ABC):
    """One kind of import. `chunk` rows are judged and kept together, in one transaction; 0: all of them.

    `keeping`: what is read for a judgement must still be so when the transaction ends.
    """

    chunk = 500
    keeping = False

    def __init__(self, gathered: Gathered, circumstances: Circumstances) -> None:
        self.gathered, self.circumstances = gathered, circumstances
        if circumstances.gentle:
            self.chunk = min(self.chunk, GENTLE)

    @abstractmethod
    def prepare(self, rows: Sequence[Kept], details: Details) -> Sequence[Any]:
        """All that can be said of rows and of what belongs to them without the database; it is judged once."""

    @abstractmethod
    def judge(self, session: Session, prepared: Sequence[Any]) -> list[Judged]:
        """What becomes of each row, as the database stands now."""

    @abstractmethod
    def keep(self, session: Session, judged: Sequence[Judged], meanwhile: Callable[[Sequence[int]], None]) -> None:
        """Keep new records, and call `meanwhile` with their ids: it may insert more in bulk.

        A twin that came in before is an IntegrityError, which may be raised only after that.
        """

    def first_claims(self, wanted: Sequence[tuple[int, Sequence[str]]]) -> dict[int, TwiceInFileError]:
        """Rows that say what an earlier row of the file says; each row is given with the keys that must be its own."""
        held = self.gathered.scratch.claim([(key, number) for number, keys in wanted for key in keys])
        return {number: TwiceInFileError(held[key]) for number, keys in wanted for key in reversed(keys) if held[key] != number}
