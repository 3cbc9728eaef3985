"""The words: complete in both languages, all of them used, and no screen too long whatever people are called."""

import ast
import re
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, VariableReference
from fluent.syntax.visitor import Visitor
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.callbacks import LIMIT
from bot.demo.telegram.entities import message_text
from bot.demo.telegram.parameters import Parameters
from bot.handlers import customers as cards
from bot.keyboards import errands, lists, requests
from bot.locales import LANGUAGES, texts_for
from bot.notices import request_text
from bot.screens import Screen
from bot.turn import Turn
from bot.wording import Wording
from domain import errors
from domain.access import Actor, Held
from domain.claim_requests import Waiting
from domain.clock import Moment
from domain.customers import CustomerCard, NewContact, PastOwner
from domain.limits import Quota
from domain.lists import Counts, Line, Scope
from domain.models import User
from domain.outcomes import Outcome, Result
from domain.permissions import Act, Relation, Role
from domain.policy import Policy
from domain.request_cards import RequestCard, RequestLine
from domain.stages import Gained, Level, Lost, ReleaseReason, RequestStatus, Stage
from tests.house.sources import ROOT, paths

LABELS = {
    "my-customers": ("我的客户", "My customers"),
    "team-customers": ("本组客户", "Team customers"),
    "public-pool": ("客户公海", "Public pool"),
    "todo": ("待办事项", "To-do"),
    "recycle-bin": ("客户回收站", "Recycle bin"),
    "view": ("查看", "View"),
    "new-customer": ("录入", "New customer"),
    "act-release": ("释放", "Release"),
    "act-assign": ("分配", "Assign"),
    "act-pool-assign": ("分配", "Assign"),
    "act-claim": ("分配给我", "Claim"),
    "act-direct-assign": ("直接分配", "Direct assign"),
    "act-extend": ("延长期限", "Extend"),
    "act-delete": ("删除", "Delete"),
    "act-restore": ("恢复", "Restore"),
    "approve": ("同意", "Approve"),
    "reject": ("拒绝", "Reject"),
    "confirm": ("确认", "Confirm"),
    "cancel": ("取消", "Cancel"),
    "role-sales": ("销售", "Sales"),
    "role-lead": ("销售组长", "Team lead"),
    "role-admin": ("系统管理员", "Administrator"),
    "stage-potential": ("潜在阶段", "Potential"),
    "stage-interested": ("意向阶段", "Interested"),
    "stage-quoting": ("报价阶段", "Quoting"),
    "stage-cooperating": ("合作阶段", "Cooperating"),
    "stage-dormant": ("沉睡阶段", "Dormant"),
    "status-waiting": ("待审核", "Waiting"),
}
CLOSED = {"stage": Stage, "reason": ReleaseReason, "status": RequestStatus, "role": Role, "gained": Gained, "lost": Lost}
"""Closed lists whose words are asked for by value."""


class _Variables(Visitor):
    def __init__(self):
        self.found = set()

    def visit_VariableReference(self, node: VariableReference):  # noqa: N802 — the visitor's own naming
        self.found.add(node.id.name)


