# 用户管理
command-users = 用户管理
users = 用户管理
users-list = <b>用户管理</b>
users-found = <b>用户管理</b>：{ $text }
users-total = 共 { $count } 人
users-nobody = 没有符合条件的人。
users-search = 查询
users-add = 新增用户
users-all = 全部
users-ask = 请发送姓名、登录名、公司、部门或角色，多个词用空格分开。
users-line = { $name }：{ $value }
users-account = Telegram
users-joined = 已加入
users-not-joined = 未加入
users-away = 请假
users-gone = 已停用
users-customers = 客户 { $count } 个
users-members = 组员 { $count } 人
users-invite = 邀请
users-invited = 邀请链接在下一条消息里，请转发给 { $name }。
users-leave = 停用
users-return = 恢复启用
invitation = 您好，{ $name }！请点下面的链接加入公海客户管理（{ $days } 天内有效，只能使用一次）：

profile-login = 登录名
profile-name = 姓名
profile-role = 角色
profile-superior = 上级主管
profile-company = 所属公司
profile-department = 所属部门
profile-direct-assign = 直接分配
profile-language = 语言
profile-yes = 是
profile-no = 否
profile-none = 无
profile-now = 现在：{ $value }
profile-choose = 请选择：
profile-type = 请直接发送新的内容。
profile-both = 请选择，或直接发送新的名称。
profile-changed = { $field }：{ $old } → { $new }
profile-same = { $field }没有变化。

leave-title = 🚫 停用 <b>{ $name }</b>
leave-customers = 客户 { $count } 个
leave-members = 组员 { $count } 人
leave-to-review = 待其审核的申请 { $count } 个
leave-asked = 其提出的申请 { $count } 个，将取消
leave-lead = 停用后立即无法使用。组长的客户、组员和待审核的申请要一并交给接任的组长。
leave-whither = 停用后立即无法使用。名下客户如何处理？
leave-nothing = 停用后立即无法使用。
leave-successor = 选择接任者
leave-hand-over = 交给同事
leave-release = 全部释放到公海
leave-to-whom = 交给谁？
leave-sure-release = 确认停用，并把 { $count } 个客户全部释放到公海？
leave-sure-hand-over = 确认停用，并全部交给 <b>{ $heir }</b>？
leave-done = { $heir ->
    [none] 已停用 { $name }，{ $count } 个客户进入公海。
   *[other] 已停用 { $name }，{ $count } 个客户交给 { $heir }。
}
return-done = 已恢复启用 { $name }。请发送新的邀请链接，加入后即可使用。
return-no-superior = 原上级主管 { $superior } 已不带团队，请重新选择。

hire-title = ➕ <b>新增用户</b>
hire-login = 请发送<b>登录名</b>（工号或拼音，不能重复）。
hire-name = 请发送<b>姓名</b>。
hire-role = 请选择<b>角色</b>：
hire-superior = 请选择<b>上级主管</b>：
hire-review = 确认添加？
hire-done = 已添加 { $name }。点“邀请”获取加入链接。

away = 请假/代理
away-now = 请假中
away-title = <b>请假/代理</b> · { $name }
away-until = 请假到 { $day }（含当天），由 { $stand_in } 代理。
away-what = 请假期间，审核和提醒转给代理人。
away-when = 请假到哪一天？请选择，或直接发送日期（{ $days } 天以内），例如 11-20。
away-today = 今天
away-tomorrow = 明天
away-week = 一周
away-who = <b>{ $name }</b> 请假到 <b>{ $day }</b>，由谁代理？
away-end = 结束请假
away-over = 请假已结束。
away-stand-in = { $name } 请假到 { $day }（含当天），期间由您代理：其审核和提醒会发给您。
