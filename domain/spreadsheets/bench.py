"""What a piece of work is done with, and how its process is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.clock import Moment
from domain.db import Database
from domain.errors import GonghaiError
from domain.policy import Policy
from domain.spreadsheets.vocabulary import Vocabulary
from domain.workbook_tasks import Progress, Task


@dataclass(frozen=True)
class Bench:
    """The work, the database, the rules, and the words of its person's language.

    `now` tells the time; `report` takes how far the work is, as often as one likes. `known` are the words of every language,
    which workbooks may be written in; `say` words a refusal.
    """

    database: Database
    task: Task
    policy: Policy
    words: Vocabulary
    now: Callable[[], Moment]
    report: Callable[[Progress], None]
    known: Sequence[Vocabulary]
    say: Callable[[GonghaiError], str]


@dataclass(frozen=True)
class Brief:
    """The same for a process that is yet to start: where the database is, and what time it is."""

    task: Task
    database_url: str
    policy: Policy
    words: Vocabulary
    now: Moment
    known: Sequence[Vocabulary]
    say: Callable[[GonghaiError], str]
