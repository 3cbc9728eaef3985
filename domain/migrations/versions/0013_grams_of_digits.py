"""Digits searched three at a time: what is findable is worked out anew by `init`, which upgrades.

PostgreSQL compares them by their bytes, whatever the language of the database.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM customer_search")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM customer_grams")
    else:
        op.execute('ALTER TABLE customer_search ALTER COLUMN grams TYPE text[] COLLATE "C"')
