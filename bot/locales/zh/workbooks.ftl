# 导出 Excel
act-export = 导出 Excel
command-export = 导出 Excel
export-what = <b>导出 Excel</b>：哪个列表？
templates = 导入模板
query = 查询
workbook-head = 📤 <b>导出 Excel</b>：{ $what }
templates-head = 📄 <b>导入模板</b>
templates-done = 完成，文件在下面。
workbook-phase-waiting = 排队中…
workbook-phase-writing = 正在导出…
workbook-phase-sending = 正在发送…
workbook-counted = { $done } / { $total }
workbook-done = 完成，共 { $count } 条，文件在下一条消息。
workbook-caption = { $what }，共 { $count } 条
workbook-broke = 抱歉，没有成功。请稍后再试；如仍不行，请把编号 { NUMBER($number, useGrouping: 0) } 告诉系统管理员。
exported-notice = 📤 { $by } 导出了 { $count } 条：{ $what }
by-command-line = 命令行
