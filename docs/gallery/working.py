"""The tour's second part: a salesperson's day."""

from bot.callbacks import ShowCustomer
from bot.payloads.editing import AskChange, ChooseChange, KeepMarks, ListChanges, MarkChange
from bot.payloads.entry import (
    AskField,
    ChooseOwner,
    ChooseValue,
    LeaveEntry,
    ListFields,
    ListOwners,
    ReviewEntry,
    SaveEntry,
    ShowTemplate,
)
from bot.payloads.followups import LogFollowup, OpenAttachment, SetFollowupKind, SetNextDay, ShowFollowup
from bot.payloads.history import ShowTimeline
from bot.payloads.orders import ChooseOrderDay, ChooseOrderKind, OrderOfCustomer, SaveOrder
from bot.payloads.signing import AskSigning, ChoosePartner, ConfirmSigning
from docs.gallery.shots import Become, Card, Chapter, Photo, Say, shot, tap
from domain import entry
from domain.edit_form import FIELDS
from domain.followups import FollowupKind

_place = FIELDS.index
_asked = entry.FIELDS.index

_EDITING = Chapter(
    "edit",
    "编辑",
    "Editing",
    (
        shot("edit", "基础信息", "Basic information", Become("lihaiyan"), Say("{own}"), tap(ShowCustomer), tap(ListChanges)),
        shot("edit-traits", "业务特性", "Business traits", tap(ListChanges, group=1)),
        shot("edit-marks", "多项选择", "Several of them", tap(AskChange, field=_place("services")), tap(MarkChange, 1)),
        shot("edit-kept", "已更改", "Changed", tap(KeepMarks)),
        shot("edit-contact", "联系人", "The contact", tap(ListChanges, group=2)),
        shot("edit-choice", "选择", "A choice", tap(ListChanges, group=0), tap(AskChange, field=_place("stage"))),
        shot("edit-chosen", "选好了", "Chosen", tap(ChooseChange, 2)),
        shot("edit-typed", "输入", "Typed", tap(AskChange, field=_place("credit_code"))),
        shot("edit-refused", "格式不对", "Refused", Say("91370200")),
    ),
)

_FOLLOWUPS = Chapter(
    "followup",
    "跟进",
    "Follow-ups",
    (
        shot("log", "记跟进", "Log a follow-up", Become("lihaiyan"), Say("{own}"), tap(ShowCustomer), tap(LogFollowup)),
        shot("logged", "一句话", "One message", Say("电话联系，对方要下周的海运报价，周五前给")),
        shot("log-kind", "方式", "How", tap(SetFollowupKind, kind=FollowupKind.CALL)),
        shot("log-next", "下次跟进", "The next date", tap(SetNextDay, choice=1)),
        shot("log-photo", "照片", "A photo", Say("{own}"), tap(ShowCustomer), tap(LogFollowup), Photo("拜访客户仓库")),
        shot("log-show", "查看跟进", "Seen again", Say("{own}"), tap(ShowCustomer), tap(ShowTimeline), tap(ShowFollowup)),
        shot("log-attachment", "附件", "What came with it", tap(OpenAttachment), rows=2),
    ),
)

_ENTRY = Chapter(
    "entry",
    "录入",
    "New customer",
    (
        shot("entry-name", "第一步", "The first question", Become("wangzhiqiang"), Say("/new")),
        shot("entry-duplicate", "已有客户", "A duplicate", Say("{theirs}")),
        shot("entry-pool-duplicate", "在公海", "A duplicate in the pool", Say("/new"), Say("{free}")),
        shot("entry-template", "模板", "The template", Say("/new"), tap(ShowTemplate)),
        shot("entry-city", "城市", "The city", Say("/new"), Say("青岛海蓝星国际贸易有限公司")),
        shot("entry-source", "来源", "A choice", Say("青岛")),
        shot("entry-contact", "联系人", "The contact", tap(ChooseValue)),
        shot("entry-phone", "电话", "A phone number", Say("陈海燕")),
        shot("entry-level", "级别", "May be skipped", Say("13800138000")),
        shot("entry-credit-code", "信用代码", "A credit code", tap(ChooseValue, 1)),
        shot(
            "entry-services", "服务", "Several", tap(AskField, field=_asked("industry")), tap(AskField, field=_asked("services"))
        ),
        shot("entry-marked", "已选两项", "Two chosen", tap(ChooseValue), tap(ChooseValue, 2)),
        shot("entry-review", "确认", "Review", tap(ReviewEntry)),
        shot("entry-fields", "修改", "Change a field", tap(ListFields)),
        shot(
            "entry-similar", "名称相近", "A similar name", tap(AskField, field=_asked("name")), Say("{similar}"), tap(ReviewEntry)
        ),
        shot("entry-owners", "负责人", "The owner", tap(ListOwners)),
        shot("entry-owner", "已选负责人", "The owner chosen", tap(ChooseOwner, 1)),
        shot("entry-saved", "已保存", "Saved", tap(SaveEntry)),
        shot("entry-shared", "名片", "A contact card", Card("陈海燕", "+86 138 0013 9000")),
        shot("entry-left", "先离开", "Left for now", tap(LeaveEntry)),
        shot("entry-draft", "草稿", "The draft is kept", Say("/new")),
    ),
)

_SIGNING = Chapter(
    "sign",
    "签单与订单",
    "Signing and orders",
    (
        shot("sign-new", "新合作伙伴", "A new partner", Become("lihaiyan"), Say("{own}"), tap(ShowCustomer), tap(AskSigning)),
        shot("signed", "已签单", "Signed", tap(ConfirmSigning)),
        shot(
            "sign-similar",
            "相似的伙伴",
            "Similar partners",
            *(Say("{like}"), tap(ShowCustomer), tap(ListChanges), tap(AskChange, field=_place("name")), Say("{partner_like}")),
            *(Say("{partner_like}"), tap(ShowCustomer), tap(AskSigning)),
        ),
        shot("sign-taken", "伙伴已有客户", "A partner that is taken", tap(ChoosePartner)),
        shot(
            "order-number",
            "订单号",
            "The order's number",
            Become("wangzhiqiang"),
            Say("{own}"),
            tap(ShowCustomer),
            tap(OrderOfCustomer),
        ),
        shot("order-kind", "业务类型", "What was ordered", Say("HN2026-0310")),
        shot("order-day", "日期", "When", tap(ChooseOrderKind)),
        shot("order-review", "确认", "Review", tap(ChooseOrderDay)),
        shot("order-saved", "已登记", "Recorded", tap(SaveOrder)),
    ),
)

WORKING = (_EDITING, _FOLLOWUPS, _ENTRY, _SIGNING)
