import pytest

from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.keyboards import inline_markup, reply_markup
from bot.demo.telegram.parameters import Parameters


def checked(markup):
    return reply_markup(Parameters({"reply_markup": markup}))


def refusal(markup):
    with pytest.raises(ApiError) as caught:
        checked(markup)
    return caught.value.description.removeprefix("Bad Request: ")


def button(**fields):
    return {"inline_keyboard": [[{"text": "x", **fields}]]}


class TestInline:
    @pytest.mark.parametrize(
        "fields",
        [
            {"callback_data": "公" * 21},
            {"callback_data": "a", "style": "success"},
            {"url": "https://a.example"},
            {"url": "tg://user?id=7"},
            {"copy_text": {"text": "C000001"}},
            {"switch_inline_query_current_chat": ""},
            {"web_app": {"url": "https://a.example"}},
        ],
    )
    def test_well_formed_buttons_pass(self, fields):
        assert checked(button(**fields)) == ("inline", button(**fields))

    def test_json_text_is_read_like_json(self):
        assert checked('{"inline_keyboard":[[{"text":"x","callback_data":"a"}]]}').body == button(callback_data="a")

    @pytest.mark.parametrize("markup", [{"inline_keyboard": []}, {"inline_keyboard": [[]]}, {}, None])
    def test_an_empty_keyboard_is_none(self, markup):
        assert checked(markup) is None

    @pytest.mark.parametrize(
        ("markup", "words"),
        [
            ("x", "can't parse reply keyboard markup JSON object"),
            ([], "object expected as reply markup"),
            ({"inline_keyboard": None}, 'Field "inline_keyboard" must be of type Array'),
            ({"inline_keyboard": [{}]}, 'Field "inline_keyboard" must be an Array of Arrays'),
            ({"inline_keyboard": [[{"callback_data": "a"}]]}, 'can\'t parse inline keyboard button: Can\'t find field "text"'),
            (button(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
            (button(callback_data=""), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
            (button(callback_data="a", style="red"), "can't parse inline keyboard button: invalid button style specified"),
            (button(callback_data="公" * 22), "BUTTON_DATA_INVALID"),
            (button(callback_data=7), "BUTTON_DATA_INVALID"),
            (button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
            (button(url="ftp://a.example"), "inline keyboard button URL 'ftp://a.example' is invalid: Unsupported URL protocol"),
            (button(url="nowhere"), "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ],
    )  # fmt: skip
    def test_malformed_ones_are_refused_in_telegrams_words(self, markup, words):
        assert refusal(markup) == words

    @pytest.mark.parametrize(
        "markup",
        [
            button(callback_data="a", url="https://a.example"),
            {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]},
            {"inline_keyboard": [button(callback_data="a")["inline_keyboard"][0] * 9]},
            {"inline_keyboard": button(callback_data="a")["inline_keyboard"] * 101},
        ],
    )
    def test_what_telegram_swallows_silently_is_refused_as_well(self, markup):
        assert refusal(markup)


class TestReplyKeyboards:
    def test_plain_strings_are_buttons(self):
        assert checked({"keyboard": [["a"]]}) == ("keyboard", {"keyboard": [[{"text": "a"}]]})

    @pytest.mark.parametrize("kind", ["remove_keyboard", "force_reply"])
    def test_taking_away_and_asking_for_a_reply_are_known(self, kind):
        assert checked({kind: True}).body == {kind: True}

    def test_a_button_asks_for_one_thing_only(self):
        assert "at most one action" in refusal({"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]})

    def test_an_edit_takes_inline_keyboards_only(self):
        with pytest.raises(ApiError, match="inline keyboard expected"):
            inline_markup(Parameters({"reply_markup": {"keyboard": [["a"]]}}))
