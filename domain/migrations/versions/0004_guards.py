"""Triggers: no cycle of superiors, a request decided once, a timeline that only grows."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SQLITE = (
    """
    CREATE TRIGGER users_no_cycle BEFORE UPDATE OF superior_id ON users
    WHEN NEW.superior_id IS NOT NULL AND NEW.id IN (
        WITH RECURSIVE above (id) AS (
            SELECT NEW.superior_id
            UNION SELECT users.superior_id FROM users JOIN above ON users.id = above.id WHERE users.superior_id IS NOT NULL
        ) SELECT id FROM above)
    BEGIN SELECT RAISE(ABORT, 'cycle of superiors'); END
    """,
    """
    CREATE TRIGGER claim_requests_decided_once BEFORE UPDATE OF status ON claim_requests
    WHEN OLD.status <> 'waiting' AND NEW.status <> OLD.status
    BEGIN SELECT RAISE(ABORT, 'claim request decided before'); END
    """,
    "CREATE TRIGGER timeline_no_update BEFORE UPDATE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END",
    "CREATE TRIGGER timeline_no_delete BEFORE DELETE ON timeline BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END",
)

POSTGRESQL = (
    """
    CREATE FUNCTION users_no_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('users.superior_id'));
        IF NEW.id IN (
            WITH RECURSIVE above (id) AS (
                SELECT NEW.superior_id
                UNION SELECT users.superior_id FROM users JOIN above ON users.id = above.id
                WHERE users.superior_id IS NOT NULL
            ) SELECT id FROM above)
        THEN RAISE EXCEPTION 'cycle of superiors' USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER users_no_cycle BEFORE UPDATE OF superior_id ON users
    FOR EACH ROW WHEN (NEW.superior_id IS NOT NULL) EXECUTE FUNCTION users_no_cycle()
    """,
    """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER claim_requests_decided_once BEFORE UPDATE OF status ON claim_requests
    FOR EACH ROW WHEN (OLD.status <> 'waiting' AND NEW.status <> OLD.status)
    EXECUTE FUNCTION refuse('claim request decided before')
    """,
    """
    CREATE TRIGGER timeline_append_only BEFORE UPDATE OR DELETE ON timeline
    FOR EACH ROW EXECUTE FUNCTION refuse('timeline is append-only')
    """,
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
