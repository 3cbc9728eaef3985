"""The office of the stories, as tests/domain has it, and a desk at which workbooks are imported into it."""

import pytest

from tests.domain.conftest import founded, office, own_office, statements
from tests.spreadsheets.desk import Desk

__all__ = ["desk", "founded", "office", "own_office", "statements"]


@pytest.fixture
def desk(office, tmp_path) -> Desk:
    return Desk(office, tmp_path)
