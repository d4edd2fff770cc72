"""Pick up a case to do something about it: locked, in sight, and running."""

from __future__ import annotations

from concierge.kernel.work import Work
from concierge.service.models.case import ServiceCase
from concierge.service.queries.sight import require_sight
from concierge.service.rules.course import require_running


def pick_up_case(
    w: Work, case_id: int, *, version: int | None = None, may_be_suspended: bool = False
) -> ServiceCase:
    """The case, locked for update.

    Raises: Missing, when there is none or it is out of sight; Stale; CaseClosed, CaseSuspended.
    """
    require_sight(w.session, w.by, case_id)
    case = w.get(ServiceCase, case_id, version=version)
    require_running(case.state, may_be_suspended=may_be_suspended)
    return case
