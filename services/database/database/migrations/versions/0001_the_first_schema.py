"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


DELETE_EXPIRED = """
CREATE FUNCTION delete_expired() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    deleted integer;
    total integer := 0;
BEGIN
    DELETE FROM sessions WHERE expires_at < now();
    GET DIAGNOSTICS deleted = ROW_COUNT; total := total + deleted;
    DELETE FROM email_verifications WHERE created_at < now() - interval '7 days';
    GET DIAGNOSTICS deleted = ROW_COUNT; total := total + deleted;
    DELETE FROM password_resets WHERE created_at < now() - interval '1 day';
    GET DIAGNOSTICS deleted = ROW_COUNT; total := total + deleted;
    DELETE FROM playground_runs WHERE created_at < now() - interval '1 day';
    GET DIAGNOSTICS deleted = ROW_COUNT; total := total + deleted;
    RETURN total;
END
$$
"""
# The scheduler may remove what is out of date and nothing else: it gets this door and no right
# on the tables behind it.


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Lower-case hex."),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="Bytes."),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was first stored.",
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
        comment="Files by content: test data, attachments.",
        info={"owner": "api"},
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="The message's name, such as verification_mail.",
        ),
        sa.Column(
            "cause_id", sa.UUID(), nullable=False, comment="The row that asked for it, by kind."
        ),
        sa.Column("recipient", sa.Text(), nullable=False, comment="The e-mail address."),
        sa.Column(
            "state",
            sa.Text(),
            server_default="waiting",
            nullable=False,
            comment="waiting, sent, failed.",
        ),
        sa.Column(
            "tries",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Tries so far.",
        ),
        sa.Column(
            "not_before",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the next try is due.",
        ),
        sa.Column(
            "error", sa.Text(), server_default="", nullable=False, comment="The last failure."
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was first asked for.",
        ),
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), nullable=True, comment="When the server took it."
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'failed')", name=op.f("ck_deliveries_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        comment="Mails: waiting, sent or failed for good.",
        info={"owner": "notifier"},
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["not_before"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("uq_deliveries_cause", "deliveries", ["kind", "cause_id"], unique=True)
    op.create_table(
        "languages",
        sa.Column("id", sa.Text(), nullable=False, comment="Kattis id, such as cpp."),
        sa.Column("name", sa.Text(), nullable=False, comment="For people: C++ (GNU++20)."),
        sa.Column("version", sa.Text(), nullable=False, comment="As the compiler says."),
        sa.Column("extensions", sa.ARRAY(sa.Text()), nullable=False, comment="Without the dot."),
        sa.Column(
            "compile_command",
            sa.Text(),
            nullable=False,
            comment="Shown on the help page; may be empty.",
        ),
        sa.Column("run_command", sa.Text(), nullable=False, comment="Shown on the help page."),
        sa.Column(
            "available",
            sa.Boolean(),
            nullable=False,
            comment="Some ready judge passed its self-test.",
        ),
        sa.Column(
            "position",
            sa.Integer(),
            nullable=False,
            comment="Order in lists, as the judge gives it.",
        ),
        sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When a judge last answered.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_languages")),
        comment="Languages as the judges offer them.",
        info={"owner": "grader"},
    )
    op.create_table(
        "site_statistics",
        sa.Column("id", sa.Integer(), nullable=False, comment="Always 1."),
        sa.Column(
            "counts",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="users, problems, submissions, accepted.",
        ),
        sa.Column(
            "refreshed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was derived.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_statistics")),
        comment="Counts for the home page: one row.",
        info={"owner": "scheduler"},
    )
    op.create_table(
        "users",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column(
            "username",
            sa.Text(),
            nullable=False,
            comment="Unique without case; shown in addresses.",
        ),
        sa.Column(
            "display_name", sa.Text(), nullable=False, comment="Free text shown beside submissions."
        ),
        sa.Column(
            "email",
            sa.Text(),
            nullable=False,
            comment="Unique without case; shown to its owner only.",
        ),
        sa.Column(
            "email_verified_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the address was proven by a mailed link; null: not yet.",
        ),
        sa.Column("password_hash", sa.Text(), nullable=False, comment="argon2id, PHC string."),
        sa.Column(
            "roles",
            sa.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Any of admin, setter; none: participant.",
        ),
        sa.Column(
            "locale",
            sa.Text(),
            server_default="ko",
            nullable=False,
            comment="ko or en: pages and mails.",
        ),
        sa.Column(
            "totp_secret", sa.Text(), nullable=True, comment="Base32 second factor; null: off."
        ),
        sa.Column(
            "disabled_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Set: may not sign in.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the account was made.",
        ),
        sa.CheckConstraint("locale IN ('ko', 'en')", name=op.f("ck_users_locale")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        comment="People with an account.",
        info={"owner": "api"},
    )
    op.create_index(
        "uq_users_email_lower", "users", [sa.literal_column("lower(email)")], unique=True
    )
    op.create_index(
        "uq_users_username_lower", "users", [sa.literal_column("lower(username)")], unique=True
    )
    op.create_table(
        "announcements",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column(
            "title_ko", sa.Text(), server_default="", nullable=False, comment="Korean title."
        ),
        sa.Column(
            "title_en", sa.Text(), server_default="", nullable=False, comment="English title."
        ),
        sa.Column("body_ko", sa.Text(), server_default="", nullable=False, comment="Markdown."),
        sa.Column("body_en", sa.Text(), server_default="", nullable=False, comment="Markdown."),
        sa.Column(
            "is_pinned",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Shown first.",
        ),
        sa.Column("author_id", sa.UUID(), nullable=True, comment="Who wrote it."),
        sa.Column(
            "published_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Null or later: not shown yet.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written.",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_announcements_author_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        comment="News for everybody.",
        info={"owner": "api"},
    )
    op.create_table(
        "blob_chunks",
        sa.Column("sha256", sa.Text(), nullable=False, comment="The blob."),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="From 0."),
        sa.Column(
            "content", sa.LargeBinary(), nullable=False, comment="At most CHUNK_BYTES bytes."
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blobs.sha256"], name=op.f("fk_blob_chunks_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "ordinal", name=op.f("pk_blob_chunks")),
        comment="The bytes of blobs.",
        info={"owner": "api"},
    )
    op.create_table(
        "email_verifications",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("user_id", sa.UUID(), nullable=False, comment="Whose address."),
        sa.Column(
            "email",
            sa.Text(),
            nullable=False,
            comment="The address as it was when the link was asked for.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the link was asked for.",
        ),
        sa.Column(
            "used_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the link was followed.",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_email_verifications_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_verifications")),
        comment="Links mailed to prove an address.",
        info={"owner": "api"},
    )
    op.create_index(
        op.f("ix_email_verifications_user_id"), "email_verifications", ["user_id"], unique=False
    )
    op.create_table(
        "password_resets",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("user_id", sa.UUID(), nullable=False, comment="Whose password."),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the link was asked for.",
        ),
        sa.Column(
            "used_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the link was followed.",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_password_resets_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_resets")),
        comment="Links mailed to set a new password.",
        info={"owner": "api"},
    )
    op.create_index(
        op.f("ix_password_resets_user_id"), "password_resets", ["user_id"], unique=False
    )
    op.create_table(
        "personal_access_tokens",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("user_id", sa.UUID(), nullable=False, comment="For whom it acts."),
        sa.Column("name", sa.Text(), nullable=False, comment="What its owner calls it."),
        sa.Column("token_hash", sa.Text(), nullable=False, comment="SHA-256 hex of the token."),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False, comment="What it may do."),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was made.",
        ),
        sa.Column(
            "last_used_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Last use, to about five minutes.",
        ),
        sa.Column(
            "expires_at", sa.DateTime(timezone=True), nullable=True, comment="Null: until revoked."
        ),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True, comment="Set: refused."),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_personal_access_tokens_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_access_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_access_tokens_token_hash")),
        comment="Keys with which programs act for a person.",
        info={"owner": "api"},
    )
    op.create_index(
        op.f("ix_personal_access_tokens_user_id"),
        "personal_access_tokens",
        ["user_id"],
        unique=False,
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("slug", sa.Text(), nullable=False, comment="Readable key in addresses."),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="Short number people say, from 1000."
        ),
        sa.Column(
            "author_id", sa.UUID(), nullable=True, comment="Who may edit it, besides admins."
        ),
        sa.Column(
            "visibility",
            sa.Text(),
            server_default="draft",
            nullable=False,
            comment="draft or public.",
        ),
        sa.Column(
            "difficulty",
            sa.Text(),
            server_default="low",
            nullable=False,
            comment="very_low … very_high.",
        ),
        sa.Column(
            "tags",
            sa.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Lower-case words.",
        ),
        sa.Column(
            "cpu_time_limit_ms",
            sa.Integer(),
            nullable=False,
            comment="CPU time of one run, milliseconds.",
        ),
        sa.Column(
            "memory_limit_kib", sa.Integer(), nullable=False, comment="Memory of one run, KiB."
        ),
        sa.Column(
            "output_limit_kib",
            sa.Integer(),
            server_default=sa.text("65536"),
            nullable=False,
            comment="Output of one run, KiB.",
        ),
        sa.Column(
            "source_limit_bytes",
            sa.Integer(),
            server_default=sa.text("262144"),
            nullable=False,
            comment="Size of a program, bytes.",
        ),
        sa.Column(
            "languages",
            sa.ARRAY(sa.Text()),
            nullable=True,
            comment="Allowed language ids; null: all.",
        ),
        sa.Column(
            "checker",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="contracts.judging.Checker as JSON.",
        ),
        sa.Column(
            "stop_at_failure",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="Later test cases are skipped after a failure.",
        ),
        sa.Column(
            "data_set_id",
            sa.UUID(),
            nullable=True,
            comment="The version of the data in use; null: cannot be judged yet.",
        ),
        sa.Column(
            "source",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Where it was first set.",
        ),
        sa.Column(
            "license", sa.Text(), server_default="", nullable=False, comment="As the package says."
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was made.",
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Last change by a person.",
        ),
        sa.CheckConstraint(
            "difficulty IN ('very_low', 'low', 'mid', 'high', 'very_high')",
            name=op.f("ck_problems_difficulty"),
        ),
        sa.CheckConstraint(
            "visibility IN ('draft', 'public')", name=op.f("ck_problems_visibility")
        ),
        sa.CheckConstraint("cpu_time_limit_ms > 0", name=op.f("ck_problems_cpu_time_limit")),
        sa.CheckConstraint("memory_limit_kib > 0", name=op.f("ck_problems_memory_limit")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_problems_author_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint("number", name=op.f("uq_problems_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_problems_slug")),
        comment="Problems.",
        info={"owner": "api"},
    )
    op.create_index(
        op.f("ix_problems_tags"), "problems", ["tags"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "ranking_rows",
        sa.Column("user_id", sa.UUID(), nullable=False, comment="Who."),
        sa.Column("place", sa.Integer(), nullable=False, comment="From 1; equal scores share it."),
        sa.Column(
            "score",
            sa.Integer(),
            nullable=False,
            comment="Points of the solved problems, by difficulty.",
        ),
        sa.Column("solved", sa.Integer(), nullable=False, comment="How many problems were solved."),
        sa.Column(
            "submissions", sa.Integer(), nullable=False, comment="How many submissions were judged."
        ),
        sa.Column(
            "last_solved_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="First AC of the newest one.",
        ),
        sa.Column(
            "refreshed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was derived.",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_ranking_rows_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_ranking_rows")),
        comment="The site-wide ranking, rebuilt by upkeep.",
        info={"owner": "scheduler"},
    )
    op.create_index(
        op.f("ix_ranking_rows_place_user_id"), "ranking_rows", ["place", "user_id"], unique=False
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("user_id", sa.UUID(), nullable=False, comment="Whose session."),
        sa.Column("token_hash", sa.Text(), nullable=False, comment="SHA-256 hex of the cookie."),
        sa.Column(
            "csrf_token",
            sa.Text(),
            nullable=False,
            comment="What writes must repeat in X-CSRF-Token.",
        ),
        sa.Column(
            "user_agent",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Browser as it said.",
        ),
        sa.Column(
            "ip_address",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Address at sign-in.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was opened.",
        ),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Last use, to about five minutes.",
        ),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="After this it is refused.",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
        comment="Signed-in browsers; expired ones are deleted by delete_expired().",
        info={"owner": "api"},
    )
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"], unique=False)
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "data_sets",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("problem_id", sa.UUID(), nullable=False, comment="The problem."),
        sa.Column("version", sa.Integer(), nullable=False, comment="From 1."),
        sa.Column(
            "test_case_count", sa.Integer(), nullable=False, comment="How many test cases it has."
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was made.",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_data_sets_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_sets")),
        sa.UniqueConstraint("problem_id", "version", name=op.f("uq_data_sets_problem_id_version")),
        comment="Versions of test data; immutable.",
        info={"owner": "api"},
    )
    # A circle: a data set belongs to a problem, a problem uses one of its data sets.
    op.create_foreign_key(
        "fk_problems_data_set_id", "problems", "data_sets", ["data_set_id"], ["id"]
    )
    op.create_table(
        "jury_programs",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("problem_id", sa.UUID(), nullable=False, comment="The problem."),
        sa.Column(
            "path", sa.Text(), nullable=False, comment="Within the package: accepted/main.cpp."
        ),
        sa.Column("language_id", sa.Text(), nullable=False, comment="Kattis id."),
        sa.Column("source", sa.LargeBinary(), nullable=False, comment="The program's text."),
        sa.Column(
            "expected_verdicts",
            sa.ARRAY(sa.Text()),
            nullable=False,
            comment="The judgement's verdict must be one of these.",
        ),
        sa.Column(
            "last_submission_id",
            sa.UUID(),
            nullable=True,
            comment="Its newest submission in the jury lane; no foreign key, the circle is not needed.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was added.",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_jury_programs_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_programs")),
        sa.UniqueConstraint("problem_id", "path", name=op.f("uq_jury_programs_problem_id_path")),
        comment="Jury programs with the verdicts expected of them.",
        info={"owner": "api"},
    )
    op.create_table(
        "playground_runs",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("user_id", sa.UUID(), nullable=False, comment="Who asked."),
        sa.Column("problem_id", sa.UUID(), nullable=True, comment="Whose samples and limits."),
        sa.Column("language_id", sa.Text(), nullable=False, comment="Kattis id."),
        sa.Column(
            "filename", sa.Text(), nullable=True, comment="As sent; null: the language's usual."
        ),
        sa.Column("source", sa.LargeBinary(), nullable=False, comment="The program."),
        sa.Column(
            "stdin", sa.LargeBinary(), nullable=True, comment="Own input; null: the samples."
        ),
        sa.Column(
            "state", sa.Text(), server_default="queued", nullable=False, comment="contracts State."
        ),
        sa.Column(
            "claim",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Fence, as in judgements.",
        ),
        sa.Column(
            "lease_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Until when the claim holds.",
        ),
        sa.Column(
            "failures",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Claims that ended by a fault of ours.",
        ),
        sa.Column(
            "verdict",
            sa.Text(),
            nullable=True,
            comment="Worst of its cases; null also when it ran well on own input.",
        ),
        sa.Column(
            "compile_output",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="The compiler's words.",
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False, comment="Why JE."),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was asked for.",
        ),
        sa.Column(
            "finished_at", sa.DateTime(timezone=True), nullable=True, comment="When it ended."
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'compiling', 'running', 'finished')",
            name=op.f("ck_playground_runs_state"),
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_playground_runs_problem_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_playground_runs_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playground_runs")),
        comment="Code run outside submissions. Inserted by the api.",
        info={"owner": "grader"},
    )
    op.create_index(
        "ix_playground_runs_unfinished",
        "playground_runs",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state <> 'finished'"),
    )
    op.create_index(
        "ix_playground_runs_user", "playground_runs", ["user_id", "created_at"], unique=False
    )
    op.create_table(
        "problem_statements",
        sa.Column("problem_id", sa.UUID(), nullable=False, comment="The problem."),
        sa.Column("locale", sa.Text(), nullable=False, comment="ko, en …"),
        sa.Column(
            "title", sa.Text(), nullable=False, comment="The problem's name in this language."
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="Markdown with TeX formulas."),
        sa.Column(
            "html",
            sa.Text(),
            nullable=False,
            comment="Rendered and sanitised, formulas as TeX in spans.",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_problem_statements_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("problem_id", "locale", name=op.f("pk_problem_statements")),
        comment="Statements, one for each language.",
        info={"owner": "api"},
    )
    op.create_table(
        "problem_statistics",
        sa.Column("problem_id", sa.UUID(), nullable=False, comment="Which."),
        sa.Column(
            "submissions",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Judged ones.",
        ),
        sa.Column(
            "accepted",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Those with AC.",
        ),
        sa.Column(
            "solvers",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="People with an AC.",
        ),
        sa.Column(
            "refreshed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was derived.",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_problem_statistics_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem_statistics")),
        comment="Counts for each problem, rebuilt by upkeep.",
        info={"owner": "scheduler"},
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("user_id", sa.UUID(), nullable=False, comment="Who sent it."),
        sa.Column("problem_id", sa.UUID(), nullable=False, comment="For what."),
        sa.Column("language_id", sa.Text(), nullable=False, comment="Kattis id of a language."),
        sa.Column(
            "entry_point", sa.Text(), nullable=True, comment="File or class to start; null: usual."
        ),
        sa.Column(
            "source_bytes", sa.Integer(), nullable=False, comment="Size of all files together."
        ),
        sa.Column(
            "is_jury",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="A jury program: in no list, count or ranking.",
        ),
        sa.Column(
            "ip_address",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Sender's; jury only.",
        ),
        sa.Column(
            "submitted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the api took it; it counts by it.",
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problems.id"], name=op.f("fk_submissions_problem_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_submissions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        comment="Programs as they were sent; immutable. Ordered in time by id.",
        info={"owner": "api"},
    )
    op.create_index(
        "ix_submissions_problem",
        "submissions",
        ["problem_id", sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_submissions_user",
        "submissions",
        ["user_id", sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.UUID(), nullable=False, comment="UUIDv7."),
        sa.Column("submission_id", sa.UUID(), nullable=False, comment="What is judged."),
        sa.Column(
            "data_set_id",
            sa.UUID(),
            nullable=False,
            comment="The version of the data it is judged on.",
        ),
        sa.Column("lane", sa.Text(), nullable=False, comment="contracts.queues.Lane."),
        sa.Column(
            "state", sa.Text(), server_default="queued", nullable=False, comment="contracts State."
        ),
        sa.Column(
            "claim",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Raised by each claim; the fence of every write.",
        ),
        sa.Column(
            "claimed_by",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="The grader, for people.",
        ),
        sa.Column(
            "lease_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Until when the claim holds; null: nobody works on it.",
        ),
        sa.Column(
            "not_before",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Not to be claimed before.",
        ),
        sa.Column(
            "failures",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="Claims that ended by a fault of ours.",
        ),
        sa.Column(
            "verdict", sa.Text(), nullable=True, comment="contracts Verdict; null: not finished."
        ),
        sa.Column("points", sa.Numeric(), nullable=True, comment="In scored problems."),
        sa.Column("max_points", sa.Numeric(), nullable=True, comment="In scored problems."),
        sa.Column("cpu_time_ms", sa.Integer(), nullable=True, comment="Of the slowest run."),
        sa.Column("memory_kib", sa.BigInteger(), nullable=True, comment="Of the largest run."),
        sa.Column(
            "compile_output",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="The compiler's words.",
        ),
        sa.Column(
            "reason", sa.Text(), server_default="", nullable=False, comment="Why JE; for the jury."
        ),
        sa.Column(
            "valid",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="The one of its submission that counts.",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was queued.",
        ),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was last claimed.",
        ),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the verdict was written.",
        ),
        sa.CheckConstraint(
            "(state = 'finished') = (verdict IS NOT NULL)", name=op.f("ck_judgements_finished")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'compiling', 'running', 'finished')",
            name=op.f("ck_judgements_state"),
        ),
        sa.CheckConstraint(
            "verdict IN ('AC', 'WA', 'TLE', 'MLE', 'OLE', 'RTE', 'CE', 'JE', 'PT')",
            name=op.f("ck_judgements_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["data_set_id"], ["data_sets.id"], name=op.f("fk_judgements_data_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_judgements_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        comment="Judgings. Inserted by the api, which also flips valid.",
        info={"owner": "grader"},
        postgresql_with={"fillfactor": 70, "autovacuum_vacuum_scale_factor": 0.02},
    )
    op.create_index("ix_judgements_submission", "judgements", ["submission_id"], unique=False)
    op.create_index(
        "ix_judgements_unfinished",
        "judgements",
        ["lane", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'finished'"),
    )
    op.create_index(
        "uq_judgements_valid",
        "judgements",
        ["submission_id"],
        unique=True,
        postgresql_where=sa.text("valid"),
    )
    op.create_table(
        "playground_cases",
        sa.Column("playground_run_id", sa.UUID(), nullable=False, comment="Whose."),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="From 1; the sample's ordinal."),
        sa.Column(
            "verdict", sa.Text(), nullable=True, comment="Null: ran well, nothing to compare with."
        ),
        sa.Column("stdout", sa.LargeBinary(), nullable=False, comment="What it printed, cut."),
        sa.Column("stderr", sa.LargeBinary(), nullable=False, comment="Likewise."),
        sa.Column(
            "output_truncated",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Some of it was cut off.",
        ),
        sa.Column("cpu_time_ms", sa.Integer(), nullable=False, comment="User and system."),
        sa.Column("wall_time_ms", sa.Integer(), nullable=False, comment="By the clock."),
        sa.Column("memory_kib", sa.BigInteger(), nullable=False, comment="Peak."),
        sa.Column("exit_code", sa.Integer(), nullable=True, comment="Null: ended by a signal."),
        sa.Column("signal", sa.Integer(), nullable=True, comment="The signal that ended it."),
        sa.Column(
            "message", sa.Text(), server_default="", nullable=False, comment="The checker's words."
        ),
        sa.ForeignKeyConstraint(
            ["playground_run_id"],
            ["playground_runs.id"],
            name=op.f("fk_playground_cases_playground_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("playground_run_id", "ordinal", name=op.f("pk_playground_cases")),
        comment="What playground runs printed.",
        info={"owner": "grader"},
    )
    op.create_table(
        "submission_files",
        sa.Column("submission_id", sa.UUID(), nullable=False, comment="Whose."),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="From 0, as sent."),
        sa.Column("name", sa.Text(), nullable=False, comment="A plain file name."),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="The text as sent."),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_submission_files_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "ordinal", name=op.f("pk_submission_files")),
        comment="The files of submissions; immutable.",
        info={"owner": "api"},
    )
    op.create_table(
        "test_cases",
        sa.Column("data_set_id", sa.UUID(), nullable=False, comment="The data set."),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="From 1, order of judging."),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="Such as sample/1 or secret/03-large."
        ),
        sa.Column(
            "group_name",
            sa.Text(),
            nullable=False,
            comment="sample, secret or a test group's name.",
        ),
        sa.Column(
            "is_sample",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Shown in the statement.",
        ),
        sa.Column("input_sha256", sa.Text(), nullable=False, comment="The input."),
        sa.Column("answer_sha256", sa.Text(), nullable=False, comment="The answer."),
        sa.ForeignKeyConstraint(
            ["answer_sha256"], ["blobs.sha256"], name=op.f("fk_test_cases_answer_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["data_set_id"],
            ["data_sets.id"],
            name=op.f("fk_test_cases_data_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["input_sha256"], ["blobs.sha256"], name=op.f("fk_test_cases_input_sha256")
        ),
        sa.PrimaryKeyConstraint("data_set_id", "ordinal", name=op.f("pk_test_cases")),
        sa.UniqueConstraint("data_set_id", "name", name=op.f("uq_test_cases_data_set_id_name")),
        comment="Test cases of a data set; immutable.",
        info={"owner": "api"},
    )
    op.create_table(
        "runs",
        sa.Column("judgement_id", sa.UUID(), nullable=False, comment="Whose."),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="The test case's ordinal."),
        sa.Column("verdict", sa.Text(), nullable=False, comment="contracts Verdict."),
        sa.Column("points", sa.Numeric(), nullable=True, comment="In scored problems."),
        sa.Column("cpu_time_ms", sa.Integer(), nullable=False, comment="User and system."),
        sa.Column("wall_time_ms", sa.Integer(), nullable=False, comment="By the clock."),
        sa.Column("memory_kib", sa.BigInteger(), nullable=False, comment="Peak."),
        sa.Column(
            "exit_code", sa.Integer(), nullable=True, comment="Null: ended by a signal, or skipped."
        ),
        sa.Column("signal", sa.Integer(), nullable=True, comment="The signal that ended it."),
        sa.Column(
            "message", sa.Text(), server_default="", nullable=False, comment="The checker's words."
        ),
        sa.CheckConstraint(
            "verdict IN ('AC', 'WA', 'TLE', 'MLE', 'OLE', 'RTE', 'JE', 'PT', 'SK')",
            name=op.f("ck_runs_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["judgements.id"],
            name=op.f("fk_runs_judgement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("judgement_id", "ordinal", name=op.f("pk_runs")),
        comment="Executions on test cases.",
        info={"owner": "grader"},
    )
    op.execute(DELETE_EXPIRED)


def downgrade() -> None:
    """Undo."""
    op.execute("DROP FUNCTION delete_expired()")
    op.drop_table("runs")
    op.drop_table("test_cases")
    op.drop_table("submission_files")
    op.drop_table("playground_cases")
    op.drop_index("uq_judgements_valid", table_name="judgements", postgresql_where=sa.text("valid"))
    op.drop_index(
        "ix_judgements_unfinished",
        table_name="judgements",
        postgresql_where=sa.text("state <> 'finished'"),
    )
    op.drop_index("ix_judgements_submission", table_name="judgements")
    op.drop_table("judgements")
    op.drop_index("ix_submissions_user", table_name="submissions")
    op.drop_index("ix_submissions_problem", table_name="submissions")
    op.drop_table("submissions")
    op.drop_table("problem_statistics")
    op.drop_table("problem_statements")
    op.drop_index("ix_playground_runs_user", table_name="playground_runs")
    op.drop_index(
        "ix_playground_runs_unfinished",
        table_name="playground_runs",
        postgresql_where=sa.text("state <> 'finished'"),
    )
    op.drop_table("playground_runs")
    op.drop_table("jury_programs")
    op.drop_constraint("fk_problems_data_set_id", "problems", type_="foreignkey")
    op.drop_table("data_sets")
    op.drop_index(op.f("ix_sessions_user_id"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_expires_at"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_ranking_rows_place_user_id"), table_name="ranking_rows")
    op.drop_table("ranking_rows")
    op.drop_index(op.f("ix_problems_tags"), table_name="problems", postgresql_using="gin")
    op.drop_table("problems")
    op.drop_index(op.f("ix_personal_access_tokens_user_id"), table_name="personal_access_tokens")
    op.drop_table("personal_access_tokens")
    op.drop_index(op.f("ix_password_resets_user_id"), table_name="password_resets")
    op.drop_table("password_resets")
    op.drop_index(op.f("ix_email_verifications_user_id"), table_name="email_verifications")
    op.drop_table("email_verifications")
    op.drop_table("blob_chunks")
    op.drop_table("announcements")
    op.drop_index("uq_users_username_lower", table_name="users")
    op.drop_index("uq_users_email_lower", table_name="users")
    op.drop_table("users")
    op.drop_table("site_statistics")
    op.drop_table("languages")
    op.drop_index("uq_deliveries_cause", table_name="deliveries")
    op.drop_index(
        "ix_deliveries_due", table_name="deliveries", postgresql_where=sa.text("state = 'waiting'")
    )
    op.drop_table("deliveries")
    op.drop_table("blobs")
