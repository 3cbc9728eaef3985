# What the clock does by itself: deadlines, dormancy, reminders
reason-untouched = not followed up in time
event-swept = swept into the pool: { $reason }
event-became-dormant = no order for long: dormant
event-setting-changed = changed a setting
