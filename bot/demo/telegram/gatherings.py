"""The groups there are, and what happens to them: people come and go, a group grows into a supergroup, one is deleted."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.groups import Group
from bot.demo.telegram.membership import STATUSES, Member
from bot.demo.telegram.privacy import reaches

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json

SERVICE = frozenset({"new_chat_members", "left_chat_member", "new_chat_title", "migrate_to_chat_id", "migrate_from_chat_id"})
_FIRST_GROUP = -4_000_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001


class Groups:
    """Every group; in privacy mode the bot hears only what is meant for it."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.privacy = True
        self.all: dict[int, Group] = {}
        self._ids = {False: itertools.count(_FIRST_GROUP, -1), True: itertools.count(_FIRST_SUPERGROUP, -1)}

    def group(self, group_id: int) -> Group:
        """A group by its id; PhoneError 404 for none."""
        group = self.all.get(group_id)
        if group is None:
            raise PhoneError(f"there is no group {group_id}", 404)
        return group

    def of(self, user_id: int) -> list[Group]:
        """The groups that somebody is in."""
        return [group for group in self.all.values() if user_id in group.audience]

    def make(
        self,
        title: str,
        members: list[int],
        *,
        group_id: int | None = None,
        supergroup: bool = False,
        bot: str = "member",
    ) -> Group:
        """A group whose first member is its owner; the bot is added with the status `bot`, "left" leaves it out."""
        persons = [self.telegram.people.chat(user_id).person for user_id in members]
        if not persons:
            raise PhoneError("a group has at least one member")
        group = Group(group_id or next(self._ids[supergroup]), title, Member(self.telegram.bot, "left"))
        self._check_id(group, supergroup=supergroup)
        for person in persons:
            group.put(Member(person, "member" if group.people else "creator"))
        self.all[group.id] = group
        self.turn(group, self.telegram.bot["id"], bot)
        return group

    def turn(self, group: Group, user_id: int, status: str, *, rights: list[str] | None = None, by: int | None = None) -> Member:
        """Give somebody a new status: added, promoted, restricted, gone, thrown out; `by` is the owner unless named."""
        if status not in STATUSES or (status == "restricted" and not group.supergroup):
            raise PhoneError(f"nobody can be {status!r} in a {group.kind}")
        before = group.member(user_id) or Member(self.telegram.people.chat(user_id).person, "left")
        after = Member.turned(before.user, status, rights)
        if after == before:
            return after
        heard = group.bot.leads
        group.put(after)
        actor = self._actor(group, by)
        self._tell_change(group, actor, before, after, heard=heard)
        if after.inside is not before.inside:
            changed = {"new_chat_members": [after.user]} if after.inside else {"left_chat_member": after.user}
            self._announce(group, actor, changed)
        self.telegram.announce_commands(group)
        return after

    def upgrade(self, group: Group) -> Group:
        """Make a supergroup of a group: new id, new message ids, service messages in both."""
        if group.supergroup or not group.open:
            raise PhoneError("only a group that is open can be upgraded")
        new = Group(next(self._ids[True]), group.title, group.bot, dict(group.people), silent=group.silent)
        self.all[new.id] = new
        owner = self._actor(group, None)
        self._announce(group, owner, {"migrate_to_chat_id": new.id})
        group.upgraded_to = new.id
        self._announce(new, owner, {"migrate_from_chat_id": group.id})
        return new

    def rename(self, group: Group, title: str) -> None:
        """Give the group a new title; older messages keep the old one."""
        group.title = title
        group.card = group.card | {"title": title}
        self._announce(group, self._actor(group, None), {"new_chat_title": title})

    def hear(self, group: Group, kind: str, message: Json) -> None:
        """Tell the bot of a message, if it may see it."""
        if reaches(group, message, privacy=self.privacy):
            self.telegram.updates.publish(kind, message, ("chat", group.id))

    def _announce(self, group: Group, actor: Json, content: Json) -> None:
        """A service message, which a bot that is in sees always."""
        telegram = self.telegram
        message = telegram.compose(group, actor, content)
        telegram.deliver(group, message)
        if group.bot.inside:
            telegram.updates.publish("message", message, ("chat", group.id))

    def _tell_change(self, group: Group, actor: Json, before: Member, after: Member, *, heard: bool) -> None:
        telegram = self.telegram
        mine = after.user["id"] == telegram.bot["id"]
        if not mine and not heard:
            return
        change = {
            "chat": group.card,
            "from": actor,
            "date": telegram.clock.stamp(),
            "old_chat_member": before.card(),
            "new_chat_member": after.card(),
        }
        telegram.updates.publish("my_chat_member" if mine else "chat_member", change, ("chat", group.id))

    def _actor(self, group: Group, by: int | None) -> Json:
        """Who did it: somebody named, else the owner."""
        owner = next(iter(group.people.values())).user
        known = None if by is None else group.member(by)
        return known.user if known else owner

    def _check_id(self, group: Group, *, supergroup: bool) -> None:
        if group.id >= 0 or group.supergroup is not supergroup or group.id in self.all:
            raise PhoneError("a group has a negative id of its own, a supergroup one that begins with -100")


def renamed(group: Group, person: Json) -> None:
    """Let a person who has a new name bear it in the group as well."""
    member = group.people.get(int(person["id"]))
    if member:
        group.put(replace(member, user=person))
