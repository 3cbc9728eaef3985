"""What the clock needs: runs of jobs, warnings given, rules changed in the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _job_runs()
    _due_warnings()
    _settings()
    op.create_index("ix_ownerships_until", "ownerships", ["until", "lead_id"])
    op.create_index("ix_ownerships_since", "ownerships", ["since", "lead_id"])
    op.add_column("request_batches", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("request_batches", sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))


def _job_runs() -> None:
    op.create_table(
        "job_runs",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
        sa.UniqueConstraint("name", "day", name=op.f("uq_job_runs_name_day")),
    )


def _due_warnings() -> None:
    op.create_table(
        "due_warnings",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("customer_id", BIG_ID, nullable=False),
        sa.Column("owner_id", BIG_ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_due_warnings_customer_id_customers")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_due_warnings_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_warnings")),
        sa.UniqueConstraint(
            "customer_id", "owner_id", "due_on", "level", name=op.f("uq_due_warnings_customer_id_owner_id_due_on_level")
        ),
    )
    op.create_index("ix_due_warnings_day", "due_warnings", ["day", "owner_id"])


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_by", BIG_ID, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_settings_changed_by_users")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
