"""Exports through the chat: asked for with one tap, made beside the conversation, sent as a file (SPEC 7)."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


class TestExport:
    async def test_what_the_filter_finds_comes_as_a_file(self, office):
        office.customers(3, owner="chenjie")
        liu = office.phone("liu")
        await liu.ask("/team")
        card = await liu.press("导出 Excel")
        await liu.wait_on(card, "✅")
        await liu.wait_for("共 3 条")
