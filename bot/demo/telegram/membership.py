"""Who somebody is in a group."""

from dataclasses import dataclass

from bot.demo.telegram.parameters import Json

STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")
_OUTSIDE = frozenset({"left", "kicked"})
_LEADING = frozenset({"creator", "administrator"})
_POWERS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
_WRITING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
)
_KEEPING = ("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics")
_USUAL = frozenset(_POWERS) - {"can_promote_members", "can_post_stories", "can_edit_stories", "can_delete_stories"}


@dataclass(frozen=True)
class Member:
    """A user's status; `rights` are an administrator's, or what a restricted one may still do."""

    user: Json
    status: str = "member"
    rights: frozenset[str] = frozenset()

    @classmethod
    def turned(cls, user: Json, status: str, rights: list[str] | None) -> "Member":
        """A user with a new status; an administrator for whom no rights are named has the usual ones."""
        named = frozenset(rights) if rights is not None else _USUAL if status == "administrator" else frozenset[str]()
        return cls(user, status, named)

    @property
    def inside(self) -> bool:
        """Whether the user is in the group now."""
        return self.status not in _OUTSIDE

    @property
    def leads(self) -> bool:
        """Whether the user is an administrator of any kind."""
        return self.status in _LEADING

    def may(self, right: str) -> bool:
        """Whether an administrator or a restricted member has a right by name."""
        return self.status == "creator" or right in self.rights

    def card(self) -> Json:
        """The ChatMember object."""
        head: Json = {"user": self.user, "status": self.status}
        if self.status == "creator":
            return head | {"is_anonymous": False}
        if self.status == "administrator":
            return head | {"can_be_edited": False, "is_anonymous": False} | self._named(_POWERS)
        if self.status == "restricted":
            return head | {"is_member": True, "until_date": 0} | self._named((*_WRITING, *_KEEPING))
        return head | ({"until_date": 0} if self.status == "kicked" else {})

    def _named(self, rights: tuple[str, ...]) -> Json:
        return {right: right in self.rights for right in rights}


def permissions(*, silent: bool) -> Json:
    """The ChatPermissions of a group's plain members."""
    return dict.fromkeys(_WRITING, not silent) | dict.fromkeys(_KEEPING, False) | {"can_invite_users": True}
