# 不能做的事,各有一句话
error-not-found = 找不到，或者您无权查看。
error-not-allowed = 您没有这个权限。
error-stale = 这个按钮已失效，请用 /menu 重新打开。
error-nothing-selected = 还没有选择客户。
error-nothing-waits = 已经没有等待审核的申请。
error-batch-too-large = 一次最多 { $limit } 个，您选了 { $count } 个。
error-invalid-field = { $problem ->
    [empty] 不能为空，请重新发送。
    [too_long] 太长了，请缩短后重新发送。
    [not_a_date] 看不懂这个日期，请写成 2026-11-20 或 11-20。
    [future] 日期不能晚于今天，请重新发送。
    [too_old] 日期太早了，请重新发送。
    [no_letters] 名称里要有文字。
    [check_digit] 统一社会信用代码不对，请核对校验码。
    [unreachable] 请填写电话或电子邮箱。
    [not_offered] 请从给出的选项中选择。
    [amount] 请写数量和单位，例如：20 TEU。
    [no_phone] 请填写电话号码。
    [no_email] 请填写电子邮箱。
    [from_to] 请按“起运港 → 目的港”填写。
    [out_of_range] 超出范围，请重新输入。
    [future] 日期不能晚于今天。
    [past] 日期不能早于今天。
    [not_free] 这个阶段不能直接更改。
    [needs_company] 请先选择所属公司。
   *[other] 内容不正确（{ $field }），请重新输入。
}
error-customer-taken = 手慢了：{ $owner } 已于 { $since } 成为负责人。
error-already-yours = 这个客户已由 { $owner } 负责。
error-already-in-pool = 这个客户已在公海（{ $since } 进入）。
error-already-waiting = 待审核：{ $requester } 已于 { $since } 申请。
error-already-decided = { $status ->
    [approved] 已由 { $decider } 于 { $at } 同意。
    [rejected] 已由 { $decider } 于 { $at } 拒绝。
   *[other] 已由 { $decider } 于 { $at } 取消。
}
error-daily-limit = 今日已领 { $count }/{ $limit }，明日 00:00 恢复。
error-held-limit = { $person ->
    [none] 在手 { $count }/{ $limit }，签单或转出后恢复；待审核的也占名额。
   *[other] { $person } 在手 { $count }/{ $limit }，签单或转出后恢复；待审核的也占名额。
}
error-cooling-down = { $person ->
    [none] 您曾是负责人，{ $days } 天内不能再领（已过 { $passed } 天），{ $opens } 恢复。
   *[other] { $person } 曾是负责人，{ $days } 天内不能再领（已过 { $passed } 天），{ $opens } 恢复。
}
error-old-team-first = 进入公海 { $days } 天内只有 { $lead } 的组可领（已过 { $passed } 天），{ $opens } 开放。
error-duplicate-customer = { $owner ->
    [none] 已有同一客户“{ $name }”，正在公海。
   *[other] 已有同一客户“{ $name }”，由 { $owner } 负责。
}
error-no-such-person = 找不到可选的同事：{ $who }
error-not-in-your-teams = { $name } 不在您的组里。
error-login-taken = 登录名 { $login } 已被使用。
error-superior-cycle = { $name } 的上级不能是其下属 { $superior }。
error-successor-needed = { $name } 是组长，请先指定接任者。
error-last-admin = { $name } 是最后一位系统管理员，请先指定另一位。
error-not-a-lead = { $name } 不是销售组长，不能做上级主管。
error-has-members = { $name } 还有 { $count } 位组员，请先给他们换一位上级主管，再更改角色。
error-invitation-unknown = 邀请链接无效，请向系统管理员索取新的。
error-invitation-used = 这个邀请链接已于 { $used_at } 使用过，请向系统管理员索取新的。
error-invitation-expired = 这个邀请链接已过期（{ $expired_at }），请向系统管理员索取新的。
error-too-many-guesses = 尝试次数过多，请在 { $again_at } 之后再试。
error-account-taken = 这个 Telegram 账号已绑定 { $name }，不能再绑定别人。
error-has-orders = 该客户的合作伙伴已有 { $count } 个订单，不能删除。
error-partner-taken = { $owner ->
    [none] 合作伙伴“{ $partner }”已关联客户“{ $customer }”（在公海）。
   *[other] 合作伙伴“{ $partner }”已关联客户“{ $customer }”，由 { $owner } 负责。
}
error-partner-void = 合作伙伴“{ $partner }”已失效，重新签单后才能登记订单。
error-no-such-partner = 找不到名称或统一社会信用代码为“{ $who }”的合作伙伴。
error-already-signed = “{ $name }”已经签单。
error-order-known = 订单号 { $number } 已登记在“{ $partner }”名下。
error-changed-since = 之后有人改动过，不能撤销。
error-undo-expired = 只能在 { $minutes } 分钟内撤销一次。
error-rule-refused = { $accepts ->
    [switch] 请选择“是”或“否”。
    [digest_time] 看不懂这个时间，请写成 8:30。
    [quiet_hours] 看不懂这个时段，请写成 21:00-8:00，或“关”。
    [limit] 请输入 { NUMBER($low, useGrouping: 0) } 到 { NUMBER($high, useGrouping: 0) } 的整数，0 为关闭。
    [level] 请输入 { NUMBER($low, useGrouping: 0) } 到 { NUMBER($high, useGrouping: 0) } 的整数，0 为同通用天数。
   *[whole] 请输入 { NUMBER($low, useGrouping: 0) } 到 { NUMBER($high, useGrouping: 0) } 的整数。
}
error-rule-changed-since = { $by ->
    [none] 这条规则刚刚恢复了默认，请看现行值后再定。
   *[other] { $by } 刚刚改动了这条规则，请看现行值后再定。
}
error-backup-exists = { $file } 已存在；备份不会覆盖任何文件。
error-no-backup = { $file } 不是当前版本能读取的备份。
error-backup-broken = { $file } 已损坏：{ $why }
error-database-not-empty = 数据库不是空的：备份只能恢复到空的数据库。
error-database-in-use = 有机器人正在使用这个数据库，请先停止它。
error-file-too-big = 导出文件有 { $megabytes } MB，Telegram 最多 { $limit } MB。请缩小筛选范围，或用命令行导出。
error-workbook-under-way = 上一次导出或导入还没有结束，请等它完成或先取消。
error-nothing-to-export = 没有可导出的内容。
error-workbook = { $problem ->
    [too_large] { $file } 太大，最多 { $limit } MB。
    [over_telegram] { $file } 超过 { $limit } MB，Telegram 不会交给机器人；请用命令行 `gonghai customers import`。
    [not_fetched] 无法从 Telegram 取得 { $file }，请重新发送。
    [empty] { $file } 是空的。
    [encrypted] { $file } 有密码保护，请去掉密码后重新保存。
    [old_format] { $file } 是旧版 .xls，请另存为 .xlsx。
    [macros] { $file } 含有宏，请另存为不含宏的 .xlsx。
    [bomb] { $file } 解压后超过 { $limit } MB，拒绝读取。
    [entities] { $file } 含有不该出现的 XML 声明，拒绝读取。
    [too_many_parts] { $file } 内部文件过多（最多 { $limit }），拒绝读取。
    [too_many_sheets] { $file } 的工作表太多，最多 { $limit } 个。
    [too_many_columns] { $file } 的列太多，最多 { $limit } 列。
    [too_many_rows] { $file } 的行太多，最多 { $limit } 行，请分成几个文件。
    [cell_too_long] { $file } 有单元格超过 { $limit } 个字符。
    [too_slow] { $file } 读取超时，请分成几个文件。
    [too_much_memory] { $file } 需要的内存太多，请删除空白区域或分成几个文件。
    [damaged] { $file } 已损坏，请重新保存后再试。
   *[other] { $file } 不是 Excel 工作簿（.xlsx）。
}
error-no-known-sheet = { $file } 里没有认识的表头，请使用模板。
error-missing-columns = 工作表“{ $sheet }”缺少列：{ $headings }
error-file-imported = { $by ->
    [none] 这个文件已于 { $at } 导入过。
   *[other] 这个文件已由 { $by } 于 { $at } 导入过。
}
error-import-running = 这个文件正在导入，请稍候。
error-cell = { $problem ->
    [empty] { $heading }：必填
    [too_long] { $heading }：太长
    [not_a_date] { $heading }：看不懂日期“{ $value }”，请写成 2026-11-25
    [not_a_number] { $heading }：“{ $value }”不是数字
    [out_of_range] { $heading }：{ $value } 超出范围
    [future] { $heading }：{ $value } 晚于今天
    [too_old] { $heading }：{ $value } 太早
    [not_offered] { $heading }：没有“{ $value }”这个选项
    [yes_or_no] { $heading }：请填“是”或“否”，不能是“{ $value }”
    [from_to] { $heading }：“{ $value }”请写成“起运港 → 目的港”
    [check_digit] { $heading }：“{ $value }”的校验码不对
    [no_letters] { $heading }：“{ $value }”里没有文字
    [no_phone] { $heading }：“{ $value }”不是电话号码
    [no_email] { $heading }：“{ $value }”不是电子邮箱
    [unreachable] { $heading }：电话和电子邮箱至少填一个
    [not_signed] { $heading }：“{ $value }”只能填给合作阶段或沉睡阶段的客户
    [needs_company] { $heading }：请同时填写所属公司
    [ends_before] { $heading }：早于开始时间
    [owners_overlap] { $heading }：历任负责人的时间有重叠
    [other_owner] { $heading }：与历任负责人中的现任不一致
   *[other] { $heading }：“{ $value }”不正确
}
error-twice-in-file = 与本文件第 { $row } 行重复
error-in-recycle-bin = { $by ->
    [none] “{ $name }”于 { $since } 被删除，在回收站中
   *[other] “{ $name }”于 { $since } 被 { $by } 删除，在回收站中
}
error-row-refused = 工作表“{ $sheet }”第 { $row } 行有错
error-no-customer-row = 客户表中没有这个客户
error-partner-known = 已有合作伙伴“{ $name }”
