"""What salespeople write after they talked to a customer, by how far things have come."""

from domain.stages import Stage

Talk = tuple[str, str]
"""Kind and text; the text may name {contact}, {commodity} and {to}."""

_FIRST: tuple[Talk, ...] = (
    ("call", "电话联系{contact}，目前{commodity}出货由老货代做，愿意看看我们的报价。"),
    ("call", "前台转接未成，约下周再打。"),
    ("wechat", "加上{contact}微信，发了公司介绍和{to}航线优势。"),
    ("email", "发送开发信和公司资质，暂无回复。"),
    ("call", "{contact}在开会，让下午四点后再联系。"),
    ("wechat", "{contact}说本月计划已定，下月初再询价。"),
    ("visit", "上门拜访，见到{contact}，工厂规模不小，{commodity}为主。"),
    ("call", "确认出口旺季在三季度，主要走{to}。"),
)
_INTERESTED: tuple[Talk, ...] = (
    ("wechat", "{contact}询{to}舱位情况，说价格合适可以试一票。"),
    ("call", "客户对现在货代的放单速度不满意，想换一家。"),
    ("visit", "陪同组长拜访，了解到月均出货量和付款方式，月结可谈。"),
    ("email", "发送{to}船期表和目的港费用明细。"),
    ("wechat", "{contact}要{commodity}的海运注意事项，已发资料。"),
    ("call", "客户关心目的港清关能力，介绍了合作代理。"),
    ("visit", "展会上见面，聊了半小时，约定回厂后安排报价。"),
)
_QUOTING: tuple[Talk, ...] = (
    ("email", "已报{to} 40HQ 三家船公司价格，有效期到月底。"),
    ("call", "{contact}反馈比现价高 50 美金，正在申请特价。"),
    ("wechat", "重新报{to}价格，含订舱和拖车，等客户确认。"),
    ("call", "客户要求目的港 14 天免箱期，已向船公司申请。"),
    ("wechat", "{contact}说老板在比价，周五前给答复。"),
    ("email", "补充{commodity}的保险和熏蒸费用报价。"),
    ("visit", "带报价单上门，基本谈妥，差付款账期。"),
)
_COOPERATING: tuple[Talk, ...] = (
    ("wechat", "{to}一票已开船，提单确认件已发{contact}。"),
    ("call", "回访上一票时效，客户满意，下月预计加量。"),
    ("wechat", "客户催放单，已协调当天电放。"),
    ("visit", "季度回访，收集明年{commodity}出货计划。"),
    ("email", "发送对账单，{contact}确认无误。"),
    ("call", "目的港查验，已通知{contact}并由代理跟进。"),
)
_STALE: tuple[Talk, ...] = (
    ("call", "电话无人接听，微信未回。"),
    ("wechat", "{contact}说暂时没有{to}的货，后面再说。"),
    ("call", "客户已和同行签年度协议，近期没有机会。"),
    ("call", "{contact}已离职，新联系人还没对接上。"),
)

TALKS: dict[Stage, tuple[Talk, ...]] = {
    Stage.POTENTIAL: _FIRST,
    Stage.INTERESTED: _FIRST + _INTERESTED,
    Stage.QUOTING: _INTERESTED + _QUOTING,
    Stage.COOPERATING: _COOPERATING,
    Stage.DORMANT: _COOPERATING + _STALE,
}
"""What is said to customers of each stage."""

FAREWELLS = _STALE
"""What is said last before a customer is released."""

RELEASE_NOTES = {
    "no_need": (None, "今年无出口计划", "工厂改做内销"),
    "price": (None, "海运费比同行高，谈不下来", "客户只看最低价"),
    "competitor": (None, "已与同行签年度协议", "指定货代由买家安排"),
    "unreachable": (None, "电话空号，微信不通过", "联系多次无人接听"),
    "wrong_data": (None, "联系人已离职", "公司已搬迁"),
    "other": ("客户重组，采购由总部统一负责", "区域调整，转其他组跟进"),
}
"""What leads note on a release, by its reason."""
