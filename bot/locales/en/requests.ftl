# Review
approve = Approve
reject = Reject
approve-all = ✅ Approve { $count }
reject-all = ✖ Reject { $count }
give-reason = Add a reason
cancel-request = Cancel the request

todo-title = <b>To-do</b>
todo-decided = { $count ->
    [one] Decided in the last 7 days: { $count } request
   *[other] Decided in the last 7 days: { $count } requests
}
todo-waiting = { $count ->
    [0] No request waits for you.
    [one] { $count } request waits for your review
   *[other] { $count } requests wait for your review
}
todo-several = { $customer } · { $count } in all
todo-mine = { $count ->
    [one] { $count } request of yours is waiting
   *[other] { $count } requests of yours are waiting
}

request-head = 📝 <b>Claim request</b>
    From <b>{ $requester }</b> · { $when }
request-for-member = 📝 <b>Request to assign</b>
    { $requester } asks for <b>{ $assignee }</b> · { $when }
request-history = Formerly { $owner } · in the pool since { $since } · { $reason }
request-decided = Reviewed by { $decider }
request-waits-on = The request waits on: approve it later, or reject it.
request-reason = Reason: { $reason }
reject-why = Send the reason for rejecting (up to 200 characters); the requester will get it.

decided-approved = ✅ { $count ->
    [one] Your request was approved:
   *[other] { $count } requests of yours were approved:
}
decided-rejected = ❌ { $count ->
    [one] Your request was rejected:
   *[other] { $count } requests of yours were rejected:
}
decided-cancelled = ✖️ { $count ->
    [one] Your request was cancelled:
   *[other] { $count } requests of yours were cancelled:
}
decided-waiting = ⏳ { $count ->
    [one] Your request is waiting:
   *[other] { $count } requests of yours are waiting:
}
overtaken = ✖️ { $count ->
    [one] The request has lapsed; this customer went another way:
   *[other] The requests have lapsed; these { $count } customers went another way:
}
assigned-to-you = 📥 { $by } assigned you { $count ->
    [one] { $count } customer:
   *[other] { $count } customers:
}
lost-notice-released = 📤 { $by } released { $count ->
    [one] { $count } customer of yours into the pool:
   *[other] { $count } customers of yours into the pool:
}
lost-notice-reassigned = 🔁 { $by } gave { $count ->
    [one] { $count } customer of yours to a colleague:
   *[other] { $count } customers of yours to a colleague:
}
