"""Buttons of what goes out as a workbook, and of work under way."""

from dataclasses import dataclass

from bot.callbacks import Payload
from domain.lists import Scope


@dataclass(frozen=True)
class OpenExports(Payload, code="zo"):
    """Which list to export."""


@dataclass(frozen=True)
class ExportScope(Payload, code="zs"):
    """All of a list."""

    scope: Scope


@dataclass(frozen=True)
class ExportList(Payload, code="zl"):
    """What is selected in a list, or else all that its filter finds."""

    view: int


@dataclass(frozen=True)
class ExportPartners(Payload, code="zp"):
    """The partners that a list of them finds; without one, all."""

    view: int | None


@dataclass(frozen=True)
class SendTemplates(Payload, code="zt"):
    """The workbooks to fill in for an import."""


@dataclass(frozen=True)
class CancelWorkbook(Payload, code="zx"):
    """Stop a piece of work."""

    task: int
