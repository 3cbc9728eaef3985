"""The doors of the HTTP side."""
