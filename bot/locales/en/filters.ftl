# Narrowing a list
filter = Filter
filter-by = Filter by what?
filter-which = Filter · <b>{ $field }</b>
filter-none = Any
filter-clear = Clear filters
filter-city = City
filter-industry = Industry
filter-source = Source
filter-level = Level
filter-service = Service
filter-owner = Owner
filter-due = Deadline
filter-untouched = Untouched
filter-due-within = { $days ->
    [0] Today or past
    [one] Due in { $days } day
   *[other] Due in { $days } days
}
filter-untouched-only = Untouched since claimed
found-elsewhere = 🔒 { $name } · { $owner }
