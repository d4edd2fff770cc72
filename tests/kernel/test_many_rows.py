"""Many rows written at once."""

import enum
from datetime import date

import pytest
from sqlalchemy import Column, Date, Enum, Integer, LargeBinary, MetaData, Table, UniqueConstraint, select
from sqlalchemy.orm import Session

from concierge.kernel.db import db
from concierge.kernel.many_rows import add_rows

MONDAY, TUESDAY = date(2026, 4, 20), date(2026, 4, 21)


class Kind(enum.Enum):
    """What is counted."""

    PLACE = "place"
    SEAT = "seat"


COUNTED = Table(
    "trial_counted",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("kind", Enum(Kind, native_enum=False, values_callable=lambda kinds: [k.value for k in kinds])),
    Column("day", Date),
    Column("used", Integer),
    Column("kept", LargeBinary),
    UniqueConstraint("kind", "day"),
)


@pytest.fixture
def session(desk):
    COUNTED.create(db.engine)
    with Session(db.engine) as session, session.begin():
        yield session
        session.rollback()
    COUNTED.drop(db.engine)


def stands(session):
    return [tuple(row)[1:4] for row in session.execute(select(COUNTED).order_by(COUNTED.c.id))]


def test_every_row_is_written_with_its_day_and_its_word(session):
    add_rows(
        session,
        COUNTED,
        ("kind", "day", "used"),
        [(Kind.PLACE, MONDAY, 3), (Kind.SEAT, TUESDAY, None)],
    )

    assert stands(session) == [(Kind.PLACE, MONDAY, 3), (Kind.SEAT, TUESDAY, None)]


def test_a_row_that_stands_gives_way_to_the_new_one(session):
    key = ("kind", "day")
    add_rows(session, COUNTED, (*key, "used"), [(Kind.PLACE, MONDAY, 3), (Kind.SEAT, MONDAY, 1)], at=key)

    add_rows(session, COUNTED, (*key, "used"), [(Kind.PLACE, MONDAY, 7)], at=key)

    assert stands(session) == [(Kind.PLACE, MONDAY, 7), (Kind.SEAT, MONDAY, 1)]


def test_bytes_are_kept_as_they_are(session):
    add_rows(session, COUNTED, ("day", "kept"), [(MONDAY, b"\x00\xff\n")])

    assert session.execute(select(COUNTED.c.kept)).scalar_one() == b"\x00\xff\n"


@pytest.mark.postgres
def test_a_server_reads_every_kind_of_value_out_of_its_one_text(postgres_desk):
    COUNTED.create(db.engine)
    with Session(db.engine) as session, session.begin():
        rows = [(Kind.PLACE, MONDAY, 3, b"\x00\xff\n"), (Kind.SEAT, TUESDAY, None, None)]
        add_rows(session, COUNTED, ("kind", "day", "used", "kept"), rows, at=("kind", "day"))

        assert [tuple(row)[1:] for row in session.execute(select(COUNTED).order_by(COUNTED.c.id))] == rows
    COUNTED.drop(db.engine)


def test_columns_out_of_the_order_of_their_table_are_refused(session):
    with pytest.raises(TypeError, match="in the order of their table"):
        add_rows(session, COUNTED, ("day", "kind"), [(MONDAY, Kind.PLACE)])


def test_without_rows_nothing_is_asked_of_the_database(session):
    add_rows(session, COUNTED, ("nowhere",), [])

    assert stands(session) == []
