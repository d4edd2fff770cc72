"""date steps by project

The dated steps of a project are those of the plan that stands, and there is one of each; a new plan changes them
where they are.

Revision: 84c2d1b7f5e3, after 3d7a9c41e8b2
"""

import sqlalchemy as sa
from alembic import op

revision = "84c2d1b7f5e3"
down_revision = "3d7a9c41e8b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("projects_planned_step", schema=None) as batch_op:
        batch_op.drop_index("ix_projects_planned_step_plan_id")
        batch_op.drop_index("ix_projects_planned_step_project_id")
        batch_op.drop_constraint("fk_projects_planned_step_plan", type_="foreignkey")
        batch_op.drop_column("plan_id")
        batch_op.create_index("ux_projects_planned_step", ["project_id", "code"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("projects_planned_step", schema=None) as batch_op:
        batch_op.drop_index("ux_projects_planned_step")
        batch_op.add_column(sa.Column("plan_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE projects_planned_step SET plan_id ="
        " (SELECT plan_id FROM projects_project WHERE projects_project.id = projects_planned_step.project_id)"
    )
    with op.batch_alter_table("projects_planned_step", schema=None) as batch_op:
        batch_op.alter_column("plan_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key("fk_projects_planned_step_plan", "projects_plan", ["plan_id"], ["id"])
        batch_op.create_index("ix_projects_planned_step_plan_id", ["plan_id"], unique=False)
        batch_op.create_index("ix_projects_planned_step_project_id", ["project_id"], unique=False)
