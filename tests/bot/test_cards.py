"""A customer's card: what is hidden in the pool, who may do what, and names that want to be something else.

On SQLite alone: what a card says does not depend on the database, whose queries the domain's tests run on both.
"""

import pytest

from bot.handlers import customers
from domain import pool
from domain.stages import ReleaseReason
from tests.bot.office import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)
HOSTILE = (
    "<b>粗体</b> & <a href='http://x'>链接</a>",
    "\u202e反过来\u202c Ltd",
    "👩‍👩‍👧‍👦货代🚢",
    "海" * 200,
    "=HYPERLINK(1)货代",
    "{ $name } %s %(x)s \\",
)


async def open_card(phone, customer):
    """The card of a customer, found by its name."""
    await phone.ask(f"/find {customer.name}")
    return await phone.press(customer.name[:8])


def acts(screen):
    """The acts that a card offers, among those that change the owner."""
    known = {"分配给我", "分配", "直接分配", "延长期限", "签单", "释放", "删除", "恢复", "✖ 取消申请"}
    return known & set(screen.labels)


class TestContacts:
    async def test_are_masked_in_the_pool_and_shown_after_the_claim(self, office):
        customer = office.customer()
        lihua = office.phone("lihua")
        masked = await open_card(lihua, customer)
        assert "📞 138••••5678" in masked
        assert "领取后可见完整联系方式" in masked
        for secret in (PHONE, "wang@example.com", "wangfang88", "海港路"):
            assert secret not in masked
        mine = await lihua.press_on(masked, "分配给我")
        for shown in (PHONE, "wang@example.com", "wangfang88", "海港路 12 号"):
            assert shown in mine

    async def test_can_be_copied_with_one_tap(self, office):
        customer = office.customer(owner="lihua", credit_code="91350211M000100Y43")
        card = await open_card(office.phone("lihua"), customer)
        copied = [card.text.encode("utf-16-le")[e["offset"] * 2 : (e["offset"] + e["length"]) * 2] for e in codes(card)]
        assert {"91350211M000100Y43", PHONE} <= {text.decode("utf-16-le") for text in copied}

    async def test_stay_masked_for_a_lead_and_open_for_an_admin(self, office):
        customer = office.customer()
        assert PHONE not in await open_card(office.phone("zhou"), customer)
        assert PHONE in await open_card(office.phone("guan"), customer)

    async def test_of_a_claim_that_waits_are_masked_for_both_sides(self, office):
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        liu, lihua = office.phones("liu", "lihua")
        card = await liu.wait_for("领取申请")
        assert PHONE not in await liu.press_on(card, "查看")
        assert PHONE not in await open_card(lihua, customer)


def codes(screen):
    """The parts of a message that a tap copies."""
    return [entity for entity in screen.message["entities"] if entity["type"] == "code"]


class TestActs:
    @pytest.mark.parametrize(
        ("login", "offered", "never"),
        [
            ("lihua", {"分配给我"}, {"分配", "直接分配", "释放", "删除"}),
            ("heping", {"分配给我", "直接分配"}, {"分配", "释放", "删除"}),
            ("zhang", {"分配给我", "分配"}, {"直接分配", "释放"}),
            ("guan", {"分配"}, {"直接分配", "释放"}),
        ],
    )
    async def test_in_the_pool(self, office, login, offered, never):
        card = await open_card(office.phone(login), office.customer())
        assert offered <= acts(card)
        assert not never & acts(card)

    @pytest.mark.parametrize(
        ("login", "offered", "never"),
        [
            ("lihua", set(), {"分配", "分配给我", "释放", "直接分配"}),
            ("zhang", {"分配", "释放"}, {"分配给我", "直接分配"}),
            ("zhou", {"分配", "释放"}, {"分配给我", "直接分配"}),
            ("guan", {"分配", "释放"}, {"分配给我", "直接分配"}),
        ],
    )
    async def test_of_an_owned_one(self, office, login, offered, never):
        card = await open_card(office.phone(login), office.customer(owner="lihua"))
        assert offered <= acts(card)
        assert not never & acts(card)

    async def test_of_another_team_there_is_no_card_at_all(self, office):
        customer = office.customer(owner="lihua")
        for login in ("chenjie", "liu", "wangwei"):
            found = await office.phone(login).ask(customer.name)
            assert "由同事持有：\n🔒" in found
            assert found.rows == [["主菜单"]]

    async def test_of_one_that_waits_nothing_is_offered_but_what_goes_past_it(self, office):
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        assert acts(await open_card(office.phone("wangwei"), customer)) == set()
        assert acts(await open_card(office.phone("heping"), customer)) == {"直接分配"}
        assert acts(await open_card(office.phone("lihua"), customer)) == {"✖ 取消申请"}


