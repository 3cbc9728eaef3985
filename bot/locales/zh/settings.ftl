# 设置：规则、含义、取值
settings = 设置
command-settings = 设置
setting-choose = 请选择要查看或更改的规则。
setting-mark = { $mark }：与配置文件不同
setting-line = { $rule }：{ $value }
setting-now = 现行：<b>{ $value }</b>
setting-file = 配置文件：{ $value }
setting-changed-by = 上次改动：{ $by } { $when }
setting-reset = 恢复默认（{ $value }）
setting-history = 改动记录
setting-history-none = 还没有改动。
setting-same = { $rule } 本来就是这样。
setting-moved = { $count } 位客户的期限随之调整。
setting-notice = { $by } 更改了规则
setting-effect-past = { $count ->
    [0] 没有客户会因此到期。
   *[other] 会有 <b>{ $count }</b> 位客户到期，属 { $owners } 位负责人。
}
setting-effect-soon = { $count ->
    [0] 7 天内没有更多客户到期。
   *[other] 另有 <b>{ $count }</b> 位在 7 天内到期。
}
setting-effect-warned = 保存时不会释放任何客户：先提醒负责人，次日仍到期的才由每日收回处理。
setting-type-whole = 可填 { NUMBER($low, useGrouping: 0) } 到 { NUMBER($high, useGrouping: 0) }。请点选，或直接输入。
setting-type-limit = 可填 { NUMBER($low, useGrouping: 0) } 到 { NUMBER($high, useGrouping: 0) }，0 为关闭。请点选，或直接输入。
setting-type-level = 可填 { NUMBER($low, useGrouping: 0) } 到 { NUMBER($high, useGrouping: 0) }，0 为同通用天数。请点选，或直接输入。
setting-type-switch = 请点选。
setting-type-digest-time = 请点选，或输入时间，例如 8:30。
setting-type-quiet-hours = 请点选，或输入时段，例如 21:00-8:00。
setting-days = { $count } 天
setting-minutes = { $count } 分钟
setting-count = { NUMBER($count, useGrouping: 0) }
setting-off = 关闭
setting-unlimited = 不限
setting-as-others = 同通用
setting-yes = 是
setting-no = 否

rules-deadlines = 期限
rules-claims = 领取限制
rules-pool = 公海
rules-messages = 消息时间
rules-other = 其他

rule-signing-days = 签单期限
rule-signing-days-by-level = { $level } 级签单
rule-dormancy-days = 沉睡期限
rule-dormancy-days-by-level = { $level } 级沉睡
rule-first-followup-days = 首次跟进
rule-followup-days = 跟进间隔
rule-dormant-releases = 沉睡后进公海
rule-claims-per-day = 每日领取
rule-held-limit = 持有上限
rule-reclaim-cooldown-days = 再次领取间隔
rule-old-team-days = 原组优先
rule-mask-pool-contacts = 隐藏联系方式
rule-pool-views-per-day = 每日查看联系方式
rule-digest-time = 摘要时间
rule-quiet-hours = 免打扰时段
rule-undo-minutes = 可撤销时间
rule-invitation-days = 邀请有效期
rule-batch-limit = 批量上限

about-signing-days = 成为负责人后，须在这些天内签单。
about-signing-days-by-level = { $level } 级客户的签单天数，代替通用的。
about-dormancy-days = 合作客户这些天没有订单，即转入沉睡阶段。
about-dormancy-days-by-level = { $level } 级客户无订单转入沉睡的天数，代替通用的。
about-first-followup-days = 领取后，须在这些天内首次跟进。
about-followup-days = 距上次跟进（没有则从成为负责人起）不得超过这些天。
about-dormant-releases = 转入沉睡阶段的客户是否同时进入公海。
about-claims-per-day = 每人每天最多领取的客户数。
about-held-limit = 每人最多持有的非合作阶段客户数。
about-reclaim-cooldown-days = 原负责人须过这些天才能再次领取。
about-old-team-days = 进入公海后，这些天内只有原来的组可以领取。
about-mask-pool-contacts = 公海客户的电话、邮箱、微信、地址在领取前是否隐藏。
about-pool-views-per-day = 每人每天最多查看的公海客户联系方式数。
about-digest-time = 每天几点发送摘要。
about-quiet-hours = 这段时间只发送紧急消息。
about-undo-minutes = 确认后多久之内可以撤销。
about-invitation-days = 邀请链接多少天内有效。
about-batch-limit = 一次批量操作最多的客户数。
