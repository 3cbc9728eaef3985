"""What is refused of workbooks that come from outside: the file, a sheet, a row, a cell (as in `errors`)."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import GonghaiError


@dataclass(eq=False)
class WorkbookError(GonghaiError):
    """A workbook that is not read: `problem` is a word of the locales, `limit` the bound that it passes."""

    file: str
    problem: str
    limit: int = 0


@dataclass(eq=False)
class NoKnownSheetError(GonghaiError):
    """No sheet of the workbook has the headings of what is imported."""

    file: str


@dataclass(eq=False)
class MissingColumnsError(GonghaiError):
    """A sheet lacks columns that are needed; `headings` as people know them."""

    sheet: str
    headings: str


@dataclass(eq=False)
class FileImportedError(GonghaiError):
    """Exactly the same file was imported before: when (UTC), and by whom."""

    at: datetime
    by: str | None


@dataclass(eq=False)
class ImportRunningError(GonghaiError):
    """Another process imports this very file at the moment."""


@dataclass(eq=False)
class CellError(GonghaiError):
    """A cell of a workbook that cannot be kept: under which heading, what is wrong (a word of the locales), what stands there."""

    heading: str
    problem: str
    value: str = ""


@dataclass(eq=False)
class TwiceInFileError(GonghaiError):
    """An earlier row of the same file is the same record."""

    row: int


@dataclass(eq=False)
class InRecycleBinError(GonghaiError):
    """A deleted customer has this name or credit code: since when (UTC), and who deleted it."""

    name: str
    since: datetime
    by: str | None


@dataclass(eq=False)
class RowRefusedError(GonghaiError):
    """What belongs together is kept together: a row of another sheet stands in the way."""

    sheet: str
    row: int


@dataclass(eq=False)
class NoCustomerRowError(GonghaiError):
    """A contact, a follow-up or an owner whose customer is not in the file."""

    name: str


@dataclass(eq=False)
class PartnerKnownError(GonghaiError):
    """A partner has this name or credit code already."""

    name: str
