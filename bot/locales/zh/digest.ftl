# 每天早上的一条消息
digest-head = ☀️ <b>{ $day }</b>
digest-for = 代 { $person }
digest-due-count = 到期：{ $list }
digest-due-in = { $days ->
    [0] 今天 { $count }
    [1] 明天 { $count }
   *[other] { $days } 天内 { $count }
}
digest-waiting-count = 待审核 { $count }
digest-followup-count = { $team ->
    [0] 今日跟进 { $own }
   *[other] 今日跟进：自己 { $own }，组员 { $team }
}
digest-traffic = 昨日：进公海 { $entered }，领出 { $left }
digest-untouched = 领取后未跟进 { $count }
digest-waiting = 待审核
digest-followups = 今天联系
digest-late = 原定 { $day }
digest-clock-signing = 签单
digest-clock-dormancy = 沉睡
digest-clock-first-followup = 首次跟进
digest-clock-followup = 跟进
