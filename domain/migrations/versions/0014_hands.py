"""How often a customer has changed hands: the version of the messages that show its contact details."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("hands", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_cards_user_id", "cards", ["user_id"])
