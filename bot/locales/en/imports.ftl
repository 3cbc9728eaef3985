# Imports from Excel
import-new = new: { $count }
import-done = imported: { $count }
import-duplicate = duplicates: { $count }
import-in-bin = in the recycle bin: { $count }
import-restored = restored: { $count }
import-refused = refused: { $count }
import-details = refused on other sheets: { $count }
import-nothing = There is nothing to import.
import-row = row { $row }: { $reason }
import-more = the others are in the report
import-dry-run = A dry run: nothing was written.
import-report = Report: { $file }
import-how-to-invite = Nobody was invited: use `gonghai users invite LOGIN`, or Invite in /users.
import-in-bin-how = Customers in the recycle bin can be restored in /bin.
import-in-bin-restore = Customers in the recycle bin come back when the import is given --restore.
phrase-outcome = Outcome
phrase-reason = Reason
phrase-fate-new = new
phrase-fate-done = imported
phrase-fate-duplicate = duplicate
phrase-fate-in-bin = in the recycle bin
phrase-fate-refused = refused
phrase-fate-restored = restored
workbook-phase-reading = Reading…
workbook-phase-looking = Checking…
workbook-phase-keeping = Importing…
workbook-phase-fetching = Fetching the file…
command-import = Import from Excel
import-head = 📥 <b>Import from Excel</b>: { $file }
import-how = <b>Import from Excel</b>: send an .xlsx file (up to 20 MB). The headings tell whether it holds customers, users, partners or orders. It is checked first, and written after you confirm.
import-what-kind = This file holds several kinds of sheets. Which one is to be imported?
import-get-report = ⬇️ Get the report
import-report-of = Import report: { $file }
import-kept-before = { $count ->
    [one] { $count } row had been imported before; send the same file again to go on from there.
   *[other] { $count } rows had been imported before; send the same file again to go on from there.
}
import-report-sent = The report is the next message.
import-restore = ♻️ Import and restore { $count }
import-summary = { $kind }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
