# The command line
database-unusable = cannot be opened: { $why }
database-old = The database is not at this version's schema: run `gonghai init` first.
database-in-use = Another bot is running on { $file }: SQLite takes one. For several, use PostgreSQL.
token-refused = telegram.token: Telegram does not know this token.
schema-current = The database is at the newest version.
sample-filled = Sample people and customers are in.
sample-needs-empty = The database holds people already; sample data goes into an empty one.
bot-name-unknown = Telegram could not be asked for the bot's name: put it in the place of { $placeholder }.
invitation-for-days = One use, within { $days ->
    [one] { $days } day
   *[other] { $days } days
}:
user-added = Added { $login }.
user-deactivated = Deactivated { $login }; customers moved: { $count }.
check-config = config: read, nothing unknown or wrong
check-database = database: reachable, schema current
check-token = token: { $bot }
check-no-token = telegram.token: missing
check-unreachable = token: Telegram cannot be reached: { $why }
check-clock = clock: { $now }
check-lag = lag: { $inbox } updates and { $outbox } messages wait; { $failed } were given up
demo-open = The demo is open at { $url } — end it with Ctrl+C.
demo-no-port = Port { $port } cannot be used: { $why }. Choose another with --port.
check-rule = rule { $rule }: { $now } in force (changed in the chat), { $file } in the file
check-rule-ignored = rule { $rule }: changed in the chat to what cannot hold, and ignored
backup-made = { $file }: { $rows } rows, { $size } MB, opened and found whole.
backup-not-written = { $file } cannot be written: { $why }
backup-restored = The database holds what { $file } held: { $rows } rows. Start the bot with `gonghai run`.
backup-table = { $table }: { $rows } rows
port-refused = Nothing can listen on { $address }: { $why }
