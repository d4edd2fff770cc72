"""pack booked days

What is booked is kept a year to a row: every event read some nine hundred rows of a day, and wrote two hundred.

Revision: 3d7a9c41e8b2, after 5b8e1f7d20c4
"""

import datetime

import sqlalchemy as sa
from alembic import op

revision = "3d7a9c41e8b2"
down_revision = "5b8e1f7d20c4"
branch_labels = None
depends_on = None

DAYS = 366


def _keyed():
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("bench", "officer", "seat", name="booked", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
    )


def upgrade() -> None:
    years = op.create_table(
        "projects_booked_year",
        *_keyed(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("taken", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_projects_booked_year", "projects_booked_year", ["key", "kind", "half", "year"], unique=True
    )
    days = sa.table(
        "projects_booked_day",
        *(sa.column(name) for name in ("kind", "key", "half", "used")),
        sa.column("day", sa.Date()),
    )
    found = {}
    for row in op.get_bind().execute(sa.select(days)):
        taken = found.setdefault((row.kind, row.key, row.half, row.day.year), [0] * DAYS)
        taken[row.day.timetuple().tm_yday - 1] = row.used
    if found:
        op.bulk_insert(
            years,
            [
                {
                    "kind": kind,
                    "key": key,
                    "half": half,
                    "year": year,
                    "taken": b"".join(used.to_bytes(4, "little", signed=True) for used in taken),
                }
                for (kind, key, half, year), taken in found.items()
            ],
        )
    op.drop_table("projects_booked_day")


def downgrade() -> None:
    days = op.create_table(
        "projects_booked_day",
        *_keyed(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_projects_booked_day", "projects_booked_day", ["kind", "key", "day", "half"], unique=True
    )
    years = sa.table(
        "projects_booked_year", *(sa.column(name) for name in ("kind", "key", "half", "year", "taken"))
    )
    rows = []
    for row in op.get_bind().execute(sa.select(years)):
        first = datetime.date(row.year, 1, 1)
        for place in range(DAYS):
            used = int.from_bytes(row.taken[4 * place : 4 * place + 4], "little", signed=True)
            if used:
                day = first + datetime.timedelta(days=place)
                rows.append({"kind": row.kind, "key": row.key, "half": row.half, "day": day, "used": used})
    if rows:
        op.bulk_insert(days, rows)
    op.drop_table("projects_booked_year")
