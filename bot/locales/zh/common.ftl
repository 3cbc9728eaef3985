# 各处共用的词
language-name = 中文
menu = 主菜单
back = 返回
cancel = 取消
view = 查看
list-separator = 、
and-more = ，另有 { $count } 个
myself = { $name }（我）
by-system = 系统

role-sales = 销售
role-lead = 销售组长
role-admin = 系统管理员

stage-potential = 潜在阶段
stage-interested = 意向阶段
stage-quoting = 报价阶段
stage-cooperating = 合作阶段
stage-dormant = 沉睡阶段

status-waiting = 待审核
status-approved = 已同意
status-rejected = 已拒绝
status-cancelled = 已取消

reason-no-need = 无需求
reason-price = 价格
reason-competitor = 输给同行
reason-unreachable = 联系不上
reason-wrong-data = 资料有误
reason-other = 其他
reason-left = 原负责人离职
reason-overdue = 逾期未签单
reason-dormant = 进入沉睡
reason-none = 未填原因

lost-released = 释放
lost-reassigned = 转交
lost-handed-over = 交接
lost-deleted = 删除
lost-swept = 到期收回
lost-undone = 撤销

service-fcl = 整箱
service-lcl = 拼箱
service-air = 空运
service-rail = 铁路
service-road = 公路
service-customs = 报关
service-warehousing = 仓储

act-claim = 分配给我
act-pool-assign = 分配
act-assign = 分配
act-direct-assign = 直接分配
act-release = 释放

due-left = 剩 { $days } 天
due-today = 今天到期
due-past = 已过期 { $days } 天
