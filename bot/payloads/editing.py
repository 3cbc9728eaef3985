"""Buttons of the editing of a customer; `view` is the list to go back to, fields and choices are named by their places."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class ListChanges(Payload, code="xl"):
    """The fields of a group, to change one."""

    customer: int
    view: int | None
    group: int


@dataclass(frozen=True)
class AskChange(Payload, code="xa"):
    """Change this field."""

    customer: int
    view: int | None
    field: int


@dataclass(frozen=True)
class ChooseChange(Payload, code="xc"):
    """Take this choice for the field."""

    customer: int
    view: int | None
    field: int
    choice: int


@dataclass(frozen=True)
class MarkChange(Payload, code="xm"):
    """The choices ticked so far, one bit each: the wanted state travels, so a double tap changes nothing."""

    customer: int
    view: int | None
    field: int
    marks: int


@dataclass(frozen=True)
class KeepMarks(Payload, code="xk"):
    """Keep what is ticked."""

    customer: int
    view: int | None
    field: int
    marks: int


@dataclass(frozen=True)
class EmptyField(Payload, code="xe"):
    """Nothing stands in the field any more."""

    customer: int
    view: int | None
    field: int
