"""Open a file of a paper: who reads what enterprises handed in is on record."""

from __future__ import annotations

from approvals.events.papers import PaperOpened
from approvals.models.paper import PaperFileRow, PaperVersionRow
from approvals.rules.papers import HeldFile
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import work


def open_paper(project_id: int, file_id: int, *, by: Actor) -> HeldFile:
    """The file to hand out, if it is one of this project's and the project is in the reader's charge.

    Raises: Missing.
    Effects: tells ``PaperOpened``.
    """
    with work(by) as w:
        file = w.get(PaperFileRow, file_id)
        if file.project_id != project_id:
            raise Missing
        version = w.get(PaperVersionRow, file.version_id)
        w.record(PaperOpened(file_id=file.id, project_id=project_id, material=version.material))
        return file.facts()
