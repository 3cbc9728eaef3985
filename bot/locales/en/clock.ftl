# What the clock does by itself: deadlines, dormancy, reminders
reason-untouched = not followed up in time
event-swept = swept into the pool: { $reason }
event-became-dormant = no order for long: dormant

clock-swept-own = 🌊 { $count ->
    [one] A customer of yours was past its deadline and went to the pool:
   *[other] { $count } customers of yours were past their deadlines and went to the pool:
}
clock-swept-team = 🌊 { $count ->
    [one] A customer of { $person }’s team was past its deadline and went to the pool:
   *[other] { $count } customers of { $person }’s team were past their deadlines and went to the pool:
}
clock-dormant-own = 😴 { $count ->
    [one] A customer of yours has not ordered for long: it is dormant and went to the pool:
   *[other] { $count } customers of yours have not ordered for long: they are dormant and went to the pool:
}
clock-dormant-team = 😴 { $count ->
    [one] A customer of { $person }’s team has not ordered for long: it is dormant and went to the pool:
   *[other] { $count } customers of { $person }’s team have not ordered for long: they are dormant and went to the pool:
}
clock-dormant-kept-own = 😴 { $count ->
    [one] A customer of yours has not ordered for long and is dormant now:
   *[other] { $count } customers of yours have not ordered for long and are dormant now:
}
clock-dormant-kept-team = 😴 { $count ->
    [one] A customer of { $person }’s team has not ordered for long and is dormant now:
   *[other] { $count } customers of { $person }’s team have not ordered for long and are dormant now:
}
clock-undecided = This request has waited { $hours } hours for your decision
clock-escalated = Undecided for { $hours } hours: you may decide it too

job-sweep = Daily sweep
job-digest = Daily digest
job-reminders = Reminders of requests
job-done = { $job } { $day }: { $counts }
job-nothing = nothing to do
job-count-released = { $count } released
job-count-dormant = { $count } dormant
job-count-warnings = { $count } warned of
job-count-digests = { $count } digests
job-count-reminded = { $count } reminded
job-count-escalated = { $count } escalated
job-count-back = { $count } back from an absence
job-busy = { $job } is running in another process
jobs-head = job	last run	took	next run	result
jobs-never = never
jobs-running = under way
jobs-tick = always
