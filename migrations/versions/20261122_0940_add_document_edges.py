"""add document edges

Revision: 122d66d54f92, after d3fcad64b7df
"""

revision = "122d66d54f92"
down_revision = "d3fcad64b7df"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
