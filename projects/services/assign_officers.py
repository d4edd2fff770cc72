"""Name or change the A and B of a project."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import work
from concierge.staff.queries import agents
from concierge.staff.services.assign_pair import assign_pair
from projects.models.project import Project
from projects.queries.ending import check_live


class NotAnOfficer(Invalid):
    """Somebody who is no concierge officer with a working account."""

    message = N_("Choose somebody from the list of concierge officers.")


def assign_officers(project_id: int, a_id: int, b_id: int, *, by: Actor) -> None:
    """Make these two the officers of a project from today on.

    Raises: Missing; ProjectClosed; PairOfOne; NotAnOfficer.
    Effects: both may see the project from now on, the two before them no longer.
    """
    with work(by) as w:
        check_live(w.get(Project, project_id))
        officers = {user.id for user in agents(w.session)}
        for person, field in ((a_id, "a_id"), (b_id, "b_id")):
            if person not in officers:
                raise NotAnOfficer(field=field)
        assign_pair(w, project_id, a_id, b_id)
