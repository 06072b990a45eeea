"""Decisions that last: reviews keyed by the words of their release; what is no longer read is withdrawn, not deleted"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = {
    "assertion": ("origin", "force", "cycle", "question"),
    "monitoring_move": ("origin", "force", "move", "on"),
    "cause_of_concern": ("origin", "force", "topic", "state", "on"),
}
SAID = ("said_force", "said_question", "said_part", "said_grade", "said_cycle")


def upgrade() -> None:
    with op.batch_alter_table("revision") as batch:
        batch.add_column(sa.Column("alerting", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("finding") as batch:
        batch.add_column(sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True))
    for table, key in STATEMENTS.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
            batch.add_column(sa.Column("withdrawn_reason", sa.String(), nullable=False, server_default=""))
            batch.drop_constraint(op.f(f"uq_{table}_" + "_".join(key)), type_="unique")
            stands = sa.text("withdrawn_at IS NULL")
            batch.create_index(
                f"uq_{table}_standing", list(key), unique=True, sqlite_where=stands, postgresql_where=stands
            )
    _reviews()


def _reviews() -> None:
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("release_id", sa.Integer(), nullable=True))
        for name in ("words", "force", "question", "value", *SAID):
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("said_current", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.drop_constraint(op.f("uq_review_finding_id"), type_="unique")
        batch.create_index(op.f("ix_review_finding_id"), ["finding_id"], unique=False)
    _key_by_words()
    with op.batch_alter_table("review") as batch:
        batch.alter_column("release_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f("fk_review_release_id_release"), "release", ["release_id"], ["id"])
        batch.create_unique_constraint(
            op.f("uq_review_release_id_words_force_question_value"),
            ["release_id", "words", "force", "question", "value"],
        )


def _key_by_words() -> None:
    """Of the same question asked by several revisions one is kept: what was decided, else the newest."""
    connection = op.get_bind()
    asked = connection.execute(
        sa.text(
            "SELECT review.id, review.decision, revision.release_id, finding.quote, finding.force, finding.question, "
            "finding.value, finding.part, finding.cycle, finding.current, finding.kind FROM review "
            "JOIN finding ON finding.id = review.finding_id JOIN revision ON revision.id = finding.revision_id "
            "ORDER BY review.decision = '', review.id DESC"
        )
    ).all()
    seen: set[tuple[object, ...]] = set()
    for row in asked:
        words = hashlib.sha256(" ".join(row.quote.casefold().split()).encode()).hexdigest()
        key = (row.release_id, words, row.force, row.question, row.value)
        if key in seen:
            connection.execute(sa.text("DELETE FROM review WHERE id = :id"), {"id": row.id})
            continue
        seen.add(key)
        connection.execute(
            sa.text(
                "UPDATE review SET release_id = :release_id, words = :words, force = :force, question = :question, "
                "value = :value WHERE id = :id"
            ),
            {
                "id": row.id,
                "words": words,
                **{k: getattr(row, k) for k in ("release_id", "force", "question", "value")},
            },
        )
        if row.decision == "approved" and row.kind == "judgment":
            connection.execute(
                sa.text(
                    "UPDATE review SET said_force = :force, said_question = :question, said_part = :part, "
                    "said_grade = :value, said_cycle = :cycle, said_current = :current WHERE id = :id"
                ),
                {
                    "id": row.id,
                    **{k: getattr(row, k) for k in ("force", "question", "part", "value", "cycle", "current")},
                },
            )


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the newer PeelWatch was installed.")
