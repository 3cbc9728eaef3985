"""How much of a workbook from outside is looked at; beyond it the file is refused with the bound in words."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes are bytes. `unpacked_freely`: below it a file may be packed as tightly as it likes, above it `ratio` counts."""

    file: int = 100 * MIB
    parts: int = 5_000
    unpacked: int = 500 * MIB
    unpacked_freely: int = 32 * MIB
    ratio: int = 200
    sheets: int = 50
    columns: int = 256
    rows: int = 200_000
    blank_run: int = 1_000
    cell: int = 32_767
    memory: int = 1_536 * MIB
    cpu_seconds: int = 60
    seconds: int = 120


USUAL = Limits()
