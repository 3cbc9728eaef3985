# The timeline
timeline = Timeline
timeline-head = 🕘 Timeline <b>{ $name }</b>
timeline-line = <b>{ $at }</b> { $actor } · { $what }
timeline-change = { $field }: { $before } → { $after }
timeline-none = (empty)
timeline-empty = Nothing yet.
timeline-older = Older
timeline-newest = Newest
event-entered = { $person ->
    [none] entered into the pool
   *[other] entered, owner { $person }
}
event-claimed = claimed
event-claim-requested = { $person ->
    [none] asked to claim
   *[other] asked to assign to { $person }
}
event-request-approved = approved, owner { $person }
event-request-rejected = { $reason ->
    [none] rejected the request
   *[other] rejected the request: { $reason }
}
event-request-cancelled = request cancelled
event-reason-added = reason of the rejection: { $reason }
event-assigned = assigned to { $person }
event-direct-assigned = directly assigned to { $person }
event-handed-over = handed over to { $person }
event-released = released into the pool: { $reason }
event-deleted = deleted into the recycle bin
event-restored = restored from the recycle bin
event-extended = deadline extended by { $days ->
    [one] { $days } day
   *[other] { $days } days
}: { $before } → { $after }
event-edited = edited
event-followed-up = followed up
event-signed = signed
event-ordered = order { $number } recorded
event-woken = cooperating again by a new order
event-undone = undid: { $act }
event-contacts-opened = opened the contact details in the pool
event-duplicate-tried = tried to enter it again
event-rescheduled = moved by a changed rule: { $before } → { $after }
event-relevelled = moved with the level: { $before } → { $after }
event-rule-changed = changed a rule
event-imported = imported from { $file }
event-user-added = user added
event-user-changed = user changed
event-user-invited = invited
event-user-joined = joined
event-user-moved-account = moved to another Telegram account
event-user-deactivated = user deactivated
event-exported = exported to Excel
event-user-reactivated = user reactivated
