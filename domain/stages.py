"""The words a record can hold: stages with their allowed moves, request states, and the closed lists of SPEC 3 and 4."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a customer stands (SPEC 1)."""

    POTENTIAL = "potential"
    INTERESTED = "interested"
    QUOTING = "quoting"
    COOPERATING = "cooperating"
    DORMANT = "dormant"


NON_COOPERATING = frozenset({Stage.POTENTIAL, Stage.INTERESTED, Stage.QUOTING})

MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.POTENTIAL: NON_COOPERATING | {Stage.COOPERATING},
    Stage.INTERESTED: NON_COOPERATING | {Stage.COOPERATING},
    Stage.QUOTING: NON_COOPERATING | {Stage.COOPERATING},
    Stage.COOPERATING: frozenset({Stage.DORMANT, Stage.POTENTIAL}),
    Stage.DORMANT: frozenset({Stage.COOPERATING, Stage.POTENTIAL}),
}
"""Allowed moves: freely among the non-cooperating, to cooperating by signing, to potential by deletion."""


class Level(StrEnum):
    """How much a customer matters."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class RequestStatus(StrEnum):
    """A claim request's life: it waits, then is decided once."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class ReleaseReason(StrEnum):
    """Why a customer went into the pool; the next claimer sees it (SPEC 4)."""

    NO_NEED = "no_need"
    PRICE = "price"
    COMPETITOR = "competitor"
    UNREACHABLE = "unreachable"
    WRONG_DATA = "wrong_data"
    OTHER = "other"
    LEFT = "left"
    OVERDUE = "overdue"
    UNTOUCHED = "untouched"
    DORMANT = "dormant"


CHOSEN_REASONS = (
    ReleaseReason.NO_NEED,
    ReleaseReason.PRICE,
    ReleaseReason.COMPETITOR,
    ReleaseReason.UNREACHABLE,
    ReleaseReason.WRONG_DATA,
    ReleaseReason.OTHER,
)
"""The reasons that a person picks; the others are given by the system."""


class Gained(StrEnum):
    """How an ownership began."""

    ENTERED = "entered"
    CLAIMED = "claimed"
    APPROVED = "approved"
    ASSIGNED = "assigned"
    DIRECT = "direct"
    HANDED_OVER = "handed_over"
    RESTORED = "restored"


class Lost(StrEnum):
    """Why an ownership ended."""

    RELEASED = "released"
    REASSIGNED = "reassigned"
    HANDED_OVER = "handed_over"
    DELETED = "deleted"
    SWEPT = "swept"
    UNDONE = "undone"
