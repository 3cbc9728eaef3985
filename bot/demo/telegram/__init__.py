"""A local imitation of the Telegram Bot API, as strict as the real server (docs/local-telegram.md)."""
