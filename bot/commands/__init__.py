"""The command line, one file a noun (SPEC 8)."""
