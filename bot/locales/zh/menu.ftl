# 主菜单、加入、帮助
my-customers = 我的客户
team-customers = 本组客户
public-pool = 客户公海
todo = 待办事项
language = 语言

menu-title = <b>{ $name }</b> · { $role }
    请选择，或直接发送文字查询客户。
welcome = 欢迎加入，{ $name }！
stranger = 您好，这是公司内部的客户管理机器人。请向系统管理员索取邀请链接后再使用。
private-only = 请在与我的私聊中使用。
account-moved = 您的账号已绑定到另一个 Telegram，这里不再可用。如非本人操作，请立即联系系统管理员。
broken = 抱歉，这一步没有成功，数据没有改变。请稍后再试；如仍不行，请把编号 { NUMBER($number, useGrouping: 0) } 告诉系统管理员。
unknown-command = 没有 /{ $command } 这个命令。请用 /menu 或 /help。
cancelled = 已取消。
nothing-to-cancel = 没有需要取消的操作。

language-choose = 请选择语言
language-set = 语言已设为中文。

help-title = <b>公海</b> — 在聊天里管理客户
help-search = 直接发送文字即可查询客户，例如：海航

command-start = 开始使用
command-menu = 主菜单
command-my = 我的客户
command-team = 本组客户
command-pool = 客户公海
command-todo = 待办事项
command-find = 查询客户
command-lang = 切换语言
command-help = 帮助
command-cancel = 取消当前操作
recycle-bin = 客户回收站
command-bin = 客户回收站
confirm = 确认
