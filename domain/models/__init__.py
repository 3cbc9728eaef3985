"""The tables. What must always hold is a constraint here or a trigger in the migrations, not only code."""

from domain.models.base import Base
from domain.models.claim_request import ClaimRequest, RequestBatch
from domain.models.customer import Contact, Customer, Followup, customer_code, volume_of
from domain.models.delivery import (
    Card,
    Chat,
    InboxStatus,
    InboxUpdate,
    OutboxMessage,
    OutboxStatus,
    SendBudget,
)
from domain.models.dialogue import Dialogue, View
from domain.models.imports import ImportedRow, ImportRun
from domain.models.mark import Mark
from domain.models.organisation import Branch, Department, Invitation, InvitationGuess, User
from domain.models.ownership import Ownership
from domain.models.partner import Order, Partner
from domain.models.schedule import DueWarning, JobRun, Setting
from domain.models.search import CustomerSearch
from domain.models.timeline import TimelineEntry
from domain.models.undo import Undoable
from domain.models.workbook import SpooledFile, SpooledPiece, TaskStatus, WorkbookTask

__all__ = [
    "Base",
    "Branch",
    "Card",
    "Chat",
    "ClaimRequest",
    "Contact",
    "Customer",
    "CustomerSearch",
    "Department",
    "Dialogue",
    "DueWarning",
    "Followup",
    "ImportRun",
    "ImportedRow",
    "InboxStatus",
    "InboxUpdate",
    "Invitation",
    "InvitationGuess",
    "JobRun",
    "Mark",
    "Order",
    "OutboxMessage",
    "OutboxStatus",
    "Ownership",
    "Partner",
    "RequestBatch",
    "SendBudget",
    "Setting",
    "SpooledFile",
    "SpooledPiece",
    "TaskStatus",
    "TimelineEntry",
    "Undoable",
    "User",
    "View",
    "WorkbookTask",
    "customer_code",
    "volume_of",
]
