# Statistics
command-stats = Statistics
statistics = Statistics
stats-title = 📊 <b>Statistics</b> · { $period }
stats-came = Entered { $entered } · claimed { $claimed } · given { $received }
stats-done = Follow-ups { $followed_up } ({ $touched } customers) · signed { $signed }
stats-left = Released { $released } · fell back { $fell_back }
stats-now = Held { $held } · due in 7 days { $due_soon } · untouched { $untouched }
stats-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
stats-person = claimed { $claimed } · spoke { $followed_up } · signed { $signed } · lost { $fell_back } · held { $held }
period-today = Today
period-week = 7 days
period-days30 = 30 days
period-month = Month
