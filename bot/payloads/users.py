"""Buttons of 用户管理. `view` is the list of people to go back to."""

from dataclasses import dataclass

from bot.callbacks import Payload
from domain.permissions import Role
from domain.profiles import ProfileField


@dataclass(frozen=True)
class OpenUsers(Payload, code="us"):
    """The whole staff, from the top."""


@dataclass(frozen=True)
class TurnUsers(Payload, code="usp"):
    """A page of the people (0 is the first)."""

    view: int
    page: int


@dataclass(frozen=True)
class SearchUsers(Payload, code="usq"):
    """Ask for the words to look for."""

    view: int


@dataclass(frozen=True)
class ShowUser(Payload, code="usc"):
    """A person's card."""

    user: int
    view: int | None


@dataclass(frozen=True)
class AskProfile(Payload, code="usf"):
    """Change this of a person; what there is to choose from has pages."""

    user: int
    field: ProfileField
    page: int
    view: int | None


@dataclass(frozen=True)
class SetProfile(Payload, code="uss"):
    """The new value: an id (0: none), a code, or 0 and 1 for no and yes."""

    user: int
    field: ProfileField
    value: str
    view: int | None


@dataclass(frozen=True)
class InviteUser(Payload, code="usi"):
    """Make a link by which the person joins."""

    user: int
    view: int | None


@dataclass(frozen=True)
class LeaveUser(Payload, code="ul"):
    """Begin to close somebody's access."""

    user: int
    view: int | None


@dataclass(frozen=True)
class ListSuccessors(Payload, code="ulp"):
    """Choose who takes over."""

    user: int
    page: int
    view: int | None


@dataclass(frozen=True)
class ChooseSuccessor(Payload, code="ulw"):
    """Who takes over; 0: nobody, all into the pool."""

    user: int
    successor: int
    view: int | None


@dataclass(frozen=True)
class ConfirmLeave(Payload, code="uly"):
    """Close the access."""

    user: int
    successor: int
    view: int | None


@dataclass(frozen=True)
class ReturnUser(Payload, code="ur"):
    """Let somebody back who had left."""

    user: int
    view: int | None


@dataclass(frozen=True)
class StartHire(Payload, code="uh"):
    """Somebody new."""


@dataclass(frozen=True)
class AskHire(Payload, code="uha"):
    """A question about somebody new, by its place; what there is to choose from has pages."""

    view: int
    step: int
    page: int


@dataclass(frozen=True)
class ChooseHireRole(Payload, code="uhr"):
    """The role of somebody new."""

    view: int
    role: Role


@dataclass(frozen=True)
class ChooseHireSuperior(Payload, code="uhw"):
    """To whom somebody new answers; 0: nobody."""

    view: int
    user: int


@dataclass(frozen=True)
class SaveHire(Payload, code="uhs"):
    """Add somebody new."""

    view: int
