"""The chat side of Gonghai: everything that knows Telegram."""
