# Each refusal has its line
error-not-found = It cannot be found, or you may not see it.
error-not-allowed = You do not have the right to do that.
error-stale = This button is out of date. Please start again with /menu.
error-nothing-selected = No customer is selected yet.
error-nothing-waits = Nothing waits for review here any more.
error-batch-too-large = At most { $limit } at once; you have selected { $count }.
error-invalid-field = { $problem ->
    [empty] It must not be empty. Please send it again.
    [too_long] That is too long. Please send something shorter.
    [not_a_date] That is not a date: please write 2026-11-20 or 11-20.
    [future] The date lies in the future. Please send it again.
    [too_old] That date is too long ago. Please send it again.
    [no_letters] A name needs letters.
    [check_digit] That is not a valid credit code: the check digit does not match.
    [unreachable] Please give a phone number or an e-mail address.
    [not_offered] Please choose one of those offered.
    [amount] Please send a number with its unit, for example 20 TEU.
    [no_phone] Please send a phone number.
    [no_email] Please send an e-mail address.
    [from_to] Please write port → port.
    [out_of_range] That is out of range. Please try again.
    [future] The day must not lie in the future.
    [past] The day must not lie in the past.
    [not_free] The stage cannot be changed to that.
    [needs_company] Please choose the company first.
   *[other] That does not fit ({ $field }). Please try again.
}
error-customer-taken = Too late: { $owner } has had it since { $since }.
error-already-yours = { $owner } has this customer already.
error-already-in-pool = This customer has been in the pool since { $since }.
error-already-waiting = Waiting for approval: { $requester } asked for it at { $since }.
error-already-decided = { $status ->
    [approved] { $decider } approved it at { $at }.
    [rejected] { $decider } rejected it at { $at }.
   *[other] { $decider } cancelled it at { $at }.
}
error-daily-limit = Claimed today: { $count }/{ $limit }. You may claim again tomorrow from 00:00.
error-held-limit = { $person ->
    [none] You hold { $count }/{ $limit } customers, waiting claims included. Signing one, or passing one on, makes room.
   *[other] { $person } holds { $count }/{ $limit } customers, waiting claims included. Signing one, or passing one on, makes room.
}
error-cooling-down = { $person ->
    [none] It was yours: { $passed }/{ $days } days have passed. You may claim it again from { $opens }.
   *[other] It was { $person }'s: { $passed }/{ $days } days have passed. It may be claimed again from { $opens }.
}
error-old-team-first = For { $days } days only the team of { $lead } may claim it ({ $passed } have passed). Open to all from { $opens }.
error-duplicate-customer = { $owner ->
    [none] This customer exists: “{ $name }”, in the public pool.
   *[other] This customer exists: “{ $name }”, with { $owner }.
}
error-no-such-person = There is no such colleague to choose: { $who }
error-not-in-your-teams = { $name } is not in your teams.
error-login-taken = The login { $login } is taken.
error-superior-cycle = { $name } cannot answer to { $superior }, who stands below.
error-successor-needed = { $name } is a lead: choose a successor first.
error-last-admin = { $name } is the last administrator: appoint another one first.
error-not-a-lead = { $name } is not a team lead and cannot be a superior.
error-has-members = { $name } has { $count ->
    [one] one member
   *[other] { $count } members
 } who must get another superior before the role changes.
