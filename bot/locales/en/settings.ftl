# Settings: the rules, what they are about, what they say
settings = Settings
command-settings = Settings
setting-choose = Choose a rule to see or to change.
setting-mark = { $mark }: differs from the settings file
setting-line = { $rule }: { $value }
setting-now = In force: <b>{ $value }</b>
setting-file = Settings file: { $value }
setting-changed-by = Last changed by { $by }, { $when }
setting-reset = Back to default ({ $value })
setting-history = Changes
setting-history-none = No changes yet.
setting-same = { $rule }: it is so already.
setting-moved = { $count ->
    [one] The deadline of { $count } customer moved along.
   *[other] The deadlines of { $count } customers moved along.
}
setting-notice = { $by } changed a rule
setting-effect-past = { $count ->
    [0] No customer would be past due by it.
    [one] <b>{ $count }</b> customer would be past due.
   *[other] <b>{ $count }</b> customers would be past due, of { $owners ->
        [one] { $owners } owner
       *[other] { $owners } owners
    }.
}
setting-effect-soon = { $count ->
    [0] No more would be due within 7 days.
    [one] <b>{ $count }</b> more would be due within 7 days.
   *[other] <b>{ $count }</b> more would be due within 7 days.
}
setting-effect-warned = Saving releases nobody: each owner is warned first, and the daily sweep takes only what is still past due a day later.
setting-type-whole = { NUMBER($low, useGrouping: 0) } to { NUMBER($high, useGrouping: 0) }. Tap, or type a number.
setting-type-limit = { NUMBER($low, useGrouping: 0) } to { NUMBER($high, useGrouping: 0) }, 0 is off. Tap, or type a number.
setting-type-level = { NUMBER($low, useGrouping: 0) } to { NUMBER($high, useGrouping: 0) }, 0 is the same as the common rule. Tap, or type a number.
setting-type-switch = Tap one.
setting-type-digest-time = Tap, or type a time such as 8:30.
setting-type-quiet-hours = Tap, or type hours such as 21:00-8:00.
setting-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
setting-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
setting-count = { NUMBER($count, useGrouping: 0) }
setting-off = off
setting-unlimited = no limit
setting-as-others = same
setting-yes = yes
setting-no = no

rules-deadlines = Deadlines
rules-claims = Claim limits
rules-pool = Public pool
rules-messages = Messages
rules-other = Other

rule-signing-days = Signing
rule-signing-days-by-level = Signing { $level }
rule-dormancy-days = Dormancy
rule-dormancy-days-by-level = Dormancy { $level }
rule-first-followup-days = First follow-up
rule-followup-days = Between follow-ups
rule-dormant-releases = Dormant go to the pool
rule-claims-per-day = Claims a day
rule-held-limit = Held at most
rule-reclaim-cooldown-days = Before claiming again
rule-old-team-days = Old team first
rule-mask-pool-contacts = Hide contacts
rule-pool-views-per-day = Contacts opened a day
rule-digest-time = Digest
rule-quiet-hours = Quiet hours
rule-undo-minutes = Undo within
rule-invitation-days = Invitations good for
rule-batch-limit = Batch at most

about-signing-days = Days that an owner has to sign a customer.
about-signing-days-by-level = Days to sign a customer of level { $level }, instead of the common ones.
about-dormancy-days = Days without an order after which a cooperating customer falls dormant.
about-dormancy-days-by-level = Days without an order for level { $level }, instead of the common ones.
about-first-followup-days = Days from a claim to the first follow-up.
about-followup-days = Days from the last follow-up (or becoming owner) to the next.
about-dormant-releases = Whether customers that fall dormant go to the pool.
about-claims-per-day = Customers that one person may claim on a day.
about-held-limit = Non-cooperating customers that one person may hold.
about-reclaim-cooldown-days = Days before a former owner may claim a customer again.
about-old-team-days = Days in the pool in which only the old team may claim.
about-mask-pool-contacts = Whether phone, e-mail, WeChat and address are hidden in the pool.
about-pool-views-per-day = Contacts of pool customers that one person may open on a day.
about-digest-time = When the daily digest goes out.
about-quiet-hours = Hours in which only urgent messages are sent.
about-undo-minutes = How long a confirmed act can be undone.
about-invitation-days = Days for which an invitation link is good.
about-batch-limit = Customers in one batch.
