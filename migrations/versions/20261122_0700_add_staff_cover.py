"""add staff cover

Revision: f70f7f3d53ad, after f69d3b8a1c47
"""

import sqlalchemy as sa
from alembic import op

revision = "f70f7f3d53ad"
down_revision = "f69d3b8a1c47"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("is_zone_office", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("grids", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["ab_user.id"], name="fk_staff_team_lead"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "staff_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("office", sa.String(length=255), nullable=False),
        sa.Column("grid", sa.String(length=255), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("papers", sa.String(length=255), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_staff_profile_person"),
        sa.ForeignKeyConstraint(["team_id"], ["staff_team.id"], name="fk_staff_profile_team"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_index(op.f("ix_staff_profile_team_id"), "staff_profile", ["team_id"], unique=False)
    op.create_table(
        "staff_cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column(
            "cause", sa.Enum("named", "head", name="covercause", native_enum=False, length=32), nullable=False
        ),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_by", sa.String(length=255), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name="ck_staff_cover_days"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_staff_cover_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_staff_cover_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_cover_last_on"), "staff_cover", ["last_on"], unique=False)
    op.create_index("ix_staff_cover_person", "staff_cover", ["person_id", "last_on"], unique=False)
    op.create_index("ix_staff_cover_project", "staff_cover", ["project_id", "last_on"], unique=False)
    op.create_table(
        "staff_stage_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("attraction", "construction", "operation", name="stage", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("since_at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_staff_stage_post_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_staff_stage_post_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_stage_post_person_id"), "staff_stage_post", ["person_id"], unique=False)
    op.create_index(
        "ix_staff_stage_post_project", "staff_stage_post", ["project_id", "until_at"], unique=False
    )
    op.add_column("staff_absence", sa.Column("from_time", sa.Time(), nullable=True))
    op.add_column("staff_absence", sa.Column("until_time", sa.Time(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff_absence", "until_time")
    op.drop_column("staff_absence", "from_time")
    op.drop_index("ix_staff_stage_post_project", table_name="staff_stage_post")
    op.drop_index(op.f("ix_staff_stage_post_person_id"), table_name="staff_stage_post")
    op.drop_table("staff_stage_post")
    op.drop_index("ix_staff_cover_project", table_name="staff_cover")
    op.drop_index("ix_staff_cover_person", table_name="staff_cover")
    op.drop_index(op.f("ix_staff_cover_last_on"), table_name="staff_cover")
    op.drop_table("staff_cover")
    op.drop_index(op.f("ix_staff_profile_team_id"), table_name="staff_profile")
    op.drop_table("staff_profile")
    op.drop_table("staff_team")
