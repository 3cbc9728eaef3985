"""The schema's history (Alembic); `domain.schema` runs it."""
