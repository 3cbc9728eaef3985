"""How fast the bot may speak: never more than Telegram's 30 in any second, whoever asks when, and never so slow that it stops."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import sending

LIMIT = 30
SECOND = timedelta(seconds=1)
looks = st.lists(st.tuples(st.integers(0, 700), st.integers(0, 70)), min_size=1, max_size=40)
"""Milliseconds since the look before, and how many notices wait."""
once_each = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def taken(office, looks):
    """When how many were granted, in a fresh hour."""
    office.later(hours=1)
    grants = []
    with office.work() as session:
        for pause, wanted in looks:
            office.later(milliseconds=pause)
            grants.append((office.now.utc, sending.take(session, wanted, now=office.now)))
    return grants


class TestThePaceOfAll:
    @once_each
    @given(looks)
    def test_no_second_sees_more_than_thirty(self, office, looks):
        grants = taken(office, looks)
        for start, _ in grants:
            assert sum(granted for at, granted in grants if start <= at <= start + SECOND) <= LIMIT

    @once_each
    @given(looks)
    def test_nobody_gets_more_than_he_asked_for(self, office, looks):
        assert all(granted <= wanted for (_, granted), (_, wanted) in zip(taken(office, looks), looks, strict=True))

    def test_who_looks_four_times_a_second_sends_a_crowd_at_the_full_pace(self, office):
        grants = taken(office, [(250, 64)] * 40)
        assert sum(granted for _, granted in grants) == sending.AT_ONCE + 39 * sending.PER_SECOND // 4

    def test_who_looks_more_often_gets_no_less(self, office):
        grants = taken(office, [(10, 64)] * 1000)
        assert sum(granted for _, granted in grants) >= 9 * sending.PER_SECOND
