"""Runs the migrations on the connection that store.schema hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from store.tables import ReleaseRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ReleaseRow.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