def messages(language):
    """Every message of a language: pairs of its key and its variables."""
    for path in sorted((ROOT / "bot" / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(entry, Message):
                variables = _Variables()
                variables.visit(entry)
                yield entry.id.name, variables.found


def keys(language):
    return dict(messages(language))


def refusals():
    return sorted(errors.GonghaiError.__subclasses__(), key=lambda error: error.__name__)


def kebab(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name.removesuffix("Error")).lower()


def asked_for():
    """The keys that the sources write out, and the patterns of those that they put together."""
    literal, patterns = set(), set()
    for path in paths("bot"):
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literal.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = (re.escape(p.value) if isinstance(p, ast.Constant) else "[a-z0-9-]+" for p in node.values)
                patterns.add("".join(parts))
    listed = {f"{kind}-{word.value.replace('_', '-')}" for kind, words in CLOSED.items() for word in words}
    return literal | listed, re.compile("|".join(pattern for pattern in patterns if re.match(r"[a-z\\-]+\[", pattern)))


class TestLocales:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_key_is_given_twice(self, language):
        assert [key for key, count in Counter(key for key, _ in messages(language)).items() if count > 1] == []

    def test_both_languages_have_the_same_keys_with_the_same_variables(self):
        assert keys("zh") == keys("en")

    @pytest.mark.parametrize("error", refusals(), ids=lambda error: error.__name__)
    def test_every_refusal_has_its_line_with_nothing_but_its_fields(self, error):
        for language in LANGUAGES:
            assert keys(language)[f"error-{kebab(error.__name__)}"] <= {field.name for field in fields(error)}

    def test_there_is_no_line_for_a_refusal_that_is_none(self):
        known = {f"error-{kebab(error.__name__)}" for error in refusals()} | {"error-nothing-waits"}
        assert {key for key in keys("zh") if key.startswith("error-")} <= known

    def test_every_key_is_used(self):
        literal, pattern = asked_for()
        assert [key for key in keys("zh") if key not in literal and not pattern.fullmatch(key)] == []

    def test_every_word_of_a_closed_list_has_its_text(self):
        wanted = {f"{kind}-{word.value.replace('_', '-')}" for kind, words in CLOSED.items() for word in words}
        assert wanted - set(keys("zh")) == set()

    @pytest.mark.parametrize("key", LABELS)
    def test_the_users_own_words_stand_exactly(self, key):
        assert tuple(texts_for(language).plain(key) for language in LANGUAGES) == LABELS[key]

    @pytest.mark.parametrize(
        ("days", "zh", "en"),
        [
            (12, "剩 12 天", "12 days left"),
            (1, "剩 1 天", "1 day left"),
            (0, "今天到期", "due today"),
            (-1, "已过期 1 天", "1 day overdue"),
        ],
    )
    def test_the_due_date_is_told_as_days(self, days, zh, en):
        day = date.fromordinal(NOW.today.toordinal() + days)
        assert [Wording(texts_for(language), NOW).due(day) for language in LANGUAGES] == [zh, en]


NOW = Moment(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
HOSTILE = st.one_of(
    st.sampled_from(
        [
            "<b>",
            "</b></code>",
            "&amp;&lt;",
            "<a href='tg://user?id=1'>x</a>",
            "=HYPERLINK(1)",
            "\u202eמשחק\u202c",
            "👩‍👩‍👧‍👦" * 20,
            "{ $name }",
            "海" * 200,
            "a\nb\tc",
            "\\_*[]()~`>#+-=|{}.!",
        ]
    ),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip),
)
LONG = st.one_of(st.none(), HOSTILE, st.text("<&海", min_size=1, max_size=3000))
INSTANT = st.sampled_from([NOW.utc, datetime(2019, 12, 31, 20, tzinfo=UTC)])
IDS = st.integers(1, 2**62)
MANY = settings(max_examples=25, deadline=None)


@st.composite
def turns(draw):
    person = Actor(draw(IDS), draw(HOSTILE), draw(st.sampled_from(Role)), "zh", draw(st.booleans()), None, frozenset())
    return Turn(None, person, NOW, Policy(), texts_for(draw(st.sampled_from(LANGUAGES))), 1, 1)


contacts = st.builds(NewContact, name=HOSTILE, phone=LONG, email=LONG, title=LONG, wechat=LONG)
past_owners = st.builds(
    PastOwner,
    name=HOSTILE,
    since=INSTANT,
    until=INSTANT,
    gained=st.sampled_from(Gained),
    lost=st.sampled_from(["released", "reassigned", "handed_over", "deleted", "swept"]),
    reason=st.one_of(st.none(), st.sampled_from(ReleaseReason)),
)


@st.composite
def customer_cards(draw):
    """A card with everything filled in by somebody hostile; fields that are not named here stay empty."""
    waiting = draw(st.one_of(st.none(), st.builds(Waiting, IDS, IDS, IDS, IDS, HOSTILE, IDS, IDS, INSTANT)))
    known = {
        "place": Held(draw(IDS), draw(HOSTILE), "potential", None, None, None, NOW.utc, None, None, None, 0),
        "relation": draw(st.sampled_from(Relation)),
        "masked": draw(st.booleans()),
        "code": "C000001",
        "name": draw(HOSTILE),
        "stage": draw(st.sampled_from(Stage)),
        "level": draw(st.one_of(st.none(), st.sampled_from(Level))),
        "source": draw(HOSTILE),
        "city": draw(HOSTILE),
        "services": tuple(draw(st.lists(HOSTILE, max_size=4))),
        "lanes": tuple(draw(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=4))),
        "owner": draw(st.one_of(st.none(), HOSTILE)),
        "due_on": draw(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))),
        "pooled_at": draw(INSTANT),
        "release_reason": draw(st.one_of(st.none(), st.sampled_from(ReleaseReason))),
        "contacts": tuple(draw(st.lists(contacts, max_size=4))),
        "waiting": waiting,
        "history": tuple(draw(st.lists(past_owners, max_size=5))),
        "opened": draw(st.one_of(st.none(), st.builds(Quota, st.integers(1, 10**5), st.integers(0, 10**5)))),
    }
    texts = ("credit_code", "industry", "address", "website", "remark", "commodity", "release_note")
    known |= {name: draw(LONG) for name in texts}
    return CustomerCard(**{field.name: known.get(field.name) for field in fields(CustomerCard)})


