# Words used everywhere
language-name = English
menu = Menu
back = Back
cancel = Cancel
view = View
list-separator = {", "}
and-more =  and { $count } more
myself = { $name } (me)
by-system = the system

role-sales = Sales
role-lead = Team lead
role-admin = Administrator

stage-potential = Potential
stage-interested = Interested
stage-quoting = Quoting
stage-cooperating = Cooperating
stage-dormant = Dormant

status-waiting = Waiting
status-approved = Approved
status-rejected = Rejected
status-cancelled = Cancelled

reason-no-need = No need
reason-price = Price
reason-competitor = Lost to a rival
reason-unreachable = Unreachable
reason-wrong-data = Wrong data
reason-other = Other
reason-left = Owner left
reason-overdue = Not signed in time
reason-dormant = Became dormant
reason-none = No reason given

lost-released = Released
lost-reassigned = Reassigned
lost-handed-over = Handed over
lost-deleted = Deleted
lost-swept = Deadline passed
lost-undone = Undone

service-fcl = FCL
service-lcl = LCL
service-air = Air
service-rail = Rail
service-road = Road
service-customs = Customs
service-warehousing = Warehousing

act-claim = Claim
act-pool-assign = Assign
act-assign = Assign
act-direct-assign = Direct assign
act-release = Release

due-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
due-today = due today
due-past = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
