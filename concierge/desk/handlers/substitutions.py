"""What the desk does when somebody else looks after a project. Every handler may be run twice."""

from __future__ import annotations

from concierge.desk.services.tell import tell_project
from concierge.desk.services.write_to_enterprise import write_to_enterprise
from concierge.handover.events import SubstitutionToTell
from concierge.kernel.work import Work


def tell_of_substitution(w: Work, event: SubstitutionToTell) -> None:
    """The enterprise hears the same day who acts: by SMS, or from a person who is asked to tell it."""
    if write_to_enterprise(w, event):
        return
    facts = {"name": event.name, "first_on": event.first_on, "page": f"/handovers/{event.handover_id}"}
    tell_project(w, event.project_id, "substitution_to_tell", facts, with_liaison=False)
