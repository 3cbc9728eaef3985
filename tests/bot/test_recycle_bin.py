"""Delete, restore, extend and undo in the chat, singly and in batches."""

import pytest

from domain import signing
from domain.models import Customer

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def card(phone, customer):
    await phone.ask(customer.name)
    return await phone.press(customer.name)


def place(office, customer):
    with office.work() as session:
        return session.get_one(Customer, customer.id)


class TestDelete:
    async def test_is_confirmed_in_place_and_can_be_undone(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await card(lihua, customer)
        asked = await lihua.press("删除")
        assert f"将 1 个客户删除到回收站？\n• {customer.name}" in asked
        assert office.owner(customer) == "lihua"
        done = await lihua.press("确认")
        assert "已将 1 个客户删除到回收站" in done
        assert done.rows[-2:] == [["↩️ 撤销（10 分钟内）"], ["‹ 返回"]]
        assert place(office, customer).deleted_at is not None
        assert "已撤销" in await lihua.press("撤销")
        assert office.owner(customer) == "lihua"

    async def test_cancel_changes_nothing(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await card(lihua, customer)
        await lihua.press("删除")
        await lihua.press("取消")
        assert office.owner(customer) == "lihua"

    async def test_a_signed_one_is_refused_to_its_owner(self, office):
        customer = office.customer(owner="lihua")
        office.do(signing.sign, "lihua", customer.id)
        lihua = office.phone("lihua")
        await card(lihua, customer)
        await lihua.press("删除")
        assert "您没有这个权限" in await lihua.press("确认")


class TestRestore:
    async def test_in_batches_from_the_bin_to_where_they_were(self, office):
        customers = office.customers(3, owner="lihua")
        lihua = office.phone("lihua")
        await lihua.ask("/my")
        await lihua.press("多选")
        await lihua.press("全选")
        await lihua.press("删除 (3)")
        await lihua.press("确认")
        assert "共 3 个" in await lihua.ask("/bin")
        await lihua.press("多选")
        await lihua.press("全选")
        assert "已恢复 3 个客户" in await lihua.press("恢复 (3)")
        assert [office.owner(customer) for customer in customers] == ["lihua"] * 3

    async def test_everybody_sees_his_own_bin_and_an_admin_all(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await card(lihua, customer)
        await lihua.press("删除")
        await lihua.press("确认")
        assert "回收站是空的" in await office.phone("chenjie").ask("/bin")
        assert customer.name in str((await office.phone("guan").ask("/bin")).labels)


class TestExtend:
    @pytest.mark.parametrize(("days", "left"), [("+7", "剩 97 天"), ("+30", "剩 120 天")])
    async def test_a_lead_adds_days_with_one_tap(self, office, days, left):
        customer = office.customer(owner="chenjie")
        liu = office.phone("liu")
        await card(liu, customer)
        await liu.press("延长期限")
        shown = await liu.press(days)
        assert "已延长 1 个客户的期限" in shown
        assert left in shown

    async def test_a_deadline_that_has_passed_counts_from_today(self, office):
        customer = office.customer(owner="chenjie", left=-10)
        liu = office.phone("liu")
        await card(liu, customer)
        await liu.press("延长期限")
        assert "剩 7 天" in await liu.press("+7")

    async def test_or_types_a_number(self, office):
        customer = office.customer(owner="chenjie")
        liu = office.phone("liu")
        await card(liu, customer)
        await liu.press("延长期限")
        await liu.press("其他")
        assert "超出范围" in await liu.ask("500")
        assert "剩 100 天" in await liu.ask("10")

    async def test_a_salesperson_has_no_such_button(self, office):
        customer = office.customer(owner="lihua")
        assert not any("延长" in label for label in (await card(office.phone("lihua"), customer)).labels)


class TestUndo:
    async def test_of_a_release_gives_the_owner_his_customer_back(self, office):
        customer = office.customer(owner="chenjie")
        liu = office.phone("liu")
        await card(liu, customer)
        await liu.press("释放")
        await liu.press("价格")
        assert office.owner(customer) is None
        await liu.press("撤销")
        assert office.owner(customer) == "chenjie"

    async def test_after_ten_minutes_it_is_refused(self, office):
        customer = office.customer(owner="chenjie")
        liu = office.phone("liu")
        await card(liu, customer)
        await liu.press("释放")
        await liu.press("价格")
        office.later(minutes=11)
        assert "只能在 10 分钟内撤销" in await liu.press("撤销")
        assert office.owner(customer) is None
