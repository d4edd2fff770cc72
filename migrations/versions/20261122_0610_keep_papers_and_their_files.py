"""keep papers and their files

Revision: d21c7a4f3b52, after d10b6f3e2a41
"""

import sqlalchemy as sa
from alembic import op

revision = "d21c7a4f3b52"
down_revision = "d10b6f3e2a41"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals_one_time_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("tell_by", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("told_by", sa.String(length=255), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_one_time_notice_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_one_time_notice_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_one_time_notice_project", "approvals_one_time_notice", ["project_id"], unique=False
    )
    op.create_index(
        "ux_approvals_one_time_notice", "approvals_one_time_notice", ["step_id", "attempt"], unique=True
    )
    op.create_index(
        "ux_approvals_one_time_notice_number", "approvals_one_time_notice", ["number"], unique=True
    )
    op.create_table(
        "approvals_paper_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "counter",
                "online",
                "courier",
                "department",
                "shared",
                "result",
                name="way",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("taken_in_at", sa.DateTime(), nullable=False),
        sa.Column("taken_in_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_in_by", sa.String(length=255), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "finding", sa.Enum("fit", "unfit", name="finding", native_enum=False, length=32), nullable=True
        ),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("found_by", sa.String(length=255), nullable=False),
        sa.Column("found_reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=255), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(finding IS NULL) = (found_on IS NULL) AND (finding IS NULL OR finding = 'fit' OR found_reason <> '')",
            name="ck_approvals_paper_version_finding",
        ),
        sa.CheckConstraint("number > 0", name="ck_approvals_paper_version_number"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_paper_version_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_paper_version_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_paper_version_step", "approvals_paper_version", ["step_id"], unique=False)
    op.create_index(
        "ux_approvals_paper_version",
        "approvals_paper_version",
        ["project_id", "material", "number"],
        unique=True,
    )
    op.create_table(
        "approvals_notice_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column(
            "fault", sa.Enum("missing", "unfit", name="fault", native_enum=False, length=32), nullable=False
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["approvals_one_time_notice.id"], name="fk_approvals_notice_item_notice"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_approvals_notice_item", "approvals_notice_item", ["notice_id", "position"], unique=True
    )
    op.create_table(
        "approvals_paper_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.CheckConstraint("size_bytes >= 0", name="ck_approvals_paper_file_size"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_paper_file_project"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["approvals_paper_version.id"], name="fk_approvals_paper_file_version"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_paper_file_key", "approvals_paper_file", ["key"], unique=False)
    op.create_index("ix_approvals_paper_file_project", "approvals_paper_file", ["project_id"], unique=False)
    op.create_index(
        "ux_approvals_paper_file", "approvals_paper_file", ["version_id", "position"], unique=True
    )
    op.create_table(
        "approvals_second_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["approvals_one_time_notice.id"], name="fk_approvals_second_list_notice"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_second_list_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_second_list_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_second_list_project", "approvals_second_list", ["project_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_approvals_second_list_project", table_name="approvals_second_list")
    op.drop_table("approvals_second_list")
    op.drop_index("ux_approvals_paper_file", table_name="approvals_paper_file")
    op.drop_index("ix_approvals_paper_file_project", table_name="approvals_paper_file")
    op.drop_index("ix_approvals_paper_file_key", table_name="approvals_paper_file")
    op.drop_table("approvals_paper_file")
    op.drop_index("ux_approvals_notice_item", table_name="approvals_notice_item")
    op.drop_table("approvals_notice_item")
    op.drop_index("ux_approvals_paper_version", table_name="approvals_paper_version")
    op.drop_index("ix_approvals_paper_version_step", table_name="approvals_paper_version")
    op.drop_table("approvals_paper_version")
    op.drop_index("ux_approvals_one_time_notice_number", table_name="approvals_one_time_notice")
    op.drop_index("ux_approvals_one_time_notice", table_name="approvals_one_time_notice")
    op.drop_index("ix_approvals_one_time_notice_project", table_name="approvals_one_time_notice")
    op.drop_table("approvals_one_time_notice")
