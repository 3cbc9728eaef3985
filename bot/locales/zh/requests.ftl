# 审核
approve = 同意
reject = 拒绝
approve-all = ✅ 全部同意 ({ $count })
reject-all = ✖ 全部拒绝 ({ $count })
give-reason = 补充原因
cancel-request = 取消申请

todo-title = <b>待办事项</b>
todo-decided = 近 7 天已审核：{ $count } 项
todo-waiting = { $count ->
    [0] 没有等待您审核的申请。
   *[other] 等待您审核：{ $count } 个
}
todo-several = { $customer } 等 { $count } 个
todo-mine = 您提交的、正在等待：{ $count } 个

request-head = 📝 <b>领取申请</b>
    申请人：<b>{ $requester }</b> · { $when }
request-for-member = 📝 <b>分配申请</b>
    { $requester } 申请分配给 <b>{ $assignee }</b> · { $when }
request-history = 原负责人：{ $owner } · { $since } 进入公海 · { $reason }
request-decided = 审核人：{ $decider }
request-waits-on = 申请继续等待，可稍后再同意，或拒绝。
request-reason = 原因：{ $reason }
reject-why = 请发送拒绝的原因（200 字以内），申请人会收到。

decided-approved = ✅ 您申请的 { $count } 个客户已同意：
decided-rejected = ❌ 您申请的 { $count } 个客户未获同意：
decided-cancelled = ✖️ 您申请的 { $count } 个客户已取消：
decided-waiting = ⏳ 您申请的 { $count } 个客户正在审核：
overtaken = ✖️ 领取申请已失效，以下 { $count } 个客户已另行安排：
assigned-to-you = 📥 { $by } 分配给您 { $count } 个客户：
lost-notice-released = 📤 { $by } 已将您的 { $count } 个客户释放到公海：
lost-notice-reassigned = 🔁 { $by } 已将您的 { $count } 个客户转给同事：
