# The one message of each morning
digest-head = ☀️ <b>{ $day }</b>
digest-for = for { $person }
digest-due-count = Due: { $list }
digest-due-in = { $days ->
    [0] today { $count }
    [1] tomorrow { $count }
   *[other] in { $days } days { $count }
}
digest-waiting-count = { $count ->
    [one] { $count } request waits for you
   *[other] { $count } requests wait for you
}
digest-followup-count = { $team ->
    [0] Follow-ups today: { $own }
   *[other] Follow-ups today: own { $own }, team { $team }
}
digest-traffic = Yesterday: { $entered } into the pool, { $left } taken
digest-untouched = Not followed up since claimed: { $count }
digest-waiting = Waiting for you
digest-followups = To contact today
digest-late = planned for { $day }
digest-clock-signing = to sign
digest-clock-dormancy = to order
digest-clock-first-followup = first follow-up
digest-clock-followup = follow-up
