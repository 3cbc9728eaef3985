"""The tour's last part: people, partners, rules, absence, and the clock."""

from bot.callbacks import Begin, BeginBatch, Select, SelectMany, ShowCustomer
from bot.payloads.away import ChooseStandIn, ComeBack, ListStandIns, OpenAway
from bot.payloads.digest import Beside, DecideInDigest, OpenBeside
from bot.payloads.imports import ConfirmImport, SendReport
from bot.payloads.orders import OrderOfPartner
from bot.payloads.partners import SearchPartners, ShowPartner, TurnPartners
from bot.payloads.settings import ConfirmRule, OpenRule, OpenRules, ResetRule, SetRule, ShowRuleChanges
from bot.payloads.statistics import OpenStatistics
from bot.payloads.users import (
    AskProfile,
    ChooseHireRole,
    ChooseHireSuperior,
    ChooseSuccessor,
    ConfirmLeave,
    InviteUser,
    LeaveUser,
    ListSuccessors,
    SaveHire,
    SearchUsers,
    SetProfile,
    ShowUser,
    StartHire,
)
from bot.payloads.workbooks import ExportList, ExportPartners, ExportScope, SendTemplates
from bot.rule_words import Group
from docs.gallery.shots import Become, Chapter, Invite, Pass, Say, Workbook, shot, tap
from domain.lists import Scope
from domain.permissions import Act, Role
from domain.profiles import ProfileField
from domain.statistics import Period

_PROFILE = (
    (ProfileField.NAME, "姓名", "Name"),
    (ProfileField.ROLE, "角色", "Role"),
    (ProfileField.SUPERIOR, "上级主管", "Superior"),
    (ProfileField.COMPANY, "所属公司", "Company"),
    (ProfileField.DEPARTMENT, "所属部门", "Department"),
    (ProfileField.DIRECT_ASSIGN, "直接分配", "Direct assign"),
    (ProfileField.LANGUAGE, "语言", "Language"),
)

_USERS = Chapter(
    "users",
    "用户管理",
    "Users",
    (
        shot("users", "用户管理", "Users", Become("zhoumin"), Say("/users")),
        shot("users-search", "查询用户", "Search", tap(SearchUsers)),
        shot("users-found", "查询结果", "Found", Say("海运一组")),
        shot("user", "用户卡片", "A person's card", Say("/users 张伟"), tap(ShowUser)),
        *(
            shot(f"user-{field}", zh, en, Say("/users 张伟"), tap(ShowUser), tap(AskProfile, field=field))
            for field, zh, en in _PROFILE
        ),
        shot(
            "user-changed",
            "已更改",
            "Changed",
            *(Say("/users 张伟"), tap(ShowUser), tap(AskProfile, field=ProfileField.DIRECT_ASSIGN), tap(SetProfile, value="1")),
        ),
        shot("user-invite", "邀请", "Invite", tap(InviteUser), rows=2),
        shot("user-leave", "停用", "Deactivate", Say("/users 刘洋"), tap(ShowUser), tap(LeaveUser)),
        shot("user-successors", "移交给谁", "Who takes over", tap(ListSuccessors)),
        shot("user-leave-sure", "停用确认", "Sure?", tap(ChooseSuccessor)),
        shot("user-left", "已停用", "Deactivated", tap(ConfirmLeave)),
        shot("hire-login", "新增：账号", "New: login", Say("/users"), tap(StartHire)),
        shot("hire-name", "新增：姓名", "New: name", Say("sunmeng")),
        shot("hire-role", "新增：角色", "New: role", Say("孙萌")),
        shot("hire-superior", "新增：上级", "New: superior", tap(ChooseHireRole, role=Role.SALES)),
        shot("hire-review", "新增：确认", "New: review", tap(ChooseHireSuperior, 1)),
        shot("hired", "已新增", "Added", tap(SaveHire)),
        shot("joined", "加入", "Joining", Invite("zhangwei"), Become("zhangwei"), Say("/start {invitation}")),
    ),
)

_PARTNERS = Chapter(
    "partners",
    "合作伙伴",
    "Partners",
    (
        shot("partners", "合作伙伴", "Partners", Become("zhoumin"), Say("/partners")),
        shot("partners-2", "下一页", "The next page", tap(TurnPartners, page=1)),
        shot("partners-search", "查询", "Search", tap(SearchPartners)),
        shot("partner", "合作伙伴卡片", "A partner", Say("/partners"), tap(ShowPartner)),
        shot("partner-order", "登记订单", "Record an order", tap(OrderOfPartner)),
    ),
)

_BROUGHT = (
    ("客户名称", "客户来源", "城市", "联系人", "电话", "级别"),
    ("宁波远洋玩具有限公司", "展会", "宁波", "陈建国", "１３８-1234-5678", "A"),
    ("厦门晨光电子有限公司", "转介绍", "厦门", "林小燕", "13900001111", "B"),
    ("{theirs}", "展会", "青岛", "王强", "13700002222", "B"),
    ("苏州新锐机械有限公司", "展会", "", "周平", "12", "Z"),
)
"""A file as it comes: two new ones, one that is known, one that is wrong."""

