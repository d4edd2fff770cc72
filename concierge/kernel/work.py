"""One action, one transaction: its change, its events, its trace, its jobs, all together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from concierge.kernel import clock, outbox, scope
from concierge.kernel.actor import Actor
from concierge.kernel.audit import AuditLine, add_line, canonical
from concierge.kernel.db import Base, db, writing
from concierge.kernel.errors import N_, Missing, Refusal, Stale, Unavailable
from concierge.kernel.facts import plain

Row = TypeVar("Row", bound=Base)
_open: ContextVar[bool] = ContextVar("open work", default=False)


class AlreadyThere(Refusal):
    """Two rows would be one: a number, code or day that must be unique is taken."""

    message = N_("This entry exists already. Look for it in the list, or give another number or name.")


class Work:
    """The open unit of work, handed to services and handlers as ``w``.

    Shape: ``event_id`` is the number of the event a handler answers, None anywhere else.
    """

    def __init__(self, session: Session, by: Actor) -> None:
        self.session = session
        self.by = by
        self.event_id: int | None = None

    def get(self, kind: type[Row], id: int, *, version: int | None = None) -> Row:  # noqa: A002  (the row's own word)
        """The row, locked for update and inside the actor's scope.

        Raises: Missing, when there is none or it is out of scope; Stale, when ``version`` is not the row's
        any more.
        """
        asked = select(kind).where(kind.id == id)  # type: ignore[attr-defined]  # every row of ours has one
        row = self.session.execute(asked.with_for_update()).scalar_one_or_none()
        if row is None:
            raise Missing
        column = "id" if kind.__tablename__ == "projects_project" else "project_id"
        project_id = getattr(row, column, None)
        if project_id is not None:
            scope.require(self.session, self.by, project_id)
        if version is not None and getattr(row, "version", version) != version:
            raise Stale
        return row

    def add(self, row: Row) -> Row:
        """Add a row and give it its number."""
        self.session.add(row)
        self.session.flush()
        return row

    def record(self, event: Any, *, project_id: int | None = None) -> None:
        """Tell what happened: an event row, an audit line, and one job for each handler of the event.

        Shape: ``event`` is a frozen dataclass; its ``project_id`` is taken when it has one.
        """
        from concierge.kernel.addon import handlers_of  # the loader knows the manifests; it needs rows itself

        name = f"{type(event).__module__}:{type(event).__qualname__}"
        facts = canonical(plain(event))
        project = project_id if project_id is not None else getattr(event, "project_id", None)
        at = clock.now()
        happened = {"at": at, "name": name, "project_id": project, "facts": facts}
        outbox.tell(self.session, happened, handlers_of(name))
        add_line(
            self.session,
            AuditLine(
                at=at,
                actor_id=self.by.id,
                actor=self.by.label,
                act=type(event).__name__,
                project_id=project,
                facts=facts,
            ),
        )

    def enqueue(
        self, task: str, *, dedupe_key: str | None = None, after: timedelta = timedelta(), **args: Any
    ) -> None:
        """Have a task done after this work is committed."""
        outbox.enqueue(self.session, task, args, dedupe_key=dedupe_key, after=after)


@contextmanager
def work(by: Actor) -> Iterator[Work]:
    """Open a unit of work; it commits when the block ends and leaves nothing behind when the block raises.

    Raises: RuntimeError, inside another work; Stale, AlreadyThere, Unavailable for what the database says.
    """
    if _open.get():
        raise RuntimeError("work() inside work(): pass the open one on as the first parameter.")
    token = _open.set(True)
    try:
        with writing(), Session(db.engine, expire_on_commit=False) as session, session.begin():
            yield Work(session, by)
    except StaleDataError:
        raise Stale from None
    except IntegrityError as error:
        raise AlreadyThere from error
    except OperationalError as error:
        raise Unavailable from error
    finally:
        _open.reset(token)


@contextmanager
def reading() -> Iterator[Session]:
    """A session for questions outside a web request; nothing it does is kept."""
    with Session(db.engine) as session:
        yield session
