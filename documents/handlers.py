"""What documents do when something happened elsewhere."""

from __future__ import annotations

from concierge.kernel.work import Work
from documents.events import PackageReady, PackageReceived
from documents.queries.archives import editions_of, is_being_made
from documents.rules.keeping import Occasion
from documents.services.archive_project import ask_archive
from documents.services.keep_receipt import keep_receipt
from projects.events import ProjectEnded


def archive_ended_project(w: Work, event: ProjectEnded) -> None:
    """Lay down the file of a project that ended, once it was closed; a second delivery finds it under way."""
    editions = editions_of(w.session, event.project_id)
    is_asked = any(one.event_id is not None and one.event_id == w.event_id for one in editions)
    if not is_asked and not is_being_made(editions):
        ask_archive(w, event.project_id, Occasion.ENDED)


def write_receipt(w: Work, event: PackageReady | PackageReceived) -> None:
    """A package was built, or received: whichever comes second has its receipt written."""
    keep_receipt(w, event.package_id)
