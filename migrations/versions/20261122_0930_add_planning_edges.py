"""add planning edges

Revision: d3fcad64b7df, after cfcc418d0d30
"""

revision = "d3fcad64b7df"
down_revision = "cfcc418d0d30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
