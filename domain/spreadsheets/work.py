"""The pieces of work that there are, and who does them."""

from collections.abc import Callable, Mapping

from domain.spreadsheets import exporting, import_work, templates
from domain.spreadsheets.bench import Bench
from domain.workbook_tasks import TaskKind

DOERS: Mapping[TaskKind, Callable[[Bench], None]] = {
    TaskKind.EXPORT: exporting.customers,
    TaskKind.EXPORT_PARTNERS: exporting.partners_of,
    TaskKind.TEMPLATE: templates.send,
    TaskKind.IMPORT: import_work.bring,
}


def do(bench: Bench) -> None:
    """Do the work and write what came of it into its row. Raises GonghaiError, TaskLostError."""
    DOERS[bench.task.kind](bench)
