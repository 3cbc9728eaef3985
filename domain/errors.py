"""One tree of refusals. An error carries data; the words for it live in the locales, under the name of its class."""

from dataclasses import dataclass
from datetime import date, datetime


class GonghaiError(Exception):
    """Something the domain refuses. Subclasses are dataclasses whose fields the wording may use."""

    @classmethod
    def named(cls, name: str) -> "type[GonghaiError]":
        """The refusal of this name, which was written down."""
        return next(each for each in cls.__subclasses__() if each.__name__ == name)


@dataclass(eq=False)
class NotFoundError(GonghaiError):
    """There is no such thing, or the actor may not know of it: the two look the same."""


@dataclass(eq=False)
class NotAllowedError(GonghaiError):
    """The actor's role or place does not include this act (SPEC 4)."""

    act: str


@dataclass(eq=False)
class StaleError(GonghaiError):
    """A button or a dialogue that belongs to something gone."""


@dataclass(eq=False)
class NothingSelectedError(GonghaiError):
    """A batch without a single customer."""


@dataclass(eq=False)
class BatchTooLargeError(GonghaiError):
    """More customers than one batch may hold."""

    limit: int
    count: int


@dataclass(eq=False)
class InvalidFieldError(GonghaiError):
    """A field of a record with a value that cannot be kept; `problem` is a word of the locales."""

    field: str
    problem: str


@dataclass(eq=False)
class CustomerTakenError(GonghaiError):
    """Somebody owns the customer: who, and since when (UTC)."""

    owner: str
    since: datetime


@dataclass(eq=False)
class AlreadyYoursError(GonghaiError):
    """The customer is the actor's already, or the assignee's."""

    owner: str


@dataclass(eq=False)
class AlreadyInPoolError(GonghaiError):
    """The customer has no owner: there is nothing to release or to reassign."""

    since: datetime


@dataclass(eq=False)
class AlreadyWaitingError(GonghaiError):
    """A claim of this customer waits for approval: whose, and since when (UTC)."""

    requester: str
    since: datetime


@dataclass(eq=False)
class AlreadyDecidedError(GonghaiError):
    """The request was decided before; `status` says how, `decider` by whom, `at` when (UTC)."""

    status: str
    decider: str
    at: datetime


@dataclass(eq=False)
class DailyLimitError(GonghaiError):
    """The actor has claimed as many customers today as a day allows; tomorrow he may again."""

    limit: int
    count: int


@dataclass(eq=False)
class HeldLimitError(GonghaiError):
    """The person holds as many customers not yet signed as one may; claims that wait keep a place. `person` None: the actor."""

    person: str | None
    limit: int
    count: int


@dataclass(eq=False)
class CoolingDownError(GonghaiError):
    """The customer was the person's own, and so many of the days before he may claim it again have passed.

    `person` None: the actor; `opens` is the day on which he may.
    """

    person: str | None
    days: int
    passed: int
    opens: date


@dataclass(eq=False)
class OldTeamFirstError(GonghaiError):
    """In its first days in the pool only the team that had the customer may take it; `lead` names the team."""

    lead: str
    days: int
    passed: int
    opens: date


@dataclass(eq=False)
class DuplicateCustomerError(GonghaiError):
    """A live customer has this name or credit code. `owner` is None when it lies in the pool."""

    field: str
    customer_id: int
    name: str
    owner: str | None


@dataclass(eq=False)
class HasOrdersError(GonghaiError):
    """The customer's partner is used by business: it has this many orders."""

    count: int


@dataclass(eq=False)
class PartnerTakenError(GonghaiError):
    """The partner is linked with another live customer; `owner` is None when that lies in the pool."""

    partner: str
    customer: str
    owner: str | None


@dataclass(eq=False)
class PartnerVoidError(GonghaiError):
    """Nothing may be traded with a void partner until a customer is signed to it again."""

    partner: str


@dataclass(eq=False)
class NoSuchPartnerError(GonghaiError):
    """No partner has this name or credit code."""

    who: str


