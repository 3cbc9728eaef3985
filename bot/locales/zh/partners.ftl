# 合作伙伴
command-partners = 合作伙伴
partners = 合作伙伴
partners-list = <b>合作伙伴</b>
partners-found = <b>合作伙伴</b>：{ $text }
partners-total = 共 { $count } 个
partners-none = 没有符合条件的合作伙伴。
partners-hint = 点合作伙伴看详情和订单。
partners-search = 查询
partners-all = 全部
partners-ask = 请发送名称或统一社会信用代码中的任意一段。
partner-name = <b>{ $name }</b>
partner-code = <code>{ $code }</code>
partner-valid = 有效
partner-void = 失效
partner-orders = { $count } 个订单
partner-customer = 客户：<b>{ $customer }</b>，由 { $owner } 负责
partner-customer-in-pool = 客户：<b>{ $customer }</b>，在公海
partner-no-customer = 没有关联客户
partner-order = • { $day } <code>{ $number }</code>
partner-orders-more = 其余 { $count } 个未列出
partner-view-customer = 查看客户
card-partner = 🤝 合作伙伴：{ $partner } · { $count ->
    [0] 无订单
   *[other] { $count } 单
}
