"""Finding customers by any part of what is known of them, and taking acts back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _customer_search()
    _undoables()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE customer_grams USING fts5(grams, tokenize='unicode61 remove_diacritics 0')")
    else:
        op.execute("ALTER TABLE customer_search ADD COLUMN grams text[] NOT NULL DEFAULT '{}'")
        op.execute("CREATE INDEX ix_customer_search_grams ON customer_search USING gin (grams)")


def _customer_search() -> None:
    op.create_table(
        "customer_search",
        sa.Column("customer_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_customer_search_customer_id_customers")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_search")),
    )


def _undoables() -> None:
    op.create_table(
        "undoables",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("actor_id", BIG_ID, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_undoables_actor_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undoables")),
    )
    op.create_index("ix_undoables_actor_id", "undoables", ["actor_id"])
