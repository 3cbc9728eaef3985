import pytest

from bot.demo.telegram.entities import message_text, typed
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.parameters import Parameters


def parsed(text, mode="HTML", **values):
    return message_text(Parameters({"text": text, "parse_mode": mode, **values}))


def refusal(text, mode="HTML"):
    with pytest.raises(ApiError) as caught:
        parsed(text, mode)
    return caught.value.description.removeprefix("Bad Request: ")


class TestHtml:
    @pytest.mark.parametrize(
        ("tag", "kind"),
        [
            ("b", "bold"),
            ("strong", "bold"),
            ("i", "italic"),
            ("em", "italic"),
            ("u", "underline"),
            ("ins", "underline"),
            ("s", "strikethrough"),
            ("strike", "strikethrough"),
            ("del", "strikethrough"),
            ("code", "code"),
            ("pre", "pre"),
            ("blockquote", "blockquote"),
            ("tg-spoiler", "spoiler"),
        ],
    )
    def test_every_plain_tag_becomes_its_entity(self, tag, kind):
        assert parsed(f"<{tag}>x</{tag}>") == ("x", [{"type": kind, "offset": 0, "length": 1}])

    @pytest.mark.parametrize(
        ("html", "entity"),
        [
            ('<a href="https://a.example/x?y=1&amp;z=2">x</a>', {"type": "text_link", "url": "https://a.example/x?y=1&z=2"}),
            ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
            ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
            ('<tg-emoji emoji-id="53">x</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "53"}),
            ('<tg-time unix="7" format="wDT">x</tg-time>', {"type": "date_time", "unix_time": 7, "date_time_format": "wDT"}),
            ('<tg-time unix="1700000000">x</tg-time>', {"type": "date_time", "unix_time": 1700000000}),
            ('<pre><code class="language-py">x</code></pre>', {"type": "pre", "language": "py"}),
        ],
    )  # fmt: skip
    def test_tags_with_attributes_carry_them(self, html, entity):
        assert parsed(html) == ("x", [entity | {"offset": 0, "length": 1}])

    def test_places_are_counted_in_utf16_units(self):
        assert parsed("😀<b>公海</b>").entities == [{"type": "bold", "offset": 2, "length": 2}]

    def test_nested_tags_come_outermost_first(self):
        assert [each["type"] for each in parsed("<b>x<i>y</i></b>").entities] == ["bold", "italic"]

    def test_the_four_named_and_all_numeric_characters_are_read(self):
        assert parsed("&lt;&gt;&amp;&quot;&#65;&#x516C;&nbsp;&").text == '<>&"A公&nbsp;&'

    def test_edges_are_trimmed_and_entities_follow(self):
        assert parsed("\n <b> x</b> \n") == ("x", [{"type": "bold", "offset": 0, "length": 1}])

    def test_a_link_that_leads_nowhere_is_dropped_without_a_word(self):
        assert parsed('<a href="javascript:alert(1)">x</a>') == ("x", [])

    @pytest.mark.parametrize(
        ("html", "words"),
        [
            ("公<x>", 'Unsupported start tag "x" at byte offset 3'),
            ("1 < 2 and more", 'Unsupported start tag "" at byte offset 2'),
            ("<b", "Unclosed start tag at byte offset 0"),
            ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
            ("<b>x</b", "Unclosed end tag at byte offset 4"),
            ("x</b>", "Unexpected end tag at byte offset 1"),
            ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
            ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
            ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
            ('<tg-time unix="soon">x</tg-time>', 'Invalid date specified in the tag "tg-time" at byte offset 0'),
        ],
    )
    def test_what_the_parser_refuses_is_refused_in_its_words(self, html, words):
        assert refusal(html) == f"can't parse entities: {words}"


class TestMarkdown:
    @pytest.mark.parametrize(
        ("text", "entity"),
        [
            ("*x*", {"type": "bold"}),
            ("_x_", {"type": "italic"}),
            ("__x__", {"type": "underline"}),
            ("~x~", {"type": "strikethrough"}),
            ("||x||", {"type": "spoiler"}),
            ("`x`", {"type": "code"}),
            ("```py\nx```", {"type": "pre", "language": "py"}),
            (r"[x](https://a.example/\)b)", {"type": "text_link", "url": "https://a.example/)b"}),
        ],
    )
    def test_markers_become_entities(self, text, entity):
        assert parsed(text, "MarkdownV2") == ("x", [entity | {"offset": 0, "length": 1}])

    def test_escaped_characters_stand_for_themselves(self):
        assert parsed(r"1\. a\_b", "MarkdownV2") == ("1. a_b", [])

    def test_a_reserved_character_must_be_escaped(self):
        assert "Character '.' is reserved and must be escaped" in refusal("1. x", "MarkdownV2")

    def test_a_marker_without_its_end_is_refused(self):
        assert refusal("公 *x", "MarkdownV2").endswith("Can't find end of Bold entity at byte offset 4")


class TestLimits:
    def test_an_unknown_mode_is_refused(self):
        assert refusal("x", "BBCode") == "unsupported parse_mode"

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "message text is empty"),
            (" \n ", "text must be non-empty"),
            ("<b> </b>", "text must be non-empty"),
            ("😀" * 4097, "message is too long"),
            ("x" * 32_769, "text is too long"),
        ],
    )
    def test_empty_and_too_long_texts_are_refused(self, text, words):
        assert refusal(text) == words

    def test_length_is_counted_in_characters_after_parsing(self):
        assert len(parsed("<b>" + "😀" * 4096 + "</b>").text) == 4096

    def test_entities_after_the_hundredth_are_dropped(self):
        assert len(parsed("<b>x</b> " * 101).entities) == 100

    def test_explicit_entities_are_taken_as_they_are(self):
        given = [{"type": "bold", "offset": 0, "length": 1}]
        assert parsed("x<y", mode="", entities=given) == ("x<y", given)


class TestFound:
    @pytest.mark.parametrize(
        ("text", "kind", "offset", "length"),
        [
            ("/start abc", "bot_command", 0, 6),
            ("😀 /help@test_bot", "bot_command", 3, 14),
            ("see https://a.example/b.", "url", 4, 19),
            ("to me@a.example", "email", 3, 12),
            ("ask @someone", "mention", 4, 8),
            ("#公海 x", "hashtag", 0, 3),
            ("拨打 +8613800138000", "phone_number", 3, 14),
        ],
    )
    def test_what_people_type_is_marked_by_the_server(self, text, kind, offset, length):
        assert typed(text).entities == [{"type": kind, "offset": offset, "length": length}]

    def test_nothing_is_found_inside_code(self):
        assert [each["type"] for each in parsed("<code>/start</code>").entities] == ["code"]

    @pytest.mark.parametrize("text", ["1/2", "and/or", "a@b", "#1", "+7", "1+12345678"])
    def test_look_alikes_are_left_alone(self, text):
        assert typed(text).entities == []
