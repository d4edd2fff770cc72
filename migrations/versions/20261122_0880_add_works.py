"""add works

Revision: 2fd2edfd5ad2, after dede2f076001
"""

import sqlalchemy as sa
from alembic import op

revision = "2fd2edfd5ad2"
down_revision = "dede2f076001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "projects_start_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_projects_start_extension_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_projects_start_extension", "projects_start_extension", ["project_id", "number"], unique=True)
    op.create_table(
        "projects_works_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("recheck_reference", sa.String(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_projects_works_stop_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_projects_works_stop_project_id", "projects_works_stop", ["project_id"])
    op.add_column(
        "staff_cover", sa.Column("opened_sight", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("staff_cover", "opened_sight")
    op.drop_table("projects_works_stop")
    op.drop_table("projects_start_extension")
