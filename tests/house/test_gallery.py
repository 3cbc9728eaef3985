"""The gallery shows every screen: what a command or a button opens has a picture, and the page names exactly those that exist."""

from bot.callbacks import Payload
from bot.routes import COMMANDS, TAPS
from docs.gallery import page
from docs.gallery.shots import Say, Tap
from docs.gallery.tour import CHAPTERS
from tests.house.sources import ROOT

SHOTS = [shot for chapter in CHAPTERS for shot in chapter.shots]
NOT_SHOWN = {
    "AskHire": "a question again",
    "AskOrder": "a question again",
    "BackToList": "the list as it was",
    "CancelWorkbook": "the message without its button",
    "ChooseLanguage": "the menu, in the language of the other column",
    "ChooseImportKind": "the summary, after a file that could be several things",
    "ClearFilters": "the list as it was",
    "DropErrand": "the card or the list as it was",
    "EmptyField": "looks as any other change",
    "LeaveFollowup": "the card as it was",
    "LeaveOrder": "the card as it was",
    "ListBeside": "a list, as /todo, /team and /my show it",
    "OpenImport": "/import shows it",
    "OpenLanguages": "/lang shows it",
    "OpenExports": "/export shows it",
    "OpenList": "/my, /team, /pool and /bin show them",
    "OpenMenu": "/menu shows it",
    "OpenPartners": "/partners shows it",
    "OpenSettings": "/settings shows it",
    "OpenTodo": "/todo shows it",
    "OpenUsers": "/users shows it",
    "ReturnUser": "the card of anybody active",
    "StartEntry": "/new shows it",
    "TurnDigest": "a digest again",
    "TurnUsers": "a list again",
}
"""Buttons without a picture of their own, and why."""


def shown() -> tuple[set[str], set[type[Payload]]]:
    """The commands and the buttons after which a picture is taken."""
    last = [shot.deeds[-1] for shot in SHOTS]
    words = (deed.text.split()[0] for deed in last if isinstance(deed, Say))
    return {word[1:] for word in words if word.startswith("/")}, {deed.payload for deed in last if isinstance(deed, Tap)}


class TestTheTour:
    def test_takes_a_picture_after_every_command(self):
        assert set(COMMANDS) - shown()[0] == set()

    def test_takes_a_picture_after_every_button_or_says_why_not(self):
        without = {payload.__name__ for payload in set(TAPS) - shown()[1]}
        assert without == set(NOT_SHOWN)

    def test_names_no_picture_twice(self):
        names = [shot.name for shot in SHOTS]
        assert len(set(names)) == len(names)


class TestThePage:
    def test_is_the_tours(self):
        assert page.PAGE.read_text("utf-8") == page.text(CHAPTERS)

    def test_has_exactly_the_pictures_that_exist(self):
        named = {page.picture(shot, language) for shot in SHOTS for language in ("zh", "en")}
        assert named == set(page.PICTURES.rglob("*.webp"))

    def test_is_found_from_the_readme_and_small(self):
        assert "(docs/gallery.md)" in (ROOT / "README.md").read_text("utf-8")
        assert sum(path.stat().st_size for path in page.PICTURES.rglob("*.webp")) <= 6 * 1024 * 1024
