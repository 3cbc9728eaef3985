# Signing
act-sign = Sign
sign-title = 🤝 <b>Sign</b>: { $customer }
sign-will-link = It will be linked with this partner:
sign-will-revive = It will be linked with this partner, which becomes valid again:
sign-will-new = No partner matches: a new one of the same name will be made.
sign-similar = No partner matches exactly. Is it one of these?
sign-new-partner = New partner
sign-then = Confirmed, the customer is cooperating and its dormancy clock starts.
sign-codes-differ = The credit codes differ: the customer's is { $code }. Please check first.
sign-done-link = Signed and linked with the partner “{ $partner }”.
sign-done-revive = Signed: the partner “{ $partner }” is valid again.
sign-done-new = Signed: the partner “{ $partner }” was made.
