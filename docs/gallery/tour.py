"""The tour: every screen of the product, chapter by chapter."""

from docs.gallery.acting import ACTING
from docs.gallery.looking import LOOKING
from docs.gallery.ruling import RULING
from docs.gallery.shots import Chapter
from docs.gallery.working import WORKING

CHAPTERS: tuple[Chapter, ...] = (*LOOKING, *WORKING, *ACTING, *RULING)
