"""Stamps on papers: effects that tests can count. A table of its own, outside the system's metadata."""

from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select
from sqlalchemy.orm import Session

from concierge.kernel.db import db

metadata = MetaData()
table = Table("trial_stamp", metadata, Column("id", Integer, primary_key=True), Column("paper", String(100)))


def press(session: Session, paper: str) -> None:
    """Stamp a paper; nothing keeps it from being stamped twice."""
    session.execute(insert(table).values(paper=paper))


def on(paper: str) -> int:
    """How many stamps a paper bears."""
    with Session(db.engine) as session:
        return session.execute(select(func.count()).where(table.c.paper == paper)).scalar_one()


def papers() -> list[str]:
    """Every stamped paper, in the order of its stamps."""
    with Session(db.engine) as session:
        return list(session.execute(select(table.c.paper).order_by(table.c.id)).scalars())
