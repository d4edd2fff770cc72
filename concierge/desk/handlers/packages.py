"""What the desk tells of packages. Every handler may be run twice."""

from __future__ import annotations

from approvals.models.step import Step
from concierge.desk.services.tell_package import tell_package
from concierge.kernel.work import Work
from documents.events import PackageReady


def tell_of_package(w: Work, event: PackageReady) -> None:
    """A package can be fetched: its department is told, or those in charge hand its link on."""
    step = w.session.get(Step, event.step_id) if event.step_id is not None else None
    tell_package(w, event.package_id, step.code if step is not None else "")
