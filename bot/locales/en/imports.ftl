# Imports from Excel
import-summary = { $file }: { $kind }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
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
import-reading = Reading
import-looking = Checking
import-keeping = Importing
import-how-to-invite = Nobody was invited: use `gonghai users invite LOGIN`, or Invite in /users.
import-in-bin-how = Customers in the recycle bin can be restored in /bin.
report-outcome = Outcome
report-reason = Reason
fate-new = new
fate-done = imported
fate-duplicate = duplicate
fate-in-bin = in the recycle bin
fate-refused = refused
fate-restored = restored
