"""Buttons of signing a customer."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class AskSigning(Payload, code="g"):
    """What signing this customer would do; `view` is the list to go back to."""

    customer: int
    view: int | None


@dataclass(frozen=True)
class ChoosePartner(Payload, code="gp"):
    """Sign to this partner, one of the similar ones; 0: to a new one."""

    customer: int
    partner: int
    view: int | None


@dataclass(frozen=True)
class ConfirmSigning(Payload, code="gy"):
    """Sign, to the partner that was shown; 0: to a new one."""

    customer: int
    partner: int
    view: int | None
