"""How Alembic reaches the database: on the engine the caller hands over, one transaction for each
revision.
"""

from alembic import context

from concierge.kernel.db import Base, UTCDateTime, writing


def render_item(kind, item, _context):
    """Write our moment type as the plain column it is, so that no migration imports the code of today."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime()"
    return False


def run() -> None:
    """Run the migrations on the caller's engine."""
    engine = context.config.attributes["engine"]
    with writing(), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
            transactional_ddl=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
