"""The chat side of Gonghai: everything that knows Telegram."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")