@dataclass(eq=False)
class AlreadySignedError(GonghaiError):
    """The customer cooperates already."""

    name: str


@dataclass(eq=False)
class OrderKnownError(GonghaiError):
    """An order number is unique."""

    number: str
    partner: str


@dataclass(eq=False)
class ChangedSinceError(GonghaiError):
    """Somebody changed the customer since: what was done cannot be taken back."""


@dataclass(eq=False)
class UndoExpiredError(GonghaiError):
    """The minutes in which an act can be taken back have passed, or it was taken back already."""

    minutes: int


@dataclass(eq=False)
class NoSuchPersonError(GonghaiError):
    """The login or id names nobody active that the actor may choose."""

    who: str


@dataclass(eq=False)
class NotInYourTeamsError(GonghaiError):
    """The person is not a member of the teams that the actor leads."""

    name: str


@dataclass(eq=False)
class LoginTakenError(GonghaiError):
    """A staff login is unique."""

    login: str


@dataclass(eq=False)
class SuperiorCycleError(GonghaiError):
    """The superior would stand below the person himself (SPEC 2)."""

    name: str
    superior: str


@dataclass(eq=False)
class NotALeadError(GonghaiError):
    """A team has a lead: nobody answers to a salesperson or an admin."""

    name: str


@dataclass(eq=False)
class HasMembersError(GonghaiError):
    """Whoever has members stays a lead: a team without one would be an orphan (SPEC 2)."""

    name: str
    count: int


@dataclass(eq=False)
class SuccessorNeededError(GonghaiError):
    """A lead leaves only after somebody else has the team (SPEC 2)."""

    name: str


@dataclass(eq=False)
class LastAdminError(GonghaiError):
    """An organisation keeps one active admin at least."""

    name: str


@dataclass(eq=False)
class InvitationUnknownError(GonghaiError):
    """No invitation has this code."""


@dataclass(eq=False)
class InvitationUsedError(GonghaiError):
    """An invitation admits once."""

    used_at: datetime


@dataclass(eq=False)
class InvitationExpiredError(GonghaiError):
    """The invitation's days have passed."""

    expired_at: datetime


@dataclass(eq=False)
class TooManyGuessesError(GonghaiError):
    """Too many wrong codes from one Telegram account; `again_at` is UTC."""

    again_at: datetime


@dataclass(eq=False)
class AccountTakenError(GonghaiError):
    """The Telegram account belongs to another person of the organisation."""

    name: str


@dataclass(eq=False)
class RuleRefusedError(GonghaiError):
    """A value that a rule may not have; `accepts` says of what kind those are, whole numbers from `low` to `high`."""

    accepts: str
    low: int
    high: int


@dataclass(eq=False)
class RuleChangedSinceError(GonghaiError):
    """Another admin changed the rule while this one was being asked; None: it is the file's again."""

    by: str | None


@dataclass(eq=False)
class BackupExistsError(GonghaiError):
    """A file of that name is there, and nothing is ever written over."""

    file: str


@dataclass(eq=False)
class NoBackupError(GonghaiError):
    """There is no such file, or it is no backup that this version can read."""

    file: str


@dataclass(eq=False)
class BackupBrokenError(GonghaiError):
    """The backup is damaged: what was found."""

    file: str
    why: str


@dataclass(eq=False)
class DatabaseNotEmptyError(GonghaiError):
    """A backup goes into an empty database only."""


@dataclass(eq=False)
class DatabaseInUseError(GonghaiError):
    """A bot is running on the database."""


@dataclass(eq=False)
class WorkbookUnderWayError(GonghaiError):
    """The person's last export or import is not finished yet: one at a time."""


@dataclass(eq=False)
class NothingToExportError(GonghaiError):
    """The filter finds nothing, or what was selected has gone elsewhere."""


@dataclass(eq=False)
class FileTooBigError(GonghaiError):
    """A workbook that Telegram would not take: its size and the most that may be sent, in megabytes."""

    megabytes: int
    limit: int
