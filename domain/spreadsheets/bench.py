"""What a piece of work is done with, and how its process is told of it."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.clock import Moment
from domain.db import Database
from domain.policy import Policy
from domain.spreadsheets.vocabulary import Vocabulary
from domain.workbook_tasks import Progress, Task


@dataclass(frozen=True)
class Bench:
    """The work, the database, the rules, and the words of its person's language.

    `now` tells the time; `report` takes how far the work is, as often as one likes.
    """

    database: Database
    task: Task
    policy: Policy
    words: Vocabulary
    now: Callable[[], Moment]
    report: Callable[[Progress], None]


@dataclass(frozen=True)
class Brief:
    """The same for a process that is yet to start: where the database is, and what time it is."""

    task: Task
    database_url: str
    policy: Policy
    words: Vocabulary
    now: Moment
