"""Queued work of documents: what takes time is made here, and shown on the job's page."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.kernel.work import reading
from documents.queries.kinds import kind_of
from documents.services import seal_document as seals
from documents.services import try_template as trials
from documents.services.archive_project import build_archive
from documents.services.build_package import build, plan_of, settle
from documents.services.print_documents import print_waiting
from documents.services.write_document import write_document


def build_package(run: Run, package_id: int) -> None:
    """Build the ZIP of a package."""
    with reading() as session:
        plan = plan_of(session, package_id)
    if plan is None:
        return
    built = build(plan)
    with run.work() as w:
        settle(w, package_id, built)


def render_document(run: Run, document_id: int) -> None:
    """Write the page of a document: the file is kept before its row names it; a second run writes nothing."""
    write_document(run, document_id)


def print_documents(run: Run) -> None:
    """Print what waits, a batch of fifty at the most; when LibreOffice is away the job is tried again."""
    print_waiting(run)


def try_template(run: Run, template_id: int) -> None:
    """Take a template that was sent in through the gate, and draw its pages."""
    with reading() as session:
        told = trials.candidate(session, template_id)
    if told is None:
        return
    tried = trials.try_template(told)
    with run.work() as w:
        trials.settle(w, template_id, tried)


def draw_shipped(run: Run, kind: str) -> None:
    """Draw the pages of the template the house ships for a kind."""
    sha256, pages = trials.draw_shipped(kind_of(kind))
    with run.work() as w:
        trials.keep_pages(w, sha256, pages)


def apply_seal(run: Run, use_id: int) -> None:
    """Put a seal on what its keepers agreed to seal; a device or platform that is away is tried again."""
    seals.apply_seal(run, use_id)


def archive_project(run: Run, archive_id: int) -> None:
    """Lay the file of a project down in the archive."""
    build_archive(run, archive_id)
