"""Partners from a workbook: a name and a credit code, each known once."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain import entry
from domain.customers import NAME_LENGTH
from domain.dialects import insert_numbered
from domain.errors import GonghaiError, InvalidFieldError
from domain.models import Partner
from domain.names import name_key
from domain.spreadsheets import lines
from domain.spreadsheets.imports.base import Details, Importing, Judged
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.spreadsheets.scratch import Fate, Kept
from domain.workbook_errors import (
    PartnerKnownError,
)


class Partners(Importing):
    """The sheet of partners."""

    def prepare(self, rows: Sequence[Kept], _details: Details) -> list[Line]:
        """Each row by itself."""
        read = lines.read_all(self.gathered.found[SheetName.PARTNERS], rows, self.circumstances.reader)
        for line in read:
            check_name(line, "partner")
            check_credit_code(line)
        return read

    def judge(self, session: Session, prepared: Sequence[Line]) -> list[Judged]:
        """A partner of the same name or credit code is a duplicate."""
        fine = [line for line in prepared if not line.problems]
        known = _known(session, fine)
        twice = self.first_claims([(line.number, _keys(line)) for line in fine if not _among(line, known)])
        return [_judged(line, _among(line, known) or twice.get(line.number)) for line in prepared]

    def keep(self, session: Session, judged: Sequence[Judged], meanwhile: Callable[[Sequence[int]], None]) -> None:
        """Valid from now on."""
        rows = [{**each.record, "valid": True, "created_at": self.circumstances.now.utc} for each in judged]
        meanwhile(insert_numbered(session, Partner, rows))


def check_name(line: Line, key: str) -> None:
    """A name has letters and a length."""
    name = line.values[key]
    if name and not name_key(name):
        line.refuse(key, "no_letters")
    elif name and len(name) > NAME_LENGTH:
        line.refuse(key, "too_long")


def check_credit_code(line: Line) -> None:
    """A credit code has its check digit."""
    code = line.values["credit_code"]
    if code is None:
        return
    try:
        line.values["credit_code"] = entry.clean("credit_code", code)
    except InvalidFieldError as refusal:
        line.complain("credit_code", refusal)


def _judged(line: Line, other: GonghaiError | None) -> Judged:
    if line.problems:
        return Judged(line.number, Fate.REFUSED, reasons=tuple(line.problems))
    if other is not None:
        return Judged(line.number, Fate.DUPLICATE, reasons=(other,))
    name = line.values["partner"]
    return Judged(line.number, Fate.NEW, {"name": name, "name_key": name_key(name), "credit_code": line.values["credit_code"]})


def _keys(line: Line) -> list[str]:
    code = line.values["credit_code"]
    return [f"name:{name_key(line.values['partner'])}", *([f"code:{code}"] if code else [])]


def _known(session: Session, read: Iterable[Line]) -> dict[str, PartnerKnownError]:
    """The partners that are there already, by the keys of `_keys`."""
    given = list(read)
    same = or_(
        Partner.name_key.in_([name_key(line.values["partner"]) for line in given]),
        Partner.credit_code.in_([line.values["credit_code"] for line in given if line.values["credit_code"]]),
    )
    known: dict[str, PartnerKnownError] = {}
    if not given:
        return known
    for row in session.execute(select(Partner.name, Partner.name_key, Partner.credit_code).where(same)):
        known |= dict.fromkeys([f"name:{row.name_key}", f"code:{row.credit_code}"], PartnerKnownError(row.name))
    return known


def _among(line: Line, known: dict[str, PartnerKnownError]) -> PartnerKnownError | None:
    return next((known[key] for key in _keys(line) if key in known), None)
