"""The tour's first part: menus, lists, cards."""

from bot.callbacks import (
    ChooseTab,
    Select,
    SelectMany,
    ShowCustomer,
    TurnTo,
)
from bot.payloads.errands import SelectAll
from bot.payloads.filters import OpenFilter, OpenFilters, SetFilter
from bot.payloads.history import ShowTimeline
from docs.gallery.shots import Become, Chapter, Say, shot, tap
from domain.filters import FilterField
from domain.stages import Stage

_BEGINNING = Chapter(
    "start",
    "开始",
    "Beginning",
    (
        shot("menu-sales", "销售的菜单", "A salesperson's menu", Become("lihaiyan"), Say("/menu")),
        shot("menu-lead", "组长的菜单", "A lead's menu", Become("wangzhiqiang"), Say("/menu")),
        shot("menu-admin", "管理员的菜单", "An admin's menu", Become("zhoumin"), Say("/start")),
        shot("help", "帮助", "Help", Become("lihaiyan"), Say("/help")),
        shot("cancel", "取消", "Nothing to cancel", Say("/cancel")),
        shot("language", "语言", "Language", Say("/lang")),
        shot("nothing-found", "没有结果", "Nothing found", Say("/find 不存在的公司")),
    ),
)

_FILTERS = (
    ("city", FilterField.CITY, "按城市", "By city"),
    ("industry", FilterField.INDUSTRY, "按行业", "By industry"),
    ("source", FilterField.SOURCE, "按来源", "By source"),
    ("level", FilterField.LEVEL, "按级别", "By level"),
    ("service", FilterField.SERVICE, "按服务", "By service"),
    ("due", FilterField.DUE, "按期限", "By deadline"),
    ("untouched", FilterField.UNTOUCHED, "未跟进", "Untouched"),
)

_LISTS = Chapter(
    "lists",
    "客户列表",
    "Lists",
    (
        shot("my", "我的客户", "My customers", Become("lihaiyan"), Say("/my")),
        shot("my-page-2", "翻页", "The next page", tap(TurnTo, page=1)),
        shot("my-tab", "按阶段", "One stage", tap(ChooseTab, stage=Stage.COOPERATING)),
        shot("filters", "筛选", "Filters", tap(OpenFilters)),
        *(
            shot(f"filter-{name}", zh, en, Say("/my"), tap(OpenFilters), tap(OpenFilter, field=field))
            for name, field, zh, en in _FILTERS
        ),
        shot(
            "filtered",
            "筛选后",
            "Filtered",
            Say("/my"),
            tap(OpenFilters),
            tap(OpenFilter, field=FilterField.LEVEL),
            tap(SetFilter),
        ),
        shot("filters-on", "已选条件", "Filters in use", tap(OpenFilters)),
        shot("search", "查询", "Search", Say("青岛")),
        shot("select", "多选", "Select", Say("/my"), tap(SelectMany)),
        shot("selected", "已选三个", "Three selected", tap(Select, 0, on=True), tap(Select, 0, on=True), tap(Select, 0, on=True)),
        shot("team", "本组客户", "Team customers", Become("wangzhiqiang"), Say("/team")),
        shot("filter-owner", "按负责人", "By owner", tap(OpenFilters), tap(OpenFilter, field=FilterField.OWNER)),
        shot("team-selected", "全选", "All selected", Say("/team"), tap(SelectMany), tap(SelectAll)),
        shot("pool", "客户公海", "Public pool", Become("lihaiyan"), Say("/pool")),
        shot("bin-empty", "空的回收站", "An empty recycle bin", Become("lihaiyan"), Say("/bin")),
    ),
)

_CARDS = Chapter(
    "cards",
    "客户卡片",
    "Cards",
    (
        shot("card-own", "自己的客户", "One's own", Become("lihaiyan"), Say("{own}"), tap(ShowCustomer)),
        shot("timeline", "时间线", "Timeline", tap(ShowTimeline)),
        shot("card-pool", "公海里的客户", "In the pool: masked", Say("{foreign}"), tap(ShowCustomer)),
        shot(
            "card-cooperating",
            "合作客户",
            "A cooperating one",
            Say("/my"),
            tap(ChooseTab, stage=Stage.COOPERATING),
            tap(ShowCustomer),
        ),
        shot("card-team", "组员的客户", "A team member's", Become("wangzhiqiang"), Say("/team"), tap(ShowCustomer)),
        shot("card-other", "别组的客户", "Another team's", Become("sunlihua"), Say("{own}")),
    ),
)

LOOKING = (_BEGINNING, _LISTS, _CARDS)
