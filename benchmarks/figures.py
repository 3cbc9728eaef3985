"""Figures as they are printed: medians, percentiles, ratios beside their targets, columns in line."""

from collections.abc import Iterable, Sequence
from statistics import median

__all__ = ["median", "middle_ratio", "percentile", "ratio", "table"]


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which `share` percent lie; of no values, not a number."""
    if not values:
        return float("nan")
    found = sorted(values)
    return found[min(len(found) - 1, len(found) * share // 100)]


def middle_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' own ratios, so that what slowed a whole round cancels out."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True) if other)


def ratio(what: str, value: float, target: float, *, at_most: bool = False) -> None:
    """One line: a ratio and whether it is as good as wanted."""
    kept = value <= target if at_most else value >= target
    print(f"  {what}: {value:.2f} ×  (target {'≤' if at_most else '≥'} {target:g} ×: {'kept' if kept else 'MISSED'})")


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A titled table; numbers are rounded to what can be believed."""
    lines = [list(heads), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    print(f"\n{title}")
    for line in lines:
        print("  " + "  ".join([line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return str(value)
