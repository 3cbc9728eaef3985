"""Who works here: branches, departments, people, invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _branches()
    _departments()
    _users()
    _invitations()
    _invitation_guesses()


def _branches() -> None:
    op.create_table(
        "branches",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
        sa.UniqueConstraint("name", name=op.f("uq_branches_name")),
    )


def _departments() -> None:
    op.create_table(
        "departments",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("branch_id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_departments_branch_id_branches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_departments_branch_id_name")),
    )


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("superior_id", BIG_ID, nullable=True),
        sa.Column("branch_id", BIG_ID, nullable=True),
        sa.Column("department_id", BIG_ID, nullable=True),
        sa.Column("direct_assign", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stand_in_id", BIG_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('zh', 'en')", name=op.f("ck_users_language_known")),
        sa.CheckConstraint("role IN ('sales', 'lead', 'admin')", name=op.f("ck_users_role_known")),
        sa.CheckConstraint("(away_until IS NULL) = (stand_in_id IS NULL)", name=op.f("ck_users_away_with_stand_in")),
        sa.CheckConstraint("stand_in_id <> id", name=op.f("ck_users_not_own_stand_in")),
        sa.CheckConstraint("superior_id <> id", name=op.f("ck_users_not_own_superior")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_users_branch_id_branches")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_users_department_id_departments")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["users.id"], name=op.f("fk_users_stand_in_id_users")),
        sa.ForeignKeyConstraint(["superior_id"], ["users.id"], name=op.f("fk_users_superior_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_users_telegram_id")),
    )
    op.create_index(
        "ix_users_superior_id",
        "users",
        ["superior_id"],
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("created_by", BIG_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_telegram_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_invitations_created_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_index(
        "ix_invitations_user_id",
        "invitations",
        ["user_id"],
    )


def _invitation_guesses() -> None:
    op.create_table(
        "invitation_guesses",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_guesses")),
    )
    op.create_index(
        "ix_invitation_guesses_telegram_id_at",
        "invitation_guesses",
        ["telegram_id", "at"],
    )
