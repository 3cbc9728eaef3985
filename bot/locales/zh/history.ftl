# 时间线
timeline = 时间线
timeline-head = 🕘 时间线 <b>{ $name }</b>
timeline-line = <b>{ $at }</b> { $actor } · { $what }
timeline-change = { $field }：{ $before } → { $after }
timeline-none = （空）
timeline-empty = 还没有记录。
timeline-older = 更早
timeline-newest = 最新
event-entered = { $person ->
    [none] 录入到公海
   *[other] 录入，负责人 { $person }
}
event-claimed = 领取
event-claim-requested = { $person ->
    [none] 申请领取
   *[other] 申请分配给 { $person }
}
event-request-approved = 同意申请，负责人 { $person }
event-request-rejected = { $reason ->
    [none] 拒绝申请
   *[other] 拒绝申请：{ $reason }
}
event-request-cancelled = 取消申请
event-reason-added = 补充拒绝的原因：{ $reason }
event-assigned = 分配给 { $person }
event-direct-assigned = 直接分配给 { $person }
event-handed-over = 交接给 { $person }
event-released = 释放到公海：{ $reason }
event-deleted = 删除到回收站
event-restored = 从回收站恢复
event-extended = 延长期限 { $days } 天：{ $before } → { $after }
event-edited = 修改资料
event-followed-up = 跟进
event-signed = 签单
event-ordered = 登记订单 { $number }
event-woken = 有新订单，恢复合作阶段
event-undone = 撤销“{ $act }”
event-contacts-opened = 在公海查看联系方式
event-duplicate-tried = 曾尝试重复录入
event-rescheduled = 规则调整，期限 { $before } → { $after }
event-relevelled = 级别变更，期限 { $before } → { $after }
event-rule-changed = 更改规则
event-imported = 从文件导入：{ $file }
event-user-added = 添加用户
event-user-changed = 修改用户资料
event-user-invited = 发出邀请
event-user-joined = 加入
event-user-moved-account = 换绑 Telegram 账号
event-user-deactivated = 停用用户
event-exported = 导出 Excel
event-user-reactivated = 恢复启用用户
