"""The chat side of Gonghai: everything that knows Telegram."""

import os

# Read by python-telegram-bot whenever a duration is asked for; without it durations are numbers, and warn.
os.environ.setdefault("PTB_TIMEDELTA", "true")
