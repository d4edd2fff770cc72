"""Who may see which service case: a project's by its project, a person's by the offices that had it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.service.models.case import ServiceCase
from concierge.service.models.office import OfficeClerk, Transfer


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """The condition that keeps a query to the cases somebody may see.

    A project's case follows its project. Another is seen by whoever opened it or has it in hand, by those who
    sit in an office that has it or had it, and by those whose scope is everything.

    Source: SF-10, least data; AB-10, windows see one another's cases.
    """
    if actor.is_system:
        return true()
    seats = select(OfficeClerk.office).where(
        OfficeClerk.person_id == actor.id, OfficeClerk.until_on.is_(None)
    )
    passed = select(Transfer.case_id).where(
        Transfer.case_id == ServiceCase.id,
        or_(Transfer.from_office.in_(seats), Transfer.to_office.in_(seats)),
    )
    everything = select(scope.ScopeRow.id).where(
        scope.ScopeRow.user_id == actor.id, scope.ScopeRow.project_id.is_(None)
    )
    mine = or_(
        ServiceCase.holder_id == actor.id,
        ServiceCase.opened_by_id == actor.id,
        ServiceCase.office.in_(seats),
        passed.correlate(ServiceCase).exists(),
        everything.exists(),
    )
    return or_(
        and_(ServiceCase.project_id.is_not(None), scope.within(actor, ServiceCase.project_id)),
        and_(ServiceCase.project_id.is_(None), mine),
    )


def require_sight(session: Session, actor: Actor, case_id: int) -> None:
    """Refuse a case somebody may not see, as if it did not exist.

    Raises: Missing.
    """
    asked = select(ServiceCase.id).where(ServiceCase.id == case_id, in_sight(actor))
    if session.execute(asked).first() is None:
        raise Missing
