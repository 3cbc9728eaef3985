"""Buttons that nobody was given: each is refused in one clear line, and nothing changes.

On SQLite alone, for their number; garbage and numbers beyond everything are tried on both databases in test_garbage.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.callbacks import Payload
from tests.bot.conftest import looked_over
from tests.bot.forgeries import FORGED, Scene
from tests.bot.forgeries_digest import DIGEST
from tests.bot.forgeries_filters import FILTERS
from tests.bot.forgeries_imports import IMPORTS
from tests.bot.forgeries_partners import PARTNERSHIP
from tests.bot.forgeries_people import PEOPLE
from tests.bot.forgeries_record import RECORD
from tests.bot.forgeries_settings import SETTINGS
from tests.bot.forgeries_statistics import STATISTICS
from tests.bot.forgeries_workbooks import WORKBOOKS
from tests.bot.forging import refuse, set_scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)
EVERY = {**DIGEST, **FORGED, **FILTERS, **IMPORTS, **PARTNERSHIP, **PEOPLE, **RECORD, **SETTINGS, **STATISTICS, **WORKBOOKS}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(open_office, complaints) -> AsyncIterator[Scene]:
    """One scene for all forgers: they leave it as it was."""
    async with looked_over(open_office, complaints):
        yield await set_scene(open_office)


class TestForgedButtons:
    @pytest.mark.parametrize("payload", Payload.known.values(), ids=lambda payload: payload.__name__)
    async def test_are_refused_and_change_nothing(self, scene, payload):
        taps = [(who, data if isinstance(data, str) else data.pack(), line) for who, data, line in EVERY[payload](scene)]
        assert {data.split(":")[1] for _, data, _ in taps} == {payload.code}
        await refuse(scene.office, taps)

    async def test_exist_for_every_button_there_is(self):
        assert set(EVERY) == set(Payload.known.values())
