# Export to Excel
act-export = Export to Excel
command-export = Export to Excel
export-what = <b>Export to Excel</b>: which list?
templates = Import templates
query = Search
workbook-head = 📤 <b>Export to Excel</b>: { $what }
templates-head = 📄 <b>Import templates</b>
templates-done = Done: the files are below.
workbook-phase-waiting = Waiting its turn…
workbook-phase-writing = Exporting…
workbook-phase-sending = Sending…
workbook-counted = { $done } / { $total }
workbook-done = { $count ->
    [one] Done: one row. The file is in the next message.
   *[other] Done: { $count } rows. The file is in the next message.
}
workbook-caption = { $count ->
    [one] { $what }, one row
   *[other] { $what }, { $count } rows
}
workbook-broke = Sorry, this did not work. Please try again later; if it still fails, tell your administrator the number { NUMBER($number, useGrouping: 0) }.
exported-notice = 📤 { $by } exported { $count ->
    [one] one row
   *[other] { $count } rows
}: { $what }
by-command-line = The command line
