"""Forged buttons of exports, by payload, as in `forgeries`."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.workbooks import CancelWorkbook, ExportList, ExportPartners, ExportScope, OpenExports, SendTemplates
from domain.lists import Scope
from tests.bot.forgeries import FORBIDDEN, HUGE, STALE, TOO_HUGE, UNSEEN, Case, Scene

WORKBOOKS: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenExports: lambda _: [(who, OpenExports(), FORBIDDEN) for who in ("lihua", "chenjie", "heping")],
    ExportScope: lambda _: [
        *(("lihua", ExportScope(scope), FORBIDDEN) for scope in Scope),
        ("liu", ExportScope(Scope.BIN), FORBIDDEN),
        ("zhou", ExportScope(Scope.BIN), FORBIDDEN),
        ("guan", "1:zs:theirs", STALE),
    ],
    ExportList: lambda s: [
        ("lihua", ExportList(s.list_), STALE),
        ("guan", ExportList(s.list_), STALE),
        ("liu", ExportList(s.errand), STALE),
        ("liu", ExportList(HUGE), STALE),
        ("liu", f"1:zl:{TOO_HUGE}", STALE),
    ],
    ExportPartners: lambda s: [
        ("lihua", ExportPartners(None), FORBIDDEN),
        ("liu", ExportPartners(None), FORBIDDEN),
        ("zhou", ExportPartners(s.list_), FORBIDDEN),
        ("guan", ExportPartners(s.list_), STALE),
    ],
    SendTemplates: lambda _: [(who, SendTemplates(), FORBIDDEN) for who in ("lihua", "liu", "zhou", "heping")],
    CancelWorkbook: lambda _: [
        ("lihua", CancelWorkbook(HUGE), UNSEEN),
        ("guan", CancelWorkbook(-1), UNSEEN),
        ("guan", "1:zx:", STALE),
    ],
}
"""As `FORGED`."""
