"""Forged buttons of imports."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.imports import ChooseImportKind, ConfirmImport, OpenImport, SendReport
from domain.spreadsheets.layout import SheetName
from tests.bot.forgeries import FORBIDDEN, HUGE, UNSEEN, Case, Scene

OTHERS = ("lihua", "liu", "zhou", "heping")

IMPORTS: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenImport: lambda _: [(who, OpenImport(), FORBIDDEN) for who in OTHERS],
    ChooseImportKind: lambda _: [
        *((who, ChooseImportKind(1, SheetName.USERS), FORBIDDEN) for who in OTHERS),
        ("guan", ChooseImportKind(HUGE, SheetName.USERS), UNSEEN),
    ],
    ConfirmImport: lambda _: [
        *((who, ConfirmImport(1, restoring=True), FORBIDDEN) for who in OTHERS),
        ("guan", ConfirmImport(HUGE, restoring=False), UNSEEN),
        ("guan", ConfirmImport(-1, restoring=False), UNSEEN),
    ],
    SendReport: lambda _: [*((who, SendReport(1), FORBIDDEN) for who in OTHERS), ("guan", SendReport(HUGE), UNSEEN)],
}
"""As `FORGED`."""
