# Lists, cards, assigning and releasing
list-my = <b>My customers</b>
list-team = <b>Team customers</b>
list-pool = <b>Public pool</b>
list-found = <b>Search</b>: { $text }
list-my-empty = No customers here yet. Claim some from the public pool.
list-team-empty = No customer matches.
list-pool-empty = No customer in the pool matches.
list-found-empty = Nothing found. Try another word?
list-found-elsewhere = Held by colleagues:
list-total = { $count ->
    [one] { $count } customer
   *[other] { $count } customers
}
list-total-more = { $count }+ customers
list-hint = Tap a customer for details, or Select to handle several.
list-hint-selecting = Tap customers to tick them; the ticks stay from page to page.
list-claimed = claimed { $count }/{ $limit }
list-held = held { $count }/{ $limit }
list-selected = { $count } selected
search-how = Send what to search for, for example: /find Haihang
tab-all = All
in-pool = Pool
mark-waiting = ⏳ waiting
select-many = Select
select-end = Done selecting

card-level = Level { $level }
card-industry = Industry: { $value }
card-source = Source: { $value }
card-address = Address: { $value }
card-website = Website: { $value }
card-owner = Owner: <b>{ $owner }</b>
card-pool = 🌊 In the public pool since { $since }
card-released = Released because: { $reason }
card-waiting = Waiting for approval: asked for by { $requester }, { $since }
card-masked = Contact details show once you have claimed it
card-closed = <b>{ $name }</b> { $code }
    No longer yours; the contact details have been put away.
card-opened = Contact details opened today: { $count }/{ $limit }. More tomorrow from 00:00
card-services = Services: { $value }
card-lanes = Lanes: { $value }
card-commodity = Commodity: { $value }
card-remark = Remark: { $value }
card-history = Former owners
card-never-owned = Never had an owner
call = Call

assign-to-whom = <b>{ $act }</b> { $count ->
    [one] { $count } customer
   *[other] { $count } customers
} to whom?
release-why = { $count ->
    [one] Release { $count } customer into the pool.
   *[other] Release { $count } customers into the pool.
} Why?
release-other = { $count ->
    [one] Send the reason for releasing { $count } customer (up to 200 characters).
   *[other] Send the reason for releasing { $count } customers (up to 200 characters).
}

done-claim = { $count ->
    [one] Claimed: the customer is yours now.
   *[other] Claimed: { $count } customers are yours now.
}
done-pool-assign = { $count ->
    [one] { $count } customer assigned.
   *[other] { $count } customers assigned.
}
done-assign = { $count ->
    [one] { $count } customer assigned.
   *[other] { $count } customers assigned.
}
done-direct-assign = { $count ->
    [one] { $count } customer assigned directly.
   *[other] { $count } customers assigned directly.
}
done-release = { $count ->
    [one] { $count } customer released into the pool.
   *[other] { $count } customers released into the pool.
}
done-approve = { $count } approved.
done-reject = { $count } rejected.
done-waiting = { $count ->
    [one] { $count } request sent: the former team's lead decides.
   *[other] { $count } requests sent: the former teams' leads decide.
}
done-refused = { $count } not done:
refused-line = • { $names }:{ " " }
