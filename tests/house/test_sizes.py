"""No file grows beyond what one can keep in mind."""

from tests.house.sources import FOLDERS, lines, paths, report

MOST = 400


def too_long(counts):
    return [f"{path}: {count} lines, at most {MOST}" for path, count in counts if count > MOST]


class TestTheRepository:
    def test_no_source_file_is_too_long(self):
        sources = paths(*FOLDERS, suffixes=(".py", ".js"))
        findings = too_long((path, len(lines(path))) for path in sources)
        assert not findings, report(findings)


class TestTheLimit:
    def test_it_may_be_reached(self):
        assert too_long([("a.py", 400)]) == []

    def test_it_may_not_be_passed(self):
        assert too_long([("a.py", 401)]) == ["a.py: 401 lines, at most 400"]
