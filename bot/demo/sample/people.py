"""The people of 海纳国际货运: two branches, three teams, a director above those of Qingdao, and an admin."""

from dataclasses import dataclass

from domain.permissions import Role
from domain.users import NewPerson

QINGDAO = "海纳国际货运青岛分公司"
SHANGHAI = "海纳国际货运上海分公司"
OFFICE = "综合管理部"
SALES_OFFICE = "业务部"
SEA_ONE = "海运一组"
SEA_TWO = "海运二组"
AIR = "空运组"

_ENGLISH = {
    OFFICE: "Administration",
    SALES_OFFICE: "Sales division",
    SEA_ONE: "Sea team 1",
    SEA_TWO: "Sea team 2",
    AIR: "Air team",
}
_ROLES = {Role.SALES: ("销售", "Sales"), Role.LEAD: ("销售组长", "Team lead"), Role.ADMIN: ("系统管理员", "Administrator")}


@dataclass(frozen=True)
class SamplePerson:
    """Somebody of the sample; `color` tints the phone, `telegram_id` is the account that the demo gives them."""

    telegram_id: int
    login: str
    name: str
    role: Role
    superior: str | None
    company: str
    department: str
    color: str
    language: str = "zh"
    title: tuple[str, str] | None = None
    direct_assign: bool = False

    @property
    def note(self) -> str:
        """The line under the name: what they do and where, in Chinese."""
        return f"{(self.title or _ROLES[self.role])[0]} · {self.department}"

    @property
    def note_en(self) -> str:
        """The same in English."""
        return f"{(self.title or _ROLES[self.role])[1]} · {_ENGLISH[self.department]}"

    @property
    def as_new(self) -> NewPerson:
        """What the staff list is told."""
        return NewPerson(
            login=self.login,
            name=self.name,
            role=self.role,
            superior_login=self.superior,
            company=self.company,
            department=self.department,
            direct_assign=self.direct_assign,
            language=self.language,
        )


def _sales(telegram_id: int, login: str, name: str, department: str, color: str, language: str = "zh") -> SamplePerson:
    lead, company = _TEAMS[department]
    return SamplePerson(telegram_id, login, name, Role.SALES, lead, company, department, color, language)


def _lead(
    telegram_id: int, login: str, name: str, department: str, color: str, superior: str | None, language: str = "zh"
) -> SamplePerson:
    return SamplePerson(telegram_id, login, name, Role.LEAD, superior, _TEAMS[department][1], department, color, language)


_TEAMS = {SEA_ONE: ("wangzhiqiang", QINGDAO), SEA_TWO: ("sunlihua", QINGDAO), AIR: ("chensiyuan", SHANGHAI)}
"""The lead and the branch of each team."""

LEADS = {department: lead for department, (lead, _) in _TEAMS.items()}
"""The login of each team's lead."""

ADMIN = "zhoumin"
DIRECTOR = "zhaojianguo"

PEOPLE = (
    _sales(1001, "lihaiyan", "李海燕", SEA_ONE, "#2f80ed"),
    _lead(1002, "sunlihua", "孙丽华", SEA_TWO, "#eb5757", DIRECTOR),
    _lead(1003, "wangzhiqiang", "王志强", SEA_ONE, "#27ae60", DIRECTOR),
    _sales(1004, "maxiaofeng", "马晓峰", SEA_TWO, "#f2994a"),
    _sales(1005, "shenhao", "沈浩", AIR, "#9b51e0", "en"),
    _lead(1006, "chensiyuan", "陈思远", AIR, "#00a3a3", None, "en"),
    SamplePerson(1007, ADMIN, "周敏", Role.ADMIN, None, QINGDAO, OFFICE, "#4f4f4f"),
    SamplePerson(
        1008,
        DIRECTOR,
        "赵建国",
        Role.LEAD,
        None,
        QINGDAO,
        SALES_OFFICE,
        "#8d6e63",
        title=("业务总监（可直接分配）", "Sales director (direct assign)"),
        direct_assign=True,
    ),
    _sales(1009, "zhangwei", "张伟", SEA_ONE, "#56ccf2"),
    _sales(1010, "liuyang", "刘洋", SEA_ONE, "#6fcf97"),
    _sales(1011, "xutingting", "徐婷婷", SEA_ONE, "#bb6bd9"),
    _sales(1012, "gaoxue", "高雪", SEA_TWO, "#d4709b"),
    _sales(1013, "lintao", "林涛", SEA_TWO, "#c79a00"),
    _sales(1014, "zhengkai", "郑凯", SEA_TWO, "#7a8b99"),
    _sales(1015, "wujiayi", "吴佳怡", AIR, "#ff7f6a"),
    _sales(1016, "zhulin", "朱琳", AIR, "#5b6ee1"),
)
"""The cast of the demo's phones, in the order of the switcher: whoever claims, then whoever approves."""


def members(department: str) -> list[SamplePerson]:
    """The salespeople of a team."""
    return [person for person in PEOPLE if person.department == department and person.role is Role.SALES]


def superiors_first() -> list[SamplePerson]:
    """Everybody after those whom they answer to."""
    return sorted(PEOPLE, key=lambda person: (person.superior is not None, person.role is not Role.LEAD))
