# 统计
command-stats = 统计
statistics = 统计
stats-title = 📊 <b>统计</b> · { $period }
stats-came = 录入 { $entered } · 领取 { $claimed } · 分到 { $received }
stats-done = 跟进 { $followed_up } 次（{ $touched } 家）· 签单 { $signed }
stats-left = 释放 { $released } · 到期落入公海 { $fell_back }
stats-now = 在手 { $held } · 7 天内到期 { $due_soon } · 未跟进 { $untouched }
stats-people = 共 { $count } 人
stats-person = 领 { $claimed } · 跟 { $followed_up } · 签 { $signed } · 落 { $fell_back } · 在手 { $held }
period-today = 今天
period-week = 7 天
period-days30 = 30 天
period-month = 本月