class TestHistory:
    async def test_tells_who_had_it_and_why_it_ended(self, office):
        customer = office.customer(last="chenjie", reason=ReleaseReason.COMPETITOR, note="运价太高")
        card = await open_card(office.phone("lihua"), customer)
        assert "释放原因：输给同行 · 运价太高" in card
        assert "历任负责人\n• 陈洁" in card
        assert "· 输给同行" in card

    async def test_tells_that_nobody_had_it(self, office):
        assert "从未有人负责" in await open_card(office.phone("lihua"), office.customer())

    async def test_a_waiting_claim_is_marked_on_the_list_and_on_the_card(self, office):
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        wangwei = office.phone("wangwei")
        listed = await wangwei.ask("/pool")
        assert any("⏳待审核" in label for label in listed.labels)
        assert "⏳ 待审核：李华 于" in await wangwei.press(customer.name)

    async def test_in_english(self, office):
        office.english("wangwei")
        customer = office.customer(last="chenjie", note="too expensive")
        office.do(pool.claim, "lihua", [customer.id])
        wangwei = office.phone("wangwei")
        await wangwei.ask("/pool")
        card = await wangwei.press(customer.name)
        assert "Released because: No need · too expensive" in card
        assert "Waiting for approval: asked for by 李华" in card
        assert "Contact details show once you have claimed it" in card


class TestHostileNames:
    @pytest.mark.parametrize("name", HOSTILE)
    async def test_stand_on_every_screen_as_they_were_written(self, office, name):
        customer = office.customer(name, last="chenjie", city=name[:60], note=name[:200])
        lihua, liu, heping = office.phones("lihua", "liu", "heping")
        await lihua.ask("/pool")
        card = await lihua.press("青岛" if name[:2] not in name else name[:2])
        assert name in card
        assert f"释放原因：无需求 · {name[:200]}" in card
        await lihua.press_on(card, "分配给我")
        asked = await liu.wait_for("领取申请")
        assert name in asked
        assert name in await liu.press_on(asked, "查看")
        await liu.ask("/todo")
        await liu.press("📝 李华")
        await liu.press("拒绝")
        await liu.press("补充原因")
        assert name[:200] in await liu.ask(f" {name}")
        await office.quiet()
        assert name[:60] in await lihua.wait_for("原因：")
        await heping.ask("/pool")
        await heping.press(name[:2])
        choice = await heping.press("直接分配")
        assert name[:60] in choice
        await heping.press_on(choice, "何平")
        assert office.owner(customer) == "heping"

    async def test_of_people_too(self, office):
        name = "<i>李</i> & =1+1 👑"
        phone = await office.hire("hostile", name, superior="liu")
        assert f"欢迎加入，{name}！" in await phone.screen()
        customer = office.customer(last="lihua")
        await open_card(phone, customer)
        await phone.press("分配给我")
        zhang = office.phone("zhang")
        card = await zhang.wait_for("领取申请")
        assert f"申请人：{name}" in card
        await zhang.press_on(card, "同意")
        assert f"负责人：{name}" in await open_card(office.phone("liu"), customer)


class TestDialled:
    @pytest.mark.parametrize(
        ("kept", "dialled"),
        [
            ("138 1234 5678", "+8613812345678"),
            ("0532-8388 1234", "+8653283881234"),
            ("+49 40 123456", "+4940123456"),
            ("0049 40 123456", "+4940123456"),
            ("8388 1234", None),
            ("ask for Wang", None),
            ("+1", None),
        ],
    )
    async def test_a_number_is_told_as_the_world_dials_it(self, kept, dialled):
        assert customers.dialled(kept) == dialled
