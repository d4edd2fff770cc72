"""add lists as PDF to packages and archives

Revision: 756597bab401, after 5b1e0c7a94d3
"""

import sqlalchemy as sa
from alembic import op

revision = "756597bab401"
down_revision = "5b1e0c7a94d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents_package") as table:
        table.add_column(sa.Column("list_key", sa.String(length=255), nullable=True))
        table.add_column(sa.Column("list_size_bytes", sa.Integer(), server_default="0", nullable=False))
        table.create_index("ix_documents_package_list", ["list_key"])
    with op.batch_alter_table("documents_archive") as table:
        table.add_column(sa.Column("index_key", sa.String(length=255), nullable=True))
        table.add_column(sa.Column("index_size_bytes", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("documents_archive") as table:
        table.drop_column("index_size_bytes")
        table.drop_column("index_key")
    with op.batch_alter_table("documents_package") as table:
        table.drop_index("ix_documents_package_list")
        table.drop_column("list_size_bytes")
        table.drop_column("list_key")
