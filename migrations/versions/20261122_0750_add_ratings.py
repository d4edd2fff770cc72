"""add ratings

Revision: f75bd3d05753, after f74dc24b7dba
"""

import sqlalchemy as sa
from alembic import op

revision = "f75bd3d05753"
down_revision = "f74dc24b7dba"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ratings_process_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "told_at_once",
                "few_trips",
                "kept_promise",
                "came_to_us",
                "friendly",
                "progress_seen",
                "not_told_at_once",
                "extra_papers",
                "late",
                "sent_around",
                "nobody_reached",
                "unfriendly",
                "charged",
                name="reason",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quarter_first_on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name="ck_ratings_process_change_answer"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_ratings_process_change",
        "ratings_process_change",
        ["department", "reason", "quarter_first_on"],
        unique=True,
    )
    op.create_table(
        "ratings_appraised",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quarter_first_on", sa.Date(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "on_time",
                "satisfied",
                "chased",
                "first_time",
                "handed_over",
                "cases",
                name="measure",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("points", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("good >= 0 AND good <= total", name="ck_ratings_appraised_counts"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_ratings_appraised_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_ratings_appraised_quarter_first_on"), "ratings_appraised", ["quarter_first_on"], unique=False
    )
    op.create_index(
        "ux_ratings_appraised", "ratings_appraised", ["person_id", "quarter_first_on", "measure"], unique=True
    )
    op.create_table(
        "ratings_occasion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("step", "service", "project", name="rated", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("promised_end_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=True),
        sa.Column("link_made_at", sa.DateTime(), nullable=True),
        sa.Column("link_made_by", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("token_hash", sa.String(length=255), nullable=True),
        sa.Column("handle", sa.String(length=255), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_ratings_occasion_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_ratings_occasion_closed_on"), "ratings_occasion", ["closed_on"], unique=False)
    op.create_index(
        "ix_ratings_occasion_department", "ratings_occasion", ["department", "closed_on"], unique=False
    )
    op.create_index(
        "ix_ratings_occasion_invite", "ratings_occasion", ["invited_at", "closed_on"], unique=False
    )
    op.create_index(op.f("ix_ratings_occasion_project_id"), "ratings_occasion", ["project_id"], unique=False)
    op.create_index("ux_ratings_occasion_handle", "ratings_occasion", ["handle"], unique=True)
    op.create_index(
        "ux_ratings_occasion_once", "ratings_occasion", ["kind", "source_id", "attempt"], unique=True
    )
    op.create_index("ux_ratings_occasion_token", "ratings_occasion", ["token_hash"], unique=True)
    op.create_table(
        "ratings_rated_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occasion_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("post", sa.String(length=255), nullable=False),
        sa.Column("is_acting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["ratings_occasion.id"], name="fk_ratings_rated_person_occasion"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_ratings_rated_person_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ratings_rated_person", "ratings_rated_person", ["person_id"], unique=False)
    op.create_index(
        "ux_ratings_rated_person", "ratings_rated_person", ["occasion_id", "person_id"], unique=True
    )
    op.create_table(
        "ratings_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occasion_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "very_satisfied",
                "satisfied",
                "fairly_satisfied",
                "dissatisfied",
                "very_dissatisfied",
                name="level",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("rater_name", sa.String(length=255), nullable=False),
        sa.Column("rater_phone", sa.String(length=255), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("link", "paper", "phone", name="channel", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "NOT is_anonymous OR (rater_name = '' AND rater_phone = '')", name="ck_ratings_rating"
        ),
        sa.ForeignKeyConstraint(["occasion_id"], ["ratings_occasion.id"], name="fk_ratings_rating_occasion"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_ratings_rating_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_ratings_rating_department", "ratings_rating", ["department", "given_on"], unique=False
    )
    op.create_index(op.f("ix_ratings_rating_given_on"), "ratings_rating", ["given_on"], unique=False)
    op.create_index(op.f("ix_ratings_rating_project_id"), "ratings_rating", ["project_id"], unique=False)
    op.create_index("ux_ratings_rating_occasion", "ratings_rating", ["occasion_id"], unique=True)
    op.create_table(
        "ratings_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("speaker", sa.String(length=255), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "ruling",
            sa.Enum("upheld", "rejected", name="ruling", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(decided_on IS NULL) = (ruling IS NULL)", name="ck_ratings_appeal_ruling"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_ratings_appeal_project"),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings_rating.id"], name="fk_ratings_appeal_rating"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_ratings_appeal_project_id"), "ratings_appeal", ["project_id"], unique=False)
    op.create_index("ux_ratings_appeal_rating", "ratings_appeal", ["rating_id"], unique=True)
    op.create_table(
        "ratings_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "very_satisfied",
                "satisfied",
                "fairly_satisfied",
                "dissatisfied",
                "very_dissatisfied",
                name="level",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings_rating.id"], name="fk_ratings_follow_up_rating"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_ratings_follow_up", "ratings_follow_up", ["rating_id"], unique=True)
    op.create_table(
        "ratings_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "told_at_once",
                "few_trips",
                "kept_promise",
                "came_to_us",
                "friendly",
                "progress_seen",
                "not_told_at_once",
                "extra_papers",
                "late",
                "sent_around",
                "nobody_reached",
                "unfriendly",
                "charged",
                name="reason",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings_rating.id"], name="fk_ratings_reason_rating"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_ratings_reason", "ratings_reason", ["rating_id", "reason"], unique=True)
    op.create_table(
        "ratings_redress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("contact_due_on", sa.Date(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.Column("contacted_at", sa.DateTime(), nullable=True),
        sa.Column("contacted_by_id", sa.Integer(), nullable=True),
        sa.Column("contacted_by", sa.String(length=255), nullable=False),
        sa.Column(
            "finding",
            sa.Enum("clear", "complex", "unfounded", name="finding", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("rectify_due_on", sa.Date(), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("rectified_at", sa.DateTime(), nullable=True),
        sa.Column("rectified_by_id", sa.Integer(), nullable=True),
        sa.Column("rectified_by", sa.String(length=255), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("called_back_on", sa.Date(), nullable=True),
        sa.Column("called_back_at", sa.DateTime(), nullable=True),
        sa.Column("called_back_by_id", sa.Integer(), nullable=True),
        sa.Column("called_back_by", sa.String(length=255), nullable=False),
        sa.Column(
            "satisfied_after",
            sa.Enum(
                "very_satisfied",
                "satisfied",
                "fairly_satisfied",
                "dissatisfied",
                "very_dissatisfied",
                name="level",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("call_back_note", sa.Text(), nullable=False),
        sa.Column("set_aside_on", sa.Date(), nullable=True),
        sa.Column(
            "late_told",
            sa.Enum(
                "contact",
                "rectify",
                "call_back",
                "closed",
                "set_aside",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "called_back_on IS NULL OR rectified_on IS NOT NULL", name="ck_ratings_redress_call_back"
        ),
        sa.CheckConstraint(
            "rectified_on IS NULL OR contacted_on IS NOT NULL", name="ck_ratings_redress_contact"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_ratings_redress_project"),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings_rating.id"], name="fk_ratings_redress_rating"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_ratings_redress_department", "ratings_redress", ["department", "given_on"], unique=False
    )
    op.create_index(op.f("ix_ratings_redress_project_id"), "ratings_redress", ["project_id"], unique=False)
    op.create_index("ux_ratings_redress_rating", "ratings_redress", ["rating_id"], unique=True)
    op.create_table(
        "ratings_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redress_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("is_reached", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["redress_id"], ["ratings_redress.id"], name="fk_ratings_contact_redress"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ratings_contact_redress", "ratings_contact", ["redress_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_ratings_contact_redress", table_name="ratings_contact")
    op.drop_table("ratings_contact")
    op.drop_index("ux_ratings_redress_rating", table_name="ratings_redress")
    op.drop_index(op.f("ix_ratings_redress_project_id"), table_name="ratings_redress")
    op.drop_index("ix_ratings_redress_department", table_name="ratings_redress")
    op.drop_table("ratings_redress")
    op.drop_index("ux_ratings_reason", table_name="ratings_reason")
    op.drop_table("ratings_reason")
    op.drop_index("ux_ratings_follow_up", table_name="ratings_follow_up")
    op.drop_table("ratings_follow_up")
    op.drop_index("ux_ratings_appeal_rating", table_name="ratings_appeal")
    op.drop_index(op.f("ix_ratings_appeal_project_id"), table_name="ratings_appeal")
    op.drop_table("ratings_appeal")
    op.drop_index("ux_ratings_rating_occasion", table_name="ratings_rating")
    op.drop_index(op.f("ix_ratings_rating_project_id"), table_name="ratings_rating")
    op.drop_index(op.f("ix_ratings_rating_given_on"), table_name="ratings_rating")
    op.drop_index("ix_ratings_rating_department", table_name="ratings_rating")
    op.drop_table("ratings_rating")
    op.drop_index("ux_ratings_rated_person", table_name="ratings_rated_person")
    op.drop_index("ix_ratings_rated_person", table_name="ratings_rated_person")
    op.drop_table("ratings_rated_person")
    op.drop_index("ux_ratings_occasion_token", table_name="ratings_occasion")
    op.drop_index("ux_ratings_occasion_once", table_name="ratings_occasion")
    op.drop_index("ux_ratings_occasion_handle", table_name="ratings_occasion")
    op.drop_index(op.f("ix_ratings_occasion_project_id"), table_name="ratings_occasion")
    op.drop_index("ix_ratings_occasion_invite", table_name="ratings_occasion")
    op.drop_index("ix_ratings_occasion_department", table_name="ratings_occasion")
    op.drop_index(op.f("ix_ratings_occasion_closed_on"), table_name="ratings_occasion")
    op.drop_table("ratings_occasion")
    op.drop_index("ux_ratings_appraised", table_name="ratings_appraised")
    op.drop_index(op.f("ix_ratings_appraised_quarter_first_on"), table_name="ratings_appraised")
    op.drop_table("ratings_appraised")
    op.drop_index("ux_ratings_process_change", table_name="ratings_process_change")
    op.drop_table("ratings_process_change")
