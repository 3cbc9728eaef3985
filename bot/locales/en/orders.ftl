# Recording orders
act-record-order = Record an order
order-head = 📦 <b>Record an order</b>: { $partner }
order-number = Number: { $value }
order-kind = Kind: { $value }
order-day = Date: { $value }
order-ask-number = Please send the order number.
order-ask-kind = What kind of business? Tap one, or send your own word.
order-ask-day = On which day? Tap one, or send a date such as 11-20.
order-check = Please check:
order-today = Today
order-yesterday = Yesterday
order-saved = The order { $number } is recorded.
order-woken = The order { $number } is recorded; the customer is cooperating again.
order-added = The order { $number } is recorded for “{ $partner }”.
