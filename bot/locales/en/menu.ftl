# The menu, joining, help
my-customers = My customers
team-customers = Team customers
public-pool = Public pool
todo = To-do
language = Language

menu-title = <b>{ $name }</b> · { $role }
    What would you like to see? Or send a text to search.
welcome = Welcome, { $name }!
stranger = Hello. This is a company's internal customer bot. Please ask your administrator for an invitation link.
private-only = Please talk to me in our private chat.
account-moved = Your account now belongs to another Telegram account and no longer works here. If that was not you, tell your administrator at once.
broken = Sorry, that did not work, and nothing was changed. Please try again later; if it fails again, give your administrator the number { NUMBER($number, useGrouping: 0) }.
unknown-command = There is no command /{ $command }. Try /menu or /help.
cancelled = Cancelled.
nothing-to-cancel = There is nothing to cancel.

language-choose = Choose a language
language-set = The language is now English.

help-title = <b>Gonghai</b> — customers, in a chat
help-search = Just send a text to search customers, for example: Haihang

command-start = Start
command-menu = Menu
command-my = My customers
command-team = Team customers
command-pool = Public pool
command-todo = To-do
command-find = Search customers
command-lang = Change language
command-help = Help
command-cancel = Cancel what you are doing
recycle-bin = Recycle bin
command-bin = Recycle bin
confirm = Confirm
