"""Queued work of documents: what takes time is made here, and shown on the job's page."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.kernel.work import reading
from documents.services.build_package import build, plan_of, settle


def build_package(run: Run, package_id: int) -> None:
    """Build the ZIP of a package."""
    with reading() as session:
        plan = plan_of(session, package_id)
    if plan is None:
        return
    built = build(plan)
    with run.work() as w:
        settle(w, package_id, built)
