# 筛选
filter = 筛选
filter-by = 按什么筛选？
filter-which = 筛选 · <b>{ $field }</b>
filter-none = 不限
filter-clear = 清除筛选
filter-city = 城市
filter-industry = 行业
filter-source = 来源
filter-level = 级别
filter-service = 服务
filter-owner = 负责人
filter-due = 期限
filter-untouched = 未跟进
filter-due-within = { $days ->
    [0] 今天到期或已过期
   *[other] { $days } 天内到期
}
filter-untouched-only = 领取后未跟进
found-elsewhere = 🔒 { $name } · { $owner }
