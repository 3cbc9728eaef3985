"""Customers, partners, orders, ownerships, claim requests and the timeline."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _partners()
    _orders()
    _customers()
    _contacts()
    _followups()
    _ownerships()
    _request_batches()
    _claim_requests()
    _timeline()


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("valid", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_partners_credit_code")),
        sa.UniqueConstraint("name_key", name=op.f("uq_partners_name_key")),
    )


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("partner_id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_orders_partner_id_partners")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_orders_recorded_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )
    op.create_index(
        "ix_orders_partner_id",
        "orders",
        ["partner_id"],
    )


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("lanes", sa.JSON(), nullable=False),
        sa.Column("commodity", sa.String(), nullable=True),
        sa.Column("monthly_volume", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("volume_unit", sa.String(), nullable=True),
        sa.Column("incoterms", sa.JSON(), nullable=False),
        sa.Column("competitors", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("partner_id", BIG_ID, nullable=True),
        sa.Column("owner_id", BIG_ID, nullable=True),
        sa.Column("owned_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_owner_id", BIG_ID, nullable=True),
        sa.Column("last_lead_id", BIG_ID, nullable=True),
        sa.Column("pooled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_reason", sa.String(), nullable=True),
        sa.Column("release_note", sa.String(), nullable=True),
        sa.Column("created_by", BIG_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_followup_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_order_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signing_deadline", sa.Date(), nullable=True),
        sa.Column("dormancy_deadline", sa.Date(), nullable=True),
        sa.Column("first_followup_deadline", sa.Date(), nullable=True),
        sa.Column("followup_deadline", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", BIG_ID, nullable=True),
        sa.Column("deleted_from_owner_id", BIG_ID, nullable=True),
        sa.CheckConstraint(
            "(stage IN ('cooperating', 'dormant')) = (partner_id IS NOT NULL)", name=op.f("ck_customers_partner_when_signed")
        ),
        sa.CheckConstraint("deleted_at IS NULL OR stage = 'potential'", name=op.f("ck_customers_bin_is_potential")),
        sa.CheckConstraint("level IN ('A', 'B', 'C', 'D')", name=op.f("ck_customers_level_known")),
        sa.CheckConstraint(
            "release_reason IN ('no_need', 'price', 'competitor', 'unreachable', 'wrong_data', 'other', 'left', 'overdue', "
            "'untouched', 'dormant')",
            name=op.f("ck_customers_release_reason_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('potential', 'interested', 'quoting', 'cooperating', 'dormant')", name=op.f("ck_customers_stage_known")
        ),
        sa.CheckConstraint("(deleted_at IS NULL) = (deleted_by IS NULL)", name=op.f("ck_customers_deleted_by_somebody")),
        sa.CheckConstraint("(owner_id IS NULL) = (owned_since IS NULL)", name=op.f("ck_customers_owner_since")),
        sa.CheckConstraint("deleted_at IS NULL OR owner_id IS NULL", name=op.f("ck_customers_bin_has_no_owner")),
        sa.CheckConstraint("owner_id IS NOT NULL OR due_on IS NULL", name=op.f("ck_customers_clocks_need_an_owner")),
        sa.CheckConstraint(
            "owner_id IS NOT NULL OR pooled_at IS NOT NULL OR deleted_at IS NOT NULL", name=op.f("ck_customers_pool_since")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_customers_created_by_users")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_customers_deleted_by_users")),
        sa.ForeignKeyConstraint(["deleted_from_owner_id"], ["users.id"], name=op.f("fk_customers_deleted_from_owner_id_users")),
        sa.ForeignKeyConstraint(["last_lead_id"], ["users.id"], name=op.f("fk_customers_last_lead_id_users")),
        sa.ForeignKeyConstraint(["last_owner_id"], ["users.id"], name=op.f("fk_customers_last_owner_id_users")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_customers_owner_id_users")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_customers_partner_id_partners")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )
    op.create_index(
        "ix_customers_bin",
        "customers",
        ["deleted_by", "deleted_at"],
    )
    op.create_index(
        "ix_customers_due_on",
        "customers",
        ["due_on", "owner_id", "id"],
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_customers_last_lead_id",
        "customers",
        ["last_lead_id"],
    )
    op.create_index(
        "ix_customers_owner",
        "customers",
        ["owner_id", "stage", "due_on", "id"],
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_customers_pool",
        "customers",
        ["stage", "pooled_at", "id"],
        sqlite_where=sa.text("deleted_at IS NULL AND owner_id IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL AND owner_id IS NULL"),
    )
    op.create_index(
        "uq_customers_live_credit_code",
        "customers",
        ["credit_code"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "uq_customers_live_name_key",
        "customers",
        ["name_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "uq_customers_live_partner_id",
        "customers",
        ["partner_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("customer_id", BIG_ID, nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("phone_digits", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("wechat", sa.String(), nullable=True),
        sa.Column("telegram", sa.String(), nullable=True),
        sa.CheckConstraint("NOT main OR phone IS NOT NULL OR email IS NOT NULL", name=op.f("ck_contacts_main_is_reachable")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_contacts_customer_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(
        "ix_contacts_customer_id",
        "contacts",
        ["customer_id"],
    )
    op.create_index(
        "ix_contacts_phone_digits",
        "contacts",
        ["phone_digits"],
    )
    op.create_index(
        "uq_contacts_main",
        "contacts",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("main"),
        postgresql_where=sa.text("main"),
    )


def _followups() -> None:
    op.create_table(
        "followups",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("customer_id", BIG_ID, nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("attachment", sa.JSON(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_followups_author_id_users")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_followups_customer_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followups")),
    )
    op.create_index(
        "ix_followups_customer_id_at",
        "followups",
        ["customer_id", "at"],
    )
    op.create_index(
        "ix_followups_next_on",
        "followups",
        ["next_on"],
    )


def _ownerships() -> None:
    op.create_table(
        "ownerships",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("customer_id", BIG_ID, nullable=False),
        sa.Column("owner_id", BIG_ID, nullable=False),
        sa.Column("lead_id", BIG_ID, nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gained", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lost", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("ended_by", BIG_ID, nullable=True),
        sa.CheckConstraint(
            "gained IN ('entered', 'claimed', 'approved', 'assigned', 'direct', 'handed_over', 'restored')",
            name=op.f("ck_ownerships_gained_known"),
        ),
        sa.CheckConstraint(
            "lost IN ('released', 'reassigned', 'handed_over', 'deleted', 'swept', 'undone')",
            name=op.f("ck_ownerships_lost_known"),
        ),
        sa.CheckConstraint("(until IS NULL) = (lost IS NULL)", name=op.f("ck_ownerships_ended_with_a_cause")),
        sa.CheckConstraint("until >= since", name=op.f("ck_ownerships_ends_after_it_began")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_ownerships_customer_id_customers")),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_ownerships_ended_by_users")),
        sa.ForeignKeyConstraint(["lead_id"], ["users.id"], name=op.f("fk_ownerships_lead_id_users")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_ownerships_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownerships")),
    )
    op.create_index(
        "ix_ownerships_customer_id_since",
        "ownerships",
        ["customer_id", "since"],
    )
    op.create_index(
        "ix_ownerships_owner_id_until",
        "ownerships",
        ["owner_id", "until"],
    )
    op.create_index(
        "uq_ownerships_open",
        "ownerships",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def _request_batches() -> None:
    op.create_table(
        "request_batches",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("requester_id", BIG_ID, nullable=False),
        sa.Column("assignee_id", BIG_ID, nullable=False),
        sa.Column("lead_id", BIG_ID, nullable=True),
        sa.Column("approver_id", BIG_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approver_id"], ["users.id"], name=op.f("fk_request_batches_approver_id_users")),
        sa.ForeignKeyConstraint(["assignee_id"], ["users.id"], name=op.f("fk_request_batches_assignee_id_users")),
        sa.ForeignKeyConstraint(["lead_id"], ["users.id"], name=op.f("fk_request_batches_lead_id_users")),
        sa.ForeignKeyConstraint(["requester_id"], ["users.id"], name=op.f("fk_request_batches_requester_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_batches")),
    )
    op.create_index(
        "ix_request_batches_approver_id",
        "request_batches",
        ["approver_id"],
    )
    op.create_index(
        "ix_request_batches_lead_id",
        "request_batches",
        ["lead_id"],
    )


def _claim_requests() -> None:
    op.create_table(
        "claim_requests",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("batch_id", BIG_ID, nullable=False),
        sa.Column("customer_id", BIG_ID, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", BIG_ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'waiting') = (decided_at IS NULL)", name=op.f("ck_claim_requests_decided_with_a_time")),
        sa.CheckConstraint(
            "status IN ('waiting', 'approved', 'rejected', 'cancelled')", name=op.f("ck_claim_requests_status_known")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["request_batches.id"], name=op.f("fk_claim_requests_batch_id_request_batches")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_claim_requests_customer_id_customers")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_claim_requests_decided_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_requests")),
    )
    op.create_index(
        "ix_claim_requests_batch_id",
        "claim_requests",
        ["batch_id"],
    )
    op.create_index(
        "ix_claim_requests_customer_id",
        "claim_requests",
        ["customer_id"],
    )
    op.create_index(
        "uq_claim_requests_waiting",
        "claim_requests",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _timeline() -> None:
    op.create_table(
        "timeline",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", BIG_ID, nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("customer_id", BIG_ID, nullable=True),
        sa.Column("user_id", BIG_ID, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_timeline_actor_id_users")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_timeline_customer_id_customers")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_timeline_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline")),
    )
    op.create_index(
        "ix_timeline_actor_id_event_at",
        "timeline",
        ["actor_id", "event", "at"],
    )
    op.create_index(
        "ix_timeline_customer_id",
        "timeline",
        ["customer_id", "id"],
    )
