# 时钟自己做的事：到期、沉睡、提醒
reason-untouched = 逾期未跟进
event-swept = 系统收回到公海：{ $reason }
event-became-dormant = 长期无订单，转入沉睡阶段

clock-swept-own = 🌊 您的 { $count } 个客户已过期限，系统收回到公海：
clock-swept-team = 🌊 { $person }组的 { $count } 个客户已过期限，系统收回到公海：
clock-dormant-own = 😴 您的 { $count } 个合作客户长期无订单，转入沉睡阶段并进入公海：
clock-dormant-team = 😴 { $person }组的 { $count } 个合作客户长期无订单，转入沉睡阶段并进入公海：
clock-dormant-kept-own = 😴 您的 { $count } 个合作客户长期无订单，转入沉睡阶段：
clock-dormant-kept-team = 😴 { $person }组的 { $count } 个合作客户长期无订单，转入沉睡阶段：
clock-undecided = 这项申请已等待 { $hours } 小时，请审核
clock-escalated = 这项申请已等待 { $hours } 小时仍未审核，现同时转给您

job-sweep = 每日收回
job-digest = 每日摘要
job-reminders = 审核提醒
job-done = { $job } { $day }：{ $counts }
job-nothing = 无事可做
job-count-released = 收回 { $count }
job-count-dormant = 沉睡 { $count }
job-count-warnings = 到期提醒 { $count }
job-count-digests = 摘要 { $count }
job-count-reminded = 催审 { $count }
job-count-escalated = 上报 { $count }
job-count-back = 代理结束 { $count }
job-busy = { $job } 正在另一个进程中运行
jobs-head = 任务	上次运行	用时	下次运行	结果
jobs-never = 从未
jobs-running = 进行中
jobs-tick = 随时
