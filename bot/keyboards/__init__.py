"""Buttons under screens: pure functions that ask the permission map what to offer."""
