# 签单
act-sign = 签单
sign-title = 🤝 <b>签单</b>：{ $customer }
sign-will-link = 将关联这个合作伙伴：
sign-will-revive = 将关联这个合作伙伴，并使它重新有效：
sign-will-new = 没有匹配的合作伙伴，将新建一个同名的。
sign-similar = 没有完全匹配的合作伙伴，是下面的某一个吗？
sign-new-partner = 新建合作伙伴
sign-then = 确认后客户进入合作阶段，沉睡期限开始计算。
sign-codes-differ = 统一社会信用代码不同：客户是 { $code }，请先核对。
sign-done-link = 已签单，关联合作伙伴“{ $partner }”。
sign-done-revive = 已签单，合作伙伴“{ $partner }”重新有效。
sign-done-new = 已签单，新建了合作伙伴“{ $partner }”。
