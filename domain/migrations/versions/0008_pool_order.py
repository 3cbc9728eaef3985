"""The pool as it is listed: the newest arrivals first, whatever their stage."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_POOL = sa.text("deleted_at IS NULL AND owner_id IS NULL")


def upgrade() -> None:
    op.create_index("ix_customers_pooled_at", "customers", ["pooled_at", "id"], sqlite_where=_POOL, postgresql_where=_POOL)
