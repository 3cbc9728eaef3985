# Partners
command-partners = Partners
partners = Partners
partners-list = <b>Partners</b>
partners-found = <b>Partners</b>: { $text }
partners-total = { $count } in all
partners-none = No partner matches.
partners-hint = Tap a partner to see its details and orders.
partners-search = Search
partners-all = All
partners-ask = Please send any part of a name or credit code.
partner-name = <b>{ $name }</b>
partner-code = <code>{ $code }</code>
partner-valid = valid
partner-void = void
partner-orders = { $count ->
    [0] no orders
    [one] { $count } order
   *[other] { $count } orders
}
partner-customer = Customer: <b>{ $customer }</b>, with { $owner }
partner-customer-in-pool = Customer: <b>{ $customer }</b>, in the pool
partner-no-customer = No customer is linked
partner-order = • { $day } <code>{ $number }</code>
partner-orders-more = { $count } older ones are not listed
partner-view-customer = View customer
card-partner = 🤝 Partner: { $partner } · { $count ->
    [0] no orders
    [one] { $count } order
   *[other] { $count } orders
}
