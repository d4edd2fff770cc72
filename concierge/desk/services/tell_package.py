"""Tell that a package is there: the department's representative with a link to it, and those in charge."""

from __future__ import annotations

from concierge.desk.rules.channels import MessageKind
from concierge.desk.rules.links import USUAL_DAYS, LinkScope, LinkTerms
from concierge.desk.services.make_link import make
from concierge.desk.services.tell import tell_person, tell_project
from concierge.kernel import clock, letters, tokens
from concierge.kernel.work import Work
from concierge.staff.models import ContactRow
from concierge.staff.queries import named_person, representatives
from documents.models.package import PackageRow


def tell_package(w: Work, package_id: int, code: str) -> None:
    """Tell of one revision, unless a newer one stands for it by now.

    Shape: the representative hears it by account where there is one, else by SMS where that is set up and the
        number on file is a mobile one; else those in charge are asked to hand its link on. ``code`` is the
        step's, empty for a joint review.
    Effects: with the SMS a new link is made for the representative; one SMS for each revision, however often
        the event comes.
    Source: PR-3, ES-3.
    """
    row = w.get(PackageRow, package_id)
    if row.replaced_at is not None:
        return
    facts: dict[str, object] = {"department": row.department, "package": f"{row.number}-{row.revision}"}
    there = facts | {"page": f"/packages/{row.id}"}
    whom = representatives(w.session, clock.today()).get(row.department)
    if whom is not None and (whom.person_id is not None or _is_written_to(w, row, whom)):
        told = there | {"name": named_person(whom)}
        tell_project(w, row.project_id, "package_told", told, code=code, with_liaison=False)
        if whom.person_id is not None:
            tell_person(w, whom.person_id, "package_for_you", facts)
    else:
        tell_project(w, row.project_id, "package_ready", there, code=code, with_liaison=False)


def _is_written_to(w: Work, row: PackageRow, whom: ContactRow) -> bool:
    """Leave the SMS with a link of its own; False where none can go out."""
    occasion, kind = f"package:{row.id}", MessageKind.PACKAGE.value
    if letters.is_left(w.session, occasion):
        return True
    mobile = letters.sms_number(whom.phone, kind)
    if not mobile:
        return False
    _link_id, minted = make(w, _terms(row, named_person(whom)))
    short = {"number": row.number, **tokens.halves(minted.token)}
    letters.leave_sms(w, mobile, short, kind=kind, occasion=occasion, project_id=row.project_id)
    return True


def _terms(row: PackageRow, recipient: str) -> LinkTerms:
    return LinkTerms(
        kind=LinkScope.STEP if row.step_id is not None else LinkScope.REVIEW,
        department=row.department,
        recipient=recipient,
        days=USUAL_DAYS,
        project_id=row.project_id,
        step_id=row.step_id,
        review_id=row.review_id,
    )
