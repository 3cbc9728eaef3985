"""docs/gallery.md, from the tour."""

from collections.abc import Iterable
from pathlib import Path

from docs.gallery.shots import Chapter, Shot

PAGE = Path(__file__).parents[1] / "gallery.md"
PICTURES = PAGE.parent / "pictures" / "gallery"
TOP = """# Every screen, one by one

Taken from the demo by `make pictures`; the page is written by the same script. Chinese on the left, English on the right.
"""


def picture(shot: Shot, language: str) -> Path:
    """Where the shot is kept."""
    return PICTURES / language / f"{shot.name}.webp"


def text(chapters: Iterable[Chapter]) -> str:
    """The whole page."""
    return "\n".join([TOP, *(_chapter(chapter) for chapter in chapters)])


def _chapter(chapter: Chapter) -> str:
    rows = [f"| {_cell(shot, 'zh')} | {_cell(shot, 'en')} |" for shot in chapter.shots]
    return "\n".join([f"## {chapter.zh} · {chapter.en}", "", "| 中文 | English |", "| --- | --- |", *rows, ""])


def _cell(shot: Shot, language: str) -> str:
    title = getattr(shot, language)
    return f"{title}<br>![{title}]({picture(shot, language).relative_to(PAGE.parent).as_posix()})"
