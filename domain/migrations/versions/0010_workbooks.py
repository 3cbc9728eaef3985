"""Workbooks in the making: pieces of work that outlive a turn, and the files that wait to be sent or read."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("status IN ('waiting', 'running')")


def upgrade() -> None:
    _spooled_files()
    _spooled_pieces()
    _workbook_tasks()


def _spooled_files() -> None:
    op.create_table(
        "spooled_files",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spooled_files")),
    )
    op.create_index("ix_spooled_files_created_at", "spooled_files", ["created_at"])


def _spooled_pieces() -> None:
    op.create_table(
        "spooled_pieces",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("file_id", BIG_ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["spooled_files.id"], name=op.f("fk_spooled_pieces_file_id_spooled_files"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spooled_pieces")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_spooled_pieces_file_id_number")),
    )


def _workbook_tasks() -> None:
    op.create_table(
        "workbook_tasks",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("file_id", BIG_ID, nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'running', 'asking', 'done', 'failed', 'cancelled')",
            name=op.f("ck_workbook_tasks_status_known"),
        ),
        sa.CheckConstraint(
            "(status = 'running') = (lease_until IS NOT NULL)", name=op.f("ck_workbook_tasks_running_has_a_lease")
        ),
        sa.CheckConstraint(
            "(status IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)",
            name=op.f("ck_workbook_tasks_finished_when_over"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_workbook_tasks_user_id_users")),
        sa.ForeignKeyConstraint(["file_id"], ["spooled_files.id"], name=op.f("fk_workbook_tasks_file_id_spooled_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workbook_tasks")),
    )
    op.create_index("ix_workbook_tasks_open", "workbook_tasks", ["id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_workbook_tasks_user_id", "workbook_tasks", ["user_id", "id"])
    op.create_index("ix_workbook_tasks_created_at", "workbook_tasks", ["created_at"])
