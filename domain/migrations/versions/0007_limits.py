"""What counting a person's waiting claims needs: the batches that are meant for him."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_request_batches_assignee_id", "request_batches", ["assignee_id"])