error-invitation-unknown = This invitation link is not valid. Please ask your administrator for a new one.
error-invitation-used = This invitation link was used at { $used_at }. Please ask your administrator for a new one.
error-invitation-expired = This invitation link expired at { $expired_at }. Please ask your administrator for a new one.
error-too-many-guesses = Too many attempts. Please try again after { $again_at }.
error-account-taken = This Telegram account belongs to { $name } and cannot be bound to anybody else.
error-has-orders = This customer's partner has { $count ->
    [one] { $count } order
   *[other] { $count } orders
} and cannot be deleted.
error-partner-taken = { $owner ->
    [none] The partner “{ $partner }” is linked with the customer “{ $customer }”, in the public pool.
   *[other] The partner “{ $partner }” is linked with the customer “{ $customer }”, with { $owner }.
}
error-partner-void = The partner “{ $partner }” is void: sign a customer to it before recording orders.
error-no-such-partner = No partner has the name or credit code “{ $who }”.
error-already-signed = “{ $name }” is signed already.
error-order-known = The order { $number } is recorded for “{ $partner }” already.
error-changed-since = It was changed since and cannot be undone.
error-undo-expired = It can be undone once, within { $minutes } minutes.
error-rule-refused = { $accepts ->
    [switch] Please choose yes or no.
    [digest_time] That is not a time: please write 8:30.
    [quiet_hours] Those are not hours: please write 21:00-8:00, or off.
    [limit] Please send a whole number { NUMBER($low, useGrouping: 0) } to { NUMBER($high, useGrouping: 0) }; 0 is off.
    [level] Please send a whole number { NUMBER($low, useGrouping: 0) } to { NUMBER($high, useGrouping: 0) }; 0 is the same as the common rule.
   *[whole] Please send a whole number { NUMBER($low, useGrouping: 0) } to { NUMBER($high, useGrouping: 0) }.
}
error-rule-changed-since = { $by ->
    [none] This rule has just gone back to its default. Please look at what it says now.
   *[other] { $by } has just changed this rule. Please look at what it says now.
}
error-backup-exists = { $file } is there already; a backup never writes over a file.
error-no-backup = { $file } is no backup that this version can read.
error-backup-broken = { $file } is damaged: { $why }
error-database-not-empty = The database is not empty: a backup goes into an empty one only.
error-database-in-use = A bot is running on the database: stop it first.
error-file-too-big = The file has { $megabytes } MB; Telegram takes { $limit } MB. Please narrow the filter, or export from the command line.
error-workbook-under-way = Your last export or import is not finished yet: wait for it or cancel it first.
error-nothing-to-export = There is nothing to export.
error-workbook = { $problem ->
    [too_large] { $file } is too large: at most { $limit } MB.
    [over_telegram] { $file } is over { $limit } MB, which Telegram does not give to a bot: use `gonghai customers import` on the command line.
    [not_fetched] Telegram would not give { $file }: send it again.
    [empty] { $file } is empty.
    [encrypted] { $file } is protected by a password: save it without one.
    [old_format] { $file } is an old .xls file: save it as .xlsx.
    [macros] { $file } holds macros: save it as .xlsx without them.
    [bomb] { $file } unpacks to more than { $limit } MB and is not read.
    [entities] { $file } holds XML declarations that no workbook needs, and is not read.
    [too_many_parts] { $file } holds more than { $limit } files inside and is not read.
    [too_many_sheets] { $file } has too many sheets: at most { $limit }.
    [too_many_columns] { $file } has too many columns: at most { $limit }.
    [too_many_rows] { $file } has too many rows: at most { $limit }. Split it into several files.
    [cell_too_long] { $file } has a cell of more than { $limit } characters.
    [too_slow] { $file } takes too long to read: split it into several files.
    [too_much_memory] { $file } takes too much memory: delete empty areas, or split it into several files.
    [damaged] { $file } is damaged: save it anew and try again.
   *[other] { $file } is not an Excel workbook (.xlsx).
}
error-no-known-sheet = { $file } has no headings that are known here: use a template.
error-missing-columns = The sheet “{ $sheet }” lacks columns: { $headings }
error-file-imported = { $by ->
    [none] This file was imported on { $at } already.
   *[other] This file was imported by { $by } on { $at } already.
}
error-import-running = This file is being imported at the moment.
error-cell = { $problem ->
    [empty] { $heading }: must be filled in
    [too_long] { $heading }: too long
    [not_a_date] { $heading }: “{ $value }” is not a date; write 2026-11-25
    [not_a_number] { $heading }: “{ $value }” is not a number
    [out_of_range] { $heading }: { $value } is out of range
    [future] { $heading }: { $value } lies in the future
    [too_old] { $heading }: { $value } is too long ago
    [not_offered] { $heading }: “{ $value }” is not one of the choices
    [yes_or_no] { $heading }: write yes or no, not “{ $value }”
    [from_to] { $heading }: write “{ $value }” as from → to
    [check_digit] { $heading }: the check digit of “{ $value }” is wrong
    [no_letters] { $heading }: “{ $value }” has no letters
    [no_phone] { $heading }: “{ $value }” is not a phone number
    [no_email] { $heading }: “{ $value }” is not an e-mail address
    [unreachable] { $heading }: a phone number or an e-mail address is needed
    [not_signed] { $heading }: “{ $value }” needs a customer that is cooperating or dormant
    [needs_company] { $heading }: needs the company too
    [ends_before] { $heading }: before the beginning
    [owners_overlap] { $heading }: former owners overlap in time
    [other_owner] { $heading }: not the present owner among the former ones
   *[other] { $heading }: “{ $value }” is not right
}
error-twice-in-file = the same as row { $row } of this file
error-in-recycle-bin = { $by ->
    [none] “{ $name }” was deleted on { $since } and lies in the recycle bin
   *[other] “{ $name }” was deleted by { $by } on { $since } and lies in the recycle bin
}
error-row-refused = row { $row } of the sheet “{ $sheet }” is wrong
error-no-customer-row = the sheet of customers does not have this customer
error-partner-known = The partner “{ $name }” is known already
