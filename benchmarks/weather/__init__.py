"""Mixed work in fault weather: two replicas behind one webhook, one PostgreSQL, some dozens of people, and a judge at the end.

Run by hand: `python -m benchmarks.weather --minutes 30`. People work at an even pace on the local Telegram while floods, server
errors, resets, lost replies, cut connections, restarts of the database and kill -9 come and go from a fixed seed. In the end
every act must stand in the database exactly once, and every message in its chat.
"""
