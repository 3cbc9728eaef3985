# 登记订单
act-record-order = 登记订单
order-head = 📦 <b>登记订单</b>：{ $partner }
order-number = 订单号：{ $value }
order-kind = 业务：{ $value }
order-day = 日期：{ $value }
order-ask-number = 请发送订单号。
order-ask-kind = 什么业务？点选，或直接发送。
order-ask-day = 哪天下的单？点选，或发送日期，如 11-20。
order-check = 请核对：
order-today = 今天
order-yesterday = 昨天
order-saved = 已登记订单 { $number }。
order-woken = 已登记订单 { $number }，客户由沉睡转为合作阶段。
order-added = 已为“{ $partner }”登记订单 { $number }。
