"""Keep the list of papers that may follow the certificate: issued first, supplied later."""

from __future__ import annotations

from approvals.models.deferral import IssueFirstRow
from approvals.queries.catalogue import latest_catalogue
from approvals.rules.catalogue import Material
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import Work


class NotAPaperOfMatter(Invalid):
    """A paper its matter does not ask for."""

    message = N_("“%(matter)s” asks for no paper “%(material)s”. Both are codes of the published catalogue.")
    field = "material"


class MainPaperFirst(Invalid):
    """A main document, which the statute names as a condition of the licence."""

    message = N_("“%(material)s” is a main document; the certificate always waits for it.")
    field = "material"


class IssueFirstBasisMissing(Invalid):
    """An entry that rests on nothing."""

    message = N_("Write the text that lets this paper follow the certificate.")
    field = "basis"


def keep_issue_first(w: Work, row: IssueFirstRow) -> None:
    """Add or change one entry of the list.

    Raises: NotAPaperOfMatter, MainPaperFirst, IssueFirstBasisMissing; AlreadyThere, from the table.
    Source: DF-7, DF-13; S12, state 12.
    """
    row.matter, row.material = (row.matter or "").strip(), (row.material or "").strip()
    row.basis = (row.basis or "").strip()
    paper = _paper(w, row)
    if paper.is_main:
        raise MainPaperFirst(material=row.material)
    if not row.basis:
        raise IssueFirstBasisMissing
    w.session.add(row)
    w.session.flush()


def drop_issue_first(w: Work, row: IssueFirstRow) -> None:
    """Take an entry off the list; deferrals granted under it keep what they were granted."""
    w.session.delete(row)
    w.session.flush()


def _paper(w: Work, row: IssueFirstRow) -> Material:
    known = latest_catalogue(w.session)
    papers = known.materials_of.get(row.matter, ()) if known else ()
    for paper in papers:
        if paper.code == row.material:
            return paper
    raise NotAPaperOfMatter(matter=row.matter, material=row.material)
