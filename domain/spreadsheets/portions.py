"""The rows of an import in portions, each made ready for the database before a transaction begins, or even a portion ahead."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from domain.spreadsheets.imports import Importing
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.preparing import Portion, Preparer, preparer
from domain.spreadsheets.scratch import Kept

_EVERYTHING = 1_000_000


class Prepared(NamedTuple):
    """The next rows, and what could be said of them without the database."""

    rows: Sequence[Kept]
    prepared: Sequence[Any]


class Portions:
    """Portions of one import; as many rows in each as it keeps together."""

    def __init__(self, importing: Importing, kind: SheetName) -> None:
        self._importing, self._kind = importing, kind
        self._preparer: Preparer | None = None
        self._asked: Portion | None = None

    @contextmanager
    def ahead(self, rows: int) -> Iterator[None]:
        """What is to be kept is prepared by another process meanwhile, when there are more than one portion of rows."""
        if not self._importing.chunk or rows <= self._importing.chunk:
            yield
            return
        self._importing.keeping = True
        with preparer(self._importing) as self._preparer:
            yield
        self._preparer = self._asked = None

    def next(self, after: int, *, coming: bool) -> Prepared:
        """The rows behind a row: all, or those that are coming."""
        self._importing.keeping = coming
        asked, self._asked = self._asked, None
        if asked is not None:
            prepared = self._taken(asked)
            self._ask(asked, coming=coming)
            return Prepared(asked.rows, prepared)
        portion = self._portion(after, coming=coming)
        self._ask(portion, coming=coming)
        return Prepared(portion.rows, self._importing.prepare(*portion))

    def again(self, rows: Sequence[Kept]) -> Sequence[Any]:
        """Rows that were judged before, or some of those of a portion."""
        return self._importing.prepare(rows, self._importing.gathered.belonging(self._kind, rows))

    def _portion(self, after: int, *, coming: bool) -> Portion:
        limit = self._importing.chunk or _EVERYTHING
        rows = self._importing.gathered.scratch.rows(self._kind, after=after, limit=limit, coming=coming)
        return Portion(rows, self._importing.gathered.belonging(self._kind, rows))

    def _ask(self, portion: Portion, *, coming: bool) -> None:
        """Have the portion behind this one prepared meanwhile."""
        if self._preparer is not None and portion.rows:
            self._asked = self._portion(portion.rows[-1].number, coming=coming)
            self._preparer.ask(self._asked)

    def _taken(self, asked: Portion) -> Sequence[Any]:
        """What the other process made of it; if it broke, that is found out here."""
        assert self._preparer is not None
        try:
            return self._preparer.take()
        except EOFError:
            self._preparer = None
            return self._importing.prepare(*asked)
