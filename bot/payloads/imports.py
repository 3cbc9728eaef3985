"""Buttons of an import."""

from dataclasses import dataclass

from bot.callbacks import Payload
from domain.spreadsheets.layout import SheetName


@dataclass(frozen=True)
class OpenImport(Payload, code="io"):
    """How to import."""


@dataclass(frozen=True)
class ChooseImportKind(Payload, code="ik"):
    """What the file holds, when it could be several things."""

    task: int
    kind: SheetName


@dataclass(frozen=True)
class ConfirmImport(Payload, code="iy"):
    """Import what can be; `restoring`: bring back what lies in the bin, too."""

    task: int
    restoring: bool


@dataclass(frozen=True)
class SendReport(Payload, code="ir"):
    """The report of what would be left out."""

    task: int
