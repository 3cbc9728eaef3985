"""Workbooks in and out (SPEC 7): the only rooms that know what a spreadsheet is."""
