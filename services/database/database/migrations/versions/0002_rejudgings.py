"""Rejudgings, and the doors by which they are applied and cancelled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = "Judgings. Inserted by the api, which also flips valid."

APPLY = """
CREATE FUNCTION apply_rejudging(wanted uuid, person uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    chosen rejudgings;
BEGIN
    -- One at a time; whoever comes second finds it closed.
    SELECT * INTO chosen FROM rejudgings WHERE id = wanted FOR UPDATE;
    IF NOT FOUND THEN RETURN 'not_found'; END IF;
    IF chosen.cancelled_at IS NOT NULL THEN RETURN 'cancelled'; END IF;
    IF chosen.applied_at IS NOT NULL THEN RETURN 'already'; END IF;
    IF EXISTS (SELECT FROM judgements
               WHERE state <> 'finished' AND lane = 'rejudge' AND rejudging_id = wanted) THEN
        RETURN 'judging';
    END IF;
    -- The old ones first: the unique index allows one valid judgement of a submission at a time.
    UPDATE judgements old SET valid = false FROM judgements new
    WHERE new.rejudging_id = wanted AND new.verdict <> 'JE'
      AND old.id = new.previous_id AND old.valid;
    -- A submission that still has a valid one got it from elsewhere since: it is left alone.
    UPDATE judgements new SET valid = true
    WHERE new.rejudging_id = wanted AND new.verdict <> 'JE'
      AND NOT EXISTS (SELECT FROM judgements other
                      WHERE other.submission_id = new.submission_id AND other.valid);
    UPDATE rejudgings SET applied_at = now(), closed_by_id = person, outdated = ARRAY(
        SELECT submission_id FROM judgements
        WHERE rejudging_id = wanted AND verdict <> 'JE' AND NOT valid
    ) WHERE id = wanted;
    RETURN 'done';
END
$$
"""

CANCEL = """
CREATE FUNCTION cancel_rejudging(wanted uuid, person uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    chosen rejudgings;
BEGIN
    SELECT * INTO chosen FROM rejudgings WHERE id = wanted FOR UPDATE;
    IF NOT FOUND THEN RETURN 'not_found'; END IF;
    IF chosen.applied_at IS NOT NULL THEN RETURN 'applied'; END IF;
    IF chosen.cancelled_at IS NOT NULL THEN RETURN 'already'; END IF;
    -- They never had a verdict. A grader that holds one finds its claim gone and writes nothing.
    DELETE FROM judgements WHERE rejudging_id = wanted AND state <> 'finished' AND NOT valid;
    UPDATE rejudgings SET cancelled_at = now(), closed_by_id = person WHERE id = wanted;
    RETURN 'done';
END
$$
"""

APPLY_FINISHED = """
CREATE FUNCTION apply_finished_rejudgings() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    one uuid;
    applied integer := 0;
BEGIN
    FOR one IN
        SELECT r.id FROM rejudgings r
        WHERE r.applied_at IS NULL AND r.cancelled_at IS NULL AND r.apply = 'auto'
          AND NOT EXISTS (SELECT FROM judgements j WHERE j.state <> 'finished'
                          AND j.lane = 'rejudge' AND j.rejudging_id = r.id)
        ORDER BY r.id LIMIT 100
    LOOP
        IF apply_rejudging(one, NULL) = 'done' THEN applied := applied + 1; END IF;
    END LOOP;
    RETURN applied;
END
$$
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rejudgings",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("author_id", sa.UUID(), nullable=True, comment="Who asked for it."),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, in the words of who asked."),
        sa.Column(
            "filter",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="What was asked for, as sent.",
        ),
        sa.Column(
            "apply",
            sa.Text(),
            nullable=False,
            comment="auto: when all is judged; manual: by a person.",
        ),
        sa.Column(
            "problem_ids",
            sa.ARRAY(sa.Uuid()),
            nullable=False,
            comment="Problems of its submissions; who may act on all may act on it.",
        ),
        sa.Column(
            "submission_count",
            sa.Integer(),
            nullable=False,
            comment="How many submissions it took.",
        ),
        sa.Column(
            "outdated",
            sa.ARRAY(sa.Uuid()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Submissions left out when it was applied: another judgement counted by then.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was asked for.",
        ),
        sa.Column(
            "applied_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When its verdicts began to count.",
        ),
        sa.Column(
            "cancelled_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was dropped.",
        ),
        sa.Column(
            "closed_by_id",
            sa.UUID(),
            nullable=True,
            comment="Who applied or cancelled it; null: by itself.",
        ),
        sa.CheckConstraint("apply IN ('auto', 'manual')", name=op.f("ck_rejudgings_apply")),
        sa.CheckConstraint(
            "applied_at IS NULL OR cancelled_at IS NULL", name=op.f("ck_rejudgings_closed_once")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_rejudgings_author_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["users.id"],
            name=op.f("fk_rejudgings_closed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejudgings")),
        comment="Rejudgings: sets of judgements that are applied or dropped as a whole.",
        info={"owner": "api"},
    )
    op.create_index(
        "ix_rejudgings_open",
        "rejudgings",
        ["id"],
        unique=False,
        postgresql_where=sa.text("applied_at IS NULL AND cancelled_at IS NULL"),
    )
    op.add_column(
        "judgements",
        sa.Column(
            "rejudging_id", sa.UUID(), nullable=True, comment="Null: the first judging of all."
        ),
    )
    op.add_column(
        "judgements",
        sa.Column(
            "previous_id",
            sa.UUID(),
            nullable=True,
            comment="The judgement that counted when its rejudging was asked for.",
        ),
    )
    for column, target in (("rejudging_id", "rejudgings"), ("previous_id", "judgements")):
        op.create_foreign_key(
            op.f(f"fk_judgements_{column}"),
            "judgements",
            target,
            [column],
            ["id"],
            ondelete="SET NULL",
        )
        op.create_index(
            f"ix_judgements_{column.removesuffix('_id')}",
            "judgements",
            [column],
            unique=False,
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.create_table_comment(
        "judgements",
        "Judgings. Inserted by the api; valid is flipped by apply_rejudging().",
        existing_comment=BEFORE,
    )
    for function in (APPLY, CANCEL, APPLY_FINISHED):
        op.execute(function)


def downgrade() -> None:
    """Undo."""
    op.execute("DROP FUNCTION apply_finished_rejudgings()")
    op.create_table_comment("judgements", BEFORE)
    op.execute("DROP FUNCTION cancel_rejudging(uuid, uuid)")
    op.execute("DROP FUNCTION apply_rejudging(uuid, uuid)")
    # What was not applied means nothing any more; what was applied stays what counts.
    op.execute("DELETE FROM judgements WHERE rejudging_id IS NOT NULL AND NOT valid")
    for column in ("rejudging_id", "previous_id"):
        op.drop_index(f"ix_judgements_{column.removesuffix('_id')}", table_name="judgements")
        op.drop_constraint(op.f(f"fk_judgements_{column}"), "judgements", type_="foreignkey")
        op.drop_column("judgements", column)
    op.drop_index(
        "ix_rejudgings_open",
        table_name="rejudgings",
        postgresql_where=sa.text("applied_at IS NULL AND cancelled_at IS NULL"),
    )
    op.drop_table("rejudgings")
