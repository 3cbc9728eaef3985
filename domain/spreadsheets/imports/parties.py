"""The partners of cooperating customers: by credit code, then by the name that the row gives or else the customer's (SPEC 4)."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from domain import credit_code
from domain.errors import GonghaiError, NoSuchPartnerError, PartnerTakenError
from domain.names import name_key
from domain.spreadsheets.imports import known, records
from domain.spreadsheets.imports.known import Party
from domain.spreadsheets.lines import Line
from domain.twins import Keys


class Parties:
    """The partners that rows without problems mean, as the database stands now."""

    def __init__(self, session: Session, read: Iterable[Line]) -> None:
        self._known = known.parties(session, [keys for line in read if records.signed(line) for keys in _keys(line)])

    def of(self, line: Line) -> Party | None:
        """The partner that a row's customer is to be linked with; None: a new one, or none at all."""
        if line.problems or not records.signed(line):
            return None
        return next((self._known[key] for key in (*_codes(line), _name(line)) if key in self._known), None)

    def refusal(self, line: Line) -> GonghaiError | None:
        """Why a row's customer cannot be linked."""
        party, named = self.of(line), line.values["linked_partner"]
        if party is not None:
            return PartnerTakenError(party.name, party.customer, party.owner) if party.customer is not None else None
        return NoSuchPartnerError(named) if named and credit_code.is_valid(credit_code.normalise(named)) else None

    def claims(self, line: Line) -> list[str]:
        """What only one row of a file may have."""
        if not records.signed(line):
            return []
        party = self.of(line)
        return [f"partner:{party.id}" if party else f"party:{_name(line)}"]


def _name(line: Line) -> str:
    return name_key(line.values["linked_partner"] or line.values["name"])


def _codes(line: Line) -> list[str]:
    named = line.values["linked_partner"]
    return [code for code in (line.values["credit_code"], named and credit_code.normalise(named)) if code]


def _keys(line: Line) -> list[Keys]:
    return [Keys(_name(line), None), *(Keys(_name(line), code) for code in _codes(line))]
