"""Finding who lies in the bin by what a workbook says of him, without reading every live customer."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BIN = sa.text("deleted_at IS NOT NULL")


def upgrade() -> None:
    for column in ("name_key", "credit_code"):
        op.create_index(f"ix_customers_bin_{column}", "customers", [column], sqlite_where=_BIN, postgresql_where=_BIN)
