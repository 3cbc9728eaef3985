import pytest

from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.labels import button_labelled
from bot.demo.telegram.parameters import Upload
from tests.bot.demo.telegram.conftest import ANNA, BEN, buttons

ROWS = [[{"text": text} for text in ("✅ 分配给我 (3)", "分配", "直接分配", "客户 1", "客户 2")]]


class TestLabels:
    @pytest.mark.parametrize(
        ("label", "text"),
        [("分配", "分配"), ("分配给我", "✅ 分配给我 (3)"), ("直接", "直接分配"), ("客户 2", "客户 2")],
    )
    def test_the_very_label_comes_first_then_its_words_then_a_part(self, label, text):
        assert button_labelled(label, ROWS)["text"] == text

    @pytest.mark.parametrize(("label", "words"), [("客户", "several buttons say '客户'"), ("释放", "no button says '释放'")])
    def test_doubt_is_an_error_that_lists_what_there_is(self, label, words):
        with pytest.raises(PhoneError, match=words) as caught:
            button_labelled(label, ROWS)
        assert "'直接分配', '客户 1'" in str(caught.value)

    async def test_a_button_that_asks_nothing_cannot_be_tapped(self, api, telegram):
        await api.say(reply_markup={"inline_keyboard": [[{"text": "Site", "url": "https://a.example"}]]})
        with pytest.raises(PhoneError, match="asks the bot nothing"):
            telegram.people.tap_label(ANNA, 1, "Site")

    async def test_a_place_names_a_button_too(self, api, telegram):
        await api.say(reply_markup=buttons("a", "a"))
        assert telegram.people.tap_place(ANNA, 1, 0, 1)
        with pytest.raises(PhoneError, match="no button in row 1"):
            telegram.people.tap_place(ANNA, 1, 1, 0)


class TestPersons:
    def test_renaming_somebody_keeps_the_chat(self, telegram):
        telegram.people.send(ANNA, "hello")
        chat = telegram.people.add(ANNA, "Anne", note="lead")
        assert (chat.card["first_name"], chat.note, chat.opened, len(chat.messages)) == ("Anne", "lead", True, 1)

    def test_nobody_has_no_phone(self, telegram):
        with pytest.raises(PhoneError, match="no person 99"):
            telegram.people.send(99, "x")


class TestDeeds:
    def test_start_carries_its_payload(self, telegram):
        assert telegram.people.start(BEN, "abc-_1")["text"] == "/start abc-_1"
        with pytest.raises(PhoneError, match="64"):
            telegram.people.start(BEN, "spaces are not allowed")

    @pytest.mark.parametrize("text", ["", " ", "x" * 4097])
    def test_no_phone_sends_nothing_or_too_much(self, telegram, text):
        with pytest.raises(PhoneError):
            telegram.people.send(ANNA, text)

    def test_a_blocked_bot_gets_no_messages(self, telegram):
        telegram.people.block(ANNA)
        with pytest.raises(PhoneError, match="blocked"):
            telegram.people.send(ANNA, "x")

    async def test_blocking_twice_is_told_once(self, api, telegram):
        telegram.people.block(ANNA)
        telegram.people.block(ANNA)
        assert len(await api.updates()) == 1

    async def test_only_own_text_can_be_edited(self, api, telegram):
        await api.say()
        located = telegram.people.location(ANNA, 1, 2)
        with pytest.raises(PhoneError, match="own"):
            telegram.people.edit(ANNA, 1, "x")
        with pytest.raises(PhoneError, match="text"):
            telegram.people.edit(ANNA, located["message_id"], "x")

    def test_a_photo_must_be_a_picture(self, telegram):
        with pytest.raises(PhoneError, match="no picture"):
            telegram.people.file(ANNA, "photo", Upload("a.png", "image/png", b"x"))
        with pytest.raises(PhoneError, match="'song'"):
            telegram.people.file(ANNA, "song", Upload("a", "x/y", b"x"))

    async def test_reading_leaves_nothing_unread(self, api, telegram):
        await api.say()
        await api.say()
        assert telegram.chats[ANNA].unread == 2
        telegram.people.read(ANNA)
        assert telegram.chats[ANNA].unread == 0


class TestClock:
    def test_listeners_hear_of_a_step_forward_and_there_is_none_back(self, telegram):
        heard = []
        telegram.clock.on_advance(heard.append)
        before = telegram.clock.now()
        after = telegram.clock.advance(3600)
        assert heard[0] >= before
        assert (after - before).total_seconds() >= 3600
        with pytest.raises(ValueError, match="-1"):
            telegram.clock.advance(-1)
