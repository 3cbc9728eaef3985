"""The demo: a local Telegram, two phones, and sample data."""
