# 时钟自己做的事：到期、沉睡、提醒
reason-untouched = 逾期未跟进
event-swept = 系统收回到公海：{ $reason }
event-became-dormant = 长期无订单，转入沉睡阶段
event-setting-changed = 修改设置
