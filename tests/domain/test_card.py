import pytest

from domain import approvals, customers, pool, recycle_bin
from domain.customers import NewContact
from domain.errors import NotFoundError
from domain.masking import MASK
from domain.permissions import Relation
from domain.policy import Policy
from domain.stages import Gained, Lost, ReleaseReason

OPEN = NewContact("Wang Fang", phone="13812345678", email="wang@example.com", wechat="wangfang88")


def card(office, who, customer):
    return office.do(customers.card, who, customer)


class TestWhoSeesIt:
    @pytest.mark.parametrize(
        ("who", "relation"), [("an", Relation.OWN), ("li", Relation.TEAM), ("zhao", Relation.TEAM), ("qian", Relation.TEAM)]
    )
    def test_owner_leads_above_and_admins_see_it_unmasked(self, office, who, relation):
        shown = card(office, who, office.enter("an"))
        assert (shown.relation, shown.masked) == (relation, False)
        assert (shown.contacts, shown.address) == ((OPEN,), "12 Harbour Road")

    @pytest.mark.parametrize("who", ["bai", "xu", "wu"])
    def test_for_others_it_does_not_exist(self, office, who):
        with pytest.raises(NotFoundError):
            card(office, who, office.enter("an"))

    def test_what_never_was_looks_the_same(self, office):
        with pytest.raises(NotFoundError):
            card(office, "qian", 999_999)

    def test_a_lead_does_not_see_what_the_lead_above_owns(self, office):
        with pytest.raises(NotFoundError):
            card(office, "li", office.enter("zhao"))

    @pytest.mark.parametrize("who", ["an", "qian"])
    def test_what_lies_in_the_bin_is_seen_by_who_put_it_there_and_admins(self, office, who):
        assert card(office, who, office.in_bin("an")).name

    @pytest.mark.parametrize("who", ["bai", "li", "zhao"])
    def test_and_by_nobody_else(self, office, who):
        with pytest.raises(NotFoundError):
            card(office, who, office.in_bin("an"))


class TestMasking:
    @pytest.mark.parametrize("who", ["an", "xu", "li", "zhao"])
    def test_in_the_pool_everybody_reads_it_masked(self, office, who):
        shown = card(office, who, office.in_pool("Blue Anchor", last="an"))
        (contact,) = shown.contacts
        assert shown.masked
        assert (shown.name, shown.city, contact.name) == ("Blue Anchor", "Qingdao", "Wang Fang")
        assert (contact.phone, contact.email) == (f"138{MASK * 4}5678", f"w{MASK * 3}@{MASK * 3}.com")
        assert (contact.wechat, shown.address) == (f"w{MASK * 3}", f"1{MASK * 3}")

    def test_but_an_admin(self, office):
        shown = card(office, "qian", office.in_pool())
        assert (shown.masked, shown.contacts, shown.address) == (False, (OPEN,), "12 Harbour Road")

    def test_in_the_bin_it_stays_masked_when_nobody_owned_it_then(self, office):
        customer = office.in_pool(last="an")
        office.do(recycle_bin.delete, "li", [customer])
        shown = card(office, "li", customer)
        assert (shown.relation, shown.masked, shown.address) == (Relation.MY_BIN, True, f"1{MASK * 3}")
        assert not card(office, "qian", customer).masked

    def test_in_the_bin_it_stays_open_to_whoever_could_read_it_before(self, office):
        customer = office.enter("an")
        office.do(recycle_bin.delete, "an", [customer])
        shown = card(office, "an", customer)
        assert (shown.relation, shown.masked, shown.contacts) == (Relation.MY_BIN, False, (OPEN,))

    def test_a_claim_opens_it(self, office):
        customer = office.in_pool()
        office.do(pool.claim, "an", [customer])
        assert card(office, "an", customer).contacts == (OPEN,)

    def test_a_claim_that_waits_does_not(self, office):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        assert card(office, "xu", customer).masked
        office.do(approvals.approve, "li", [request])
        assert not card(office, "xu", customer).masked

    def test_a_release_closes_it_again(self, office):
        customer = office.enter("an")
        office.release(customer)
        assert card(office, "an", customer).masked

    def test_the_setting_switches_it_off(self, office):
        office.policy = Policy(mask_pool_contacts=False)
        assert card(office, "xu", office.in_pool()).contacts == (OPEN,)

    def test_what_is_not_there_stays_away(self, office):
        customer = office.in_pool(address=None, contacts=(NewContact("Wang", phone="0532838"),))
        shown = card(office, "xu", customer)
        assert (shown.address, shown.contacts) == (None, (NewContact("Wang", phone=MASK * 7),))


class TestWhatItSays:
    def test_code_owner_and_due_date(self, office):
        customer = office.enter("an", services=("fcl", "air"), lanes=(("CNTAO", "USLAX"),))
        shown = card(office, "li", customer)
        assert shown.code == f"C{customer:06d}"
        assert (shown.owner, (shown.due_on - office.now.today).days) == ("An", 90)
        assert (shown.services, shown.lanes) == (("fcl", "air"), (("CNTAO", "USLAX"),))

    def test_the_next_claimer_reads_why_it_was_released(self, office):
        customer = office.enter("an")
        office.do(pool.release, "li", [customer], ReleaseReason.OTHER, note="they moved inland")
        shown = card(office, "xu", customer)
        assert (shown.release_reason, shown.release_note) == (ReleaseReason.OTHER, "they moved inland")

    def test_the_claim_that_waits(self, office):
        customer = office.in_pool(last="an")
        assert card(office, "ye", customer).waiting is None
        office.waiting("xu", customer)
        assert card(office, "ye", customer).waiting.requester == "Xu"

    def test_the_main_contact_comes_first(self, office):
        others = (OPEN, NewContact("Zhang"), NewContact("Abel"))
        shown = card(office, "an", office.enter("an", contacts=others))
        assert [contact.name for contact in shown.contacts] == ["Wang Fang", "Zhang", "Abel"]


class TestHistory:
    def test_it_says_who_had_it_from_when_to_when_and_why_it_ended(self, office):
        customer = office.enter("an")
        entered = office.now.utc
        office.later(days=3)
        office.release(customer, reason=ReleaseReason.PRICE)
        released = office.now.utc
        office.later(days=1)
        office.do(pool.claim, "bai", [customer])
        newest, oldest = card(office, "bai", customer).history
        assert (newest.name, newest.since, newest.until, newest.gained) == ("Bai", office.now.utc, None, Gained.CLAIMED)
        assert (oldest.name, oldest.since, oldest.until) == ("An", entered, released)
        assert (oldest.gained, oldest.lost, oldest.reason) == (Gained.ENTERED, Lost.RELEASED, ReleaseReason.PRICE)

    def test_it_keeps_to_the_newest_five(self, office):
        customer = office.enter("an")
        for _ in range(6):
            office.later(days=1)
            office.release(customer)
            office.do(pool.claim, "an", [customer])
        history = card(office, "an", customer).history
        assert len(history) == 5
        assert [past.since for past in history] == sorted((past.since for past in history), reverse=True)
        assert history[0].until is None
