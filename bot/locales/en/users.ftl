# The staff
command-users = Users
users = Users
users-list = <b>Users</b>
users-found = <b>Users</b>: { $text }
users-total = { $count ->
    [one] One person
   *[other] { $count } people
}
users-nobody = Nobody fits.
users-search = Search
users-add = Add a user
users-all = All
users-ask = Please send a name, login, company, department or role; put spaces between several words.
users-line = { $name }: { $value }
users-account = Telegram
users-joined = joined
users-not-joined = not joined yet
users-away = away
users-gone = deactivated
users-customers = { $count ->
    [one] One customer
   *[other] { $count } customers
}
users-members = { $count ->
    [one] one team member
   *[other] { $count } team members
}
users-invite = Invite
users-invited = The link is in the next message: forward it to { $name }.
users-leave = Deactivate
users-return = Reactivate
invitation = Hello { $name }! Please tap this link to join Gonghai, the customer bot (valid for { $days } days, one use):

profile-login = Login
profile-name = Name
profile-role = Role
profile-superior = Superior
profile-company = Company
profile-department = Department
profile-direct-assign = Direct assign
profile-language = Language
profile-yes = Yes
profile-no = No
profile-none = None
profile-now = Now: { $value }
profile-choose = Please choose:
profile-type = Please send the new one.
profile-both = Please choose, or send a new name.
profile-changed = { $field }: { $old } → { $new }
profile-same = { $field } is as it was.

leave-title = 🚫 Deactivate <b>{ $name }</b>
leave-customers = { $count ->
    [one] One customer
   *[other] { $count } customers
}
leave-members = { $count ->
    [one] One team member
   *[other] { $count } team members
}
leave-to-review = { $count ->
    [one] One request waits for this lead
   *[other] { $count } requests wait for this lead
}
leave-asked = { $count ->
    [one] One request of this person, to be cancelled
   *[other] { $count } requests of this person, to be cancelled
}
leave-lead = Access ends at once. A lead's customers, members and waiting requests all go to another lead.
leave-whither = Access ends at once. What becomes of the customers?
leave-nothing = Access ends at once.
leave-successor = Choose a successor
leave-hand-over = Hand over to a colleague
leave-release = Release all to the pool
leave-to-whom = Who takes over?
leave-sure-release = { $count ->
    [one] Deactivate, and release the one customer to the pool?
   *[other] Deactivate, and release all { $count } customers to the pool?
}
leave-sure-hand-over = Deactivate, and hand everything over to <b>{ $heir }</b>?
leave-done = { $heir ->
    [none] { $name } is deactivated; customers now in the pool: { $count }.
   *[other] { $name } is deactivated; customers now with { $heir }: { $count }.
}
return-done = { $name } is active again and needs a new invitation to join.
return-no-superior = { $superior } leads no team any more: please choose a superior.

hire-title = ➕ <b>Add a user</b>
hire-login = Please send the <b>login</b> (unique in the organisation).
hire-name = Please send the <b>name</b>.
hire-role = Please choose the <b>role</b>:
hire-superior = Please choose the <b>superior</b>:
hire-review = Add this user?
hire-done = { $name } is added. Tap Invite for a link to join.

away = Away/stand-in
away-now = Away now
away-title = <b>Away/stand-in</b> · { $name }
away-until = Away until the end of { $day }; { $stand_in } stands in.
away-what = Meanwhile approvals and reminders go to the stand-in.
away-when = Until which day? Choose, or send a date (within { $days } days), for example 11-20.
away-today = Today
away-tomorrow = Tomorrow
away-week = A week
away-who = <b>{ $name }</b> is away until <b>{ $day }</b>. Who stands in?
away-end = Back at work
away-over = No longer away.
away-stand-in = { $name } is away until the end of { $day }. You stand in: approvals and reminders come to you.
