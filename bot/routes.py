"""Everything a person can send, and the handler that it goes to: the whole conversation on one page."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import callbacks as tap
from bot.handlers import (
    away,
    customers,
    digest,
    editing,
    entry,
    errands,
    filters,
    followups,
    hiring,
    history,
    language,
    leaving,
    lists,
    menu,
    orders,
    partners,
    profiles,
    requests,
    signing,
    users,
)
from bot.payloads import away as away_tap
from bot.payloads import digest as digest_tap
from bot.payloads import editing as edit_tap
from bot.payloads import entry as entry_tap
from bot.payloads import errands as errand_tap
from bot.payloads import filters as filter_tap
from bot.payloads import followups as followup_tap
from bot.payloads import history as history_tap
from bot.payloads import orders as order_tap
from bot.payloads import partners as partner_tap
from bot.payloads import signing as sign_tap
from bot.payloads import users as user_tap
from bot.screens import Screen
from bot.turn import Turn

Handler = Callable[[Turn], Screen]
TapHandler = Callable[[Turn, Any], Screen]

COMMANDS: Mapping[str, Handler] = {
    "start": menu.menu,
    "menu": menu.menu,
    "my": lists.my,
    "team": lists.team,
    "pool": lists.pool,
    "todo": requests.todo,
    "bin": lists.recycle_bin,
    "find": lists.search,
    "new": entry.new,
    "partners": partners.open_,
    "users": users.open_,
    "lang": language.choose,
    "help": menu.help_,
    "cancel": menu.cancel,
}

TAPS: Mapping[type[tap.Payload], TapHandler] = {
    tap.OpenMenu: menu.menu,
    tap.OpenList: lists.open_,
    tap.TurnTo: lists.turn_to,
    tap.ChooseTab: lists.choose_tab,
    tap.SelectMany: lists.select_many,
    tap.Select: lists.select,
    tap.ShowCustomer: customers.show,
    tap.Begin: errands.begin,
    tap.BeginBatch: errands.begin_batch,
    tap.PickPerson: errands.pick_person,
    tap.TurnPeople: errands.turn_people,
    tap.PickReason: errands.pick_reason,
    tap.DropErrand: errands.drop,
    errand_tap.PickDays: errands.pick_days,
    errand_tap.ConfirmErrand: errands.confirm,
    errand_tap.Undo: errands.take_back,
    errand_tap.SelectAll: lists.select_all,
    tap.OpenTodo: requests.todo,
    tap.ShowRequests: requests.show,
    tap.ShowRequested: requests.show_customer,
    tap.Decide: requests.decide,
    tap.DecideAll: requests.decide_all,
    tap.GiveReason: requests.give_reason,
    tap.CancelRequests: requests.cancel,
    entry_tap.StartEntry: entry.start,
    entry_tap.AskField: entry.ask,
    entry_tap.ChooseValue: entry.choose,
    entry_tap.ReviewEntry: entry.review,
    entry_tap.ListFields: entry.list_fields,
    entry_tap.ShowTemplate: entry.template,
    entry_tap.ListOwners: entry.list_owners,
    entry_tap.ChooseOwner: entry.choose_owner,
    entry_tap.SaveEntry: entry.save,
    entry_tap.LeaveEntry: entry.leave,
    edit_tap.ListChanges: editing.list_changes,
    edit_tap.AskChange: editing.ask,
    edit_tap.ChooseChange: editing.choose,
    edit_tap.MarkChange: editing.mark,
    edit_tap.KeepMarks: editing.keep_marks,
    edit_tap.EmptyField: editing.empty,
    followup_tap.LogFollowup: followups.begin,
    followup_tap.LeaveFollowup: followups.leave,
    followup_tap.SetFollowupKind: followups.set_kind,
    followup_tap.SetNextDay: followups.set_next_day,
    followup_tap.ShowFollowup: followups.show,
    followup_tap.OpenAttachment: followups.open_attachment,
    history_tap.ShowTimeline: history.show,
    filter_tap.OpenFilters: filters.fields,
    filter_tap.OpenFilter: filters.values,
    filter_tap.SetFilter: filters.choose,
    filter_tap.ClearFilters: filters.clear,
    filter_tap.BackToList: filters.back,
    sign_tap.AskSigning: signing.ask,
    sign_tap.ChoosePartner: signing.choose,
    sign_tap.ConfirmSigning: signing.confirm,
    partner_tap.OpenPartners: partners.open_,
    partner_tap.TurnPartners: partners.turn_to,
    partner_tap.SearchPartners: partners.search,
    partner_tap.ShowPartner: partners.show,
    user_tap.OpenUsers: users.open_,
    user_tap.TurnUsers: users.turn_to,
    user_tap.SearchUsers: users.search,
    user_tap.ShowUser: users.show,
    user_tap.AskProfile: profiles.ask,
    user_tap.SetProfile: profiles.choose,
    user_tap.InviteUser: users.invite,
    user_tap.LeaveUser: leaving.start,
    user_tap.ListSuccessors: leaving.list_successors,
    user_tap.ChooseSuccessor: leaving.choose_successor,
    user_tap.ConfirmLeave: leaving.confirm,
    user_tap.StartHire: hiring.start,
    user_tap.AskHire: hiring.ask,
    user_tap.ChooseHireRole: hiring.choose_role,
    user_tap.ChooseHireSuperior: hiring.choose_superior,
    user_tap.SaveHire: hiring.save,
    away_tap.OpenAway: away.open_,
    away_tap.ListStandIns: away.list_stand_ins,
    away_tap.ChooseStandIn: away.choose_stand_in,
    away_tap.ComeBack: away.come_back,
    order_tap.OrderOfCustomer: orders.of_customer,
    order_tap.OrderOfPartner: orders.of_partner,
    order_tap.AskOrder: orders.ask,
    order_tap.ChooseOrderKind: orders.choose_kind,
    order_tap.ChooseOrderDay: orders.choose_day,
    order_tap.SaveOrder: orders.save,
    order_tap.LeaveOrder: orders.leave,
    digest_tap.TurnDigest: digest.turn_to,
    digest_tap.DecideInDigest: digest.decide,
    digest_tap.OpenBeside: digest.open_beside,
    digest_tap.ListBeside: digest.list_beside,
    tap.OpenLanguages: language.choose,
    tap.ChooseLanguage: language.chosen,
}

HOMES: Mapping[type[tap.Payload], TapHandler] = {
    tap.TurnTo: lists.home,
    tap.ChooseTab: lists.home,
    tap.SelectMany: lists.home,
    tap.Select: lists.home,
    tap.BeginBatch: lists.home,
    tap.Begin: customers.home,
    sign_tap.AskSigning: signing.home,
    sign_tap.ChoosePartner: signing.home,
    sign_tap.ConfirmSigning: signing.home,
    order_tap.OrderOfCustomer: orders.home_of_customer,
    order_tap.OrderOfPartner: orders.home_of_partner,
    order_tap.AskOrder: orders.home,
    order_tap.ChooseOrderDay: orders.home,
    order_tap.ChooseOrderKind: orders.home,
    order_tap.SaveOrder: orders.home,
    filter_tap.OpenFilter: filters.back,
    filter_tap.SetFilter: filters.back,
    edit_tap.ListChanges: editing.card,
    edit_tap.AskChange: editing.home,
    edit_tap.ChooseChange: editing.home,
    edit_tap.MarkChange: editing.home,
    edit_tap.KeepMarks: editing.home,
    edit_tap.EmptyField: editing.home,
    followup_tap.LogFollowup: followups.card,
    tap.PickPerson: errands.home,
    tap.TurnPeople: errands.home,
    tap.PickReason: errands.home,
    errand_tap.PickDays: errands.home,
    errand_tap.ConfirmErrand: errands.home,
    errand_tap.SelectAll: lists.home,
    tap.Decide: requests.home,
    tap.DecideAll: requests.show,
    tap.GiveReason: requests.show,
    tap.CancelRequests: requests.show,
    tap.ShowRequested: requests.show,
    user_tap.AskProfile: users.home,
    user_tap.SetProfile: users.home,
    user_tap.InviteUser: users.home,
    user_tap.LeaveUser: users.home,
    user_tap.ListSuccessors: users.home,
    user_tap.ChooseSuccessor: users.home,
    user_tap.ConfirmLeave: users.home,
    user_tap.SaveHire: hiring.home,
    away_tap.ChooseStandIn: away.home,
    digest_tap.DecideInDigest: digest.turn_to,
}
"""What stands under the reason when a tap is refused; any other refusal is a message of its own."""

ANSWERS: Mapping[str, Callable[[Turn, dict[str, Any]], Screen]] = {
    errands.RELEASE_NOTE: errands.release_note,
    errands.EXTEND_DAYS: errands.extend_days,
    requests.REJECT_REASON: requests.reject_reason,
    entry.KIND: entry.typed,
    editing.KIND: editing.typed,
    followups.KIND: followups.said,
    followups.MORE: followups.more,
    orders.KIND: orders.typed,
    partners.TEXT: partners.typed,
    users.TEXT: users.typed,
    profiles.KIND: profiles.typed,
    hiring.KIND: hiring.typed,
    away.KIND: away.typed,
}
"""Typed answers, by what was asked."""

ATTACHABLE = frozenset({followups.KIND, followups.MORE})
"""The questions that a photo, a file or a place can answer."""

PASSING = frozenset({editing.KIND, *ATTACHABLE})
"""The questions that any command ends: their answers go straight into a customer's record."""