request_lines = st.builds(
    RequestLine,
    request_id=IDS,
    customer_id=IDS,
    customer=HOSTILE,
    stage=st.sampled_from([stage.value for stage in Stage]),
    level=st.one_of(st.none(), st.sampled_from("ABCD")),
    city=HOSTILE,
    status=st.sampled_from(RequestStatus),
    decided_by=IDS,
    decider=st.one_of(st.none(), HOSTILE),
    decided_at=st.one_of(st.none(), INSTANT),
    reason=LONG,
    last_owner=st.one_of(st.none(), HOSTILE),
    pooled_at=st.one_of(st.none(), INSTANT),
    release_reason=st.one_of(st.none(), st.sampled_from(ReleaseReason)),
)


def accept(screen):
    """Telegram's own parser takes the message, its text within 4096 characters and each button within 64 bytes."""
    message = screen.message()
    formatted = message_text(Parameters({name: message[name] for name in ("text", "parse_mode")}))
    for row in message["reply_markup"]["inline_keyboard"]:
        assert len(row) <= 8
        for button in row:
            assert button["text"].strip()
            assert len(button.get("callback_data", "").encode()) <= LIMIT
    return formatted.text


class TestScreens:
    @given(turns(), customer_cards())
    @MANY
    def test_any_customer_fits_on_a_card(self, turn, card):
        assert accept(Screen(cards.text_of(turn, card)))

    @given(turns(), st.lists(request_lines, min_size=1, max_size=40), HOSTILE, HOSTILE, st.booleans())
    @MANY
    def test_any_claims_fit_on_an_approval_card(self, turn, lines, requester, assignee, may_decide):
        shown = RequestCard(2**62, 1, 2**62, requester, 2**62 - 1, assignee, NOW.utc, tuple(lines), may_decide)
        for each in (shown, replace(shown, assignee_id=shown.requester_id)):
            assert accept(Screen(request_text.card(turn.words, each), tuple(requests.card(turn, each))))

    @given(turns(), st.sampled_from(Scope), st.lists(HOSTILE, max_size=8), HOSTILE, st.booleans())
    @MANY
    def test_any_names_fit_on_a_list(self, turn, scope, names, text, selecting):
        lines = [Line(2**62 + i, name, name, "A", "potential", name, NOW.today, NOW.utc, True) for i, name in enumerate(names)]
        view, selected = 2**62, frozenset(line.id for line in lines[::2])
        rows = lists.choices(turn, scope, view, lines, selected) if selecting else lists.customers(turn, scope, view, lines)
        tabs = lists.tabs(turn, view, Counts(dict.fromkeys(Stage, 10**6), frozenset(Stage)), Stage.QUOTING)
        foot = lists.foot(turn, scope, view, page=5, pages=10**5, more=True, selecting=selecting, selected=500)
        assert accept(Screen(turn.texts.html(f"list-{scope}", text=text[:100]), (*tabs, *rows, *foot)))

    @given(turns(), st.lists(HOSTILE, min_size=1, max_size=40))
    @MANY
    def test_any_colleagues_fit_on_a_choice(self, turn, names):
        people = [User(id=2**62 + i, name=name, login=name) for i, name in enumerate(names)]
        title = turn.texts.html("assign-to-whom", act=turn.words.act(Act.ASSIGN), count=len(names))
        for page in (0, 99):
            assert accept(Screen(title, tuple(errands.people(turn, 2**62, people, page))))

    @given(turns(), st.lists(HOSTILE, min_size=1, max_size=40), HOSTILE)
    @MANY
    def test_any_outcome_fits_into_a_summary(self, turn, names, owner):
        taken = [Outcome(i, name, Result.REFUSED, errors.CustomerTakenError(owner, NOW.utc)) for i, name in enumerate(names)]
        assert accept(Screen(turn.words.outcomes("claim", [*taken, Outcome(99, "x", Result.DONE)])))

    @pytest.mark.parametrize("error", refusals(), ids=lambda error: error.__name__)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_refusal_can_be_told(self, error, language):
        values = {"datetime": NOW.utc, "int": 3, "str": "<b>&"}
        told = error(*(next(value for name, value in values.items() if name in str(field.type)) for field in fields(error)))
        line = Wording(texts_for(language), NOW).refusal(told)
        assert accept(Screen(line)).startswith("⚠️ ")
        assert "\n" not in line
