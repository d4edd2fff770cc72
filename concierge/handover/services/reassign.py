"""Give projects of one officer to another, many at once: the chief decides, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.scope import require
from concierge.kernel.work import work
from concierge.staff import queries as staff_queries
from concierge.staff.services.assign_pair import assign_pair


class NothingChosen(Invalid):
    """No project was ticked."""

    message = N_("Tick the projects to give to somebody else.")


class WouldBeBoth(Invalid):
    """The new officer is the other one of the pair already."""

    message = N_(
        "%(name)s is the other officer of %(count)s of these projects, and A and B must be two people. "
        "Leave those out, or choose somebody else."
    )


def reassign(from_id: int, to_id: int, project_ids: Collection[int], *, by: Actor) -> int:
    """Put one officer in another's place in these projects; answers how many.

    Raises: Missing; NothingChosen; WouldBeBoth, and then nothing is changed.
    Effects: a new line for each pair; handovers and the word to the enterprises follow by themselves.
    Source: AB-8, AB-12.
    """
    with work(by) as w:
        names = {person.id: staff_queries.spoken_name(person) for person in staff_queries.agents(w.session)}
        if to_id not in names:
            raise Missing
        wanted = set(project_ids)
        duties = [duty for duty in staff_queries.duties(w.session, from_id) if duty.project_id in wanted]
        if not duties:
            raise NothingChosen(field="projects")
        both = [duty for duty in duties if to_id in (duty.a_id, duty.b_id)]
        if both:
            raise WouldBeBoth(field="to", name=names[to_id], count=len(both))
        for duty in duties:
            require(w.session, by, duty.project_id)
            a_id = to_id if duty.a_id == from_id else duty.a_id
            b_id = to_id if duty.b_id == from_id else duty.b_id
            assign_pair(w, duty.project_id, a_id, b_id)
        return len(duties)