_EXPORTS = Chapter(
    "exports",
    "导出 Excel",
    "Export to Excel",
    (
        shot("export", "哪个列表", "Which list", Become("zhoumin"), Say("/export")),
        shot("exported", "导出本组客户", "Team customers", tap(ExportScope, scope=Scope.TEAM), rows=2),
        shot("export-templates", "导入模板", "Import templates", Say("/export"), tap(SendTemplates), rows=5),
        shot("export-partners", "导出合作伙伴", "Partners", Say("/partners"), tap(ExportPartners), rows=2),
        shot("import", "如何导入", "How to import", Become("zhoumin"), Say("/import")),
        shot("import-looked-at", "导入前的汇总", "Before it is imported", Workbook(_BROUGHT), rows=2),
        shot("import-report", "下载报告", "The report", tap(SendReport), rows=2),
        shot("imported", "已导入", "Imported", tap(ConfirmImport), rows=3),
        shot("export-list", "导出筛选结果", "What a filter finds", Become("wangzhiqiang"), Say("/team"), tap(ExportList), rows=2),
    ),
)

_STATISTICS = Chapter(
    "statistics",
    "统计",
    "Statistics",
    (
        shot("stats-own", "我的统计", "One's own", Become("lihaiyan"), Say("/stats")),
        shot("stats-team", "本组统计", "The team's", Become("sunlihua"), Say("/stats")),
        shot("stats-days", "近 30 天", "Thirty days", tap(OpenStatistics, period=Period.DAYS30)),
    ),
)

_SETTINGS = Chapter(
    "settings",
    "设置",
    "Settings",
    (
        shot("settings", "全部规则", "All rules", Become("zhoumin"), Say("/settings")),
        shot("settings-rules", "一组规则", "One group", tap(OpenRules, group=Group.DEADLINES)),
        shot("settings-rule", "一项规则", "One rule", tap(OpenRule, name="signing_days")),
        shot("settings-shorter", "期限变短", "A shorter deadline", tap(SetRule, value="30")),
        shot("settings-confirmed", "已更改", "Changed", tap(ConfirmRule)),
        shot(
            "settings-typed",
            "直接输入",
            "Typed",
            Say("/settings"),
            tap(OpenRules, group=Group.CLAIMS),
            tap(OpenRule, name="claims_per_day"),
            Say("5"),
        ),
        shot("settings-refused", "格式不对", "Refused", tap(OpenRule, name="held_limit"), Say("很多")),
        shot("settings-differs", "与配置文件不同", "Differs from the file", Say("/settings")),
        shot(
            "settings-reset",
            "恢复默认",
            "Back to the file",
            tap(OpenRules, group=Group.DEADLINES),
            tap(OpenRule, name="signing_days"),
            tap(ResetRule),
        ),
        shot("settings-changes", "改动记录", "Recent changes", Say("/settings"), tap(ShowRuleChanges)),
    ),
)

_HELD = (
    *(Say("/settings"), tap(OpenRules, group=Group.CLAIMS), tap(OpenRule, name="held_limit"), Say("10")),
    *(Become("lihaiyan"), Say("{free}"), tap(ShowCustomer)),
)

_LIMITS = Chapter(
    "limits",
    "领取限制",
    "Claim limits",
    (
        shot(
            "limits-pool",
            "公海里的余额",
            "What is left, at the pool",
            Become("zhoumin"),
            *(Say("/settings"), tap(OpenRules, group=Group.CLAIMS), tap(OpenRule, name="claims_per_day"), Say("5")),
            *(tap(OpenRule, name="held_limit"), Say("20")),
            Become("zhangwei"),
            Say("/pool"),
        ),
        shot(
            "limits-batch",
            "超过当日限额",
            "More than a day's",
            tap(SelectMany),
            *(tap(Select, 0, on=True) for _ in range(7)),
            tap(BeginBatch, act=Act.CLAIM),
        ),
        shot("limits-daily", "今日已领满", "No more today", tap(ShowCustomer, 7), tap(Begin, act=Act.CLAIM)),
        shot("limits-held", "持有已满", "Hands are full", Become("zhoumin"), *_HELD, tap(Begin, act=Act.CLAIM)),
    ),
)

_AWAY = Chapter(
    "away",
    "请假/代理",
    "Away",
    (
        shot("away", "到哪天", "Until when", Become("sunlihua"), Say("/menu"), tap(OpenAway)),
        shot("away-stand-in", "谁代理", "Who stands in", tap(ListStandIns, 1)),
        shot("away-set", "已请假", "Away", tap(ChooseStandIn)),
        shot("away-notice", "代理人收到", "The stand-in hears", Become("lintao"), rows=2),
        shot("away-open", "请假中", "While away", Become("sunlihua"), Say("/menu"), tap(OpenAway)),
        shot("away-over", "回来了", "Back again", tap(ComeBack)),
    ),
)

_CLOCK = Chapter(
    "clock",
    "时钟",
    "The clock",
    (
        shot("digest-lead", "组长的早报", "A lead's digest", Become("wangzhiqiang"), Pass(1), rows=3),
        shot("digest-decided", "早报里审核", "Decided in the digest", tap(DecideInDigest, yes=True)),
        shot("digest-beside", "打开客户", "A customer below it", tap(OpenBeside, what=Beside.VIEW)),
        shot("digest-sales", "销售的早报", "A salesperson's digest", Become("lihaiyan"), rows=1),
        shot("escalated", "48 小时未审核", "Undecided for two days", Become("zhaojianguo"), Pass(1), rows=2),
        shot("swept", "到期释放", "Released by the clock", Become("lihaiyan"), rows=2),
        shot("dormant", "进入沉睡", "Fallen dormant: the lead hears", Become("sunlihua"), Pass(6), rows=3),
    ),
)

RULING = (_USERS, _PARTNERS, _EXPORTS, _STATISTICS, _SETTINGS, _LIMITS, _AWAY, _CLOCK)
