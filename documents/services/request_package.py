"""Make a package for a department: what is in it is settled at once, the ZIP is built right after."""

from __future__ import annotations

import hashlib
from dataclasses import fields

from flask import current_app

from approvals.services.take_number import take_number
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.audit import canonical
from concierge.kernel.work import Work, work
from documents.events import PackageRequested
from documents.models.package import PackageItemRow, PackageRow
from documents.queries.office import office
from documents.queries.packages import PackageDraft, draft_of_review, draft_of_step
from documents.rules.package_facts import PackageHead, package_facts
from documents.rules.packages import Item, PackageState, PackageUnchanged, check_complete
from projects.models.project import Enterprise

SERIES = "SB"
BUILD = "documents.tasks:build_package"
KEPT = tuple(field.name for field in fields(Item))


def request_package(step_id: int, *, by: Actor) -> int:
    """Make the package of a step, or its next revision; answers the number of its row.

    Raises: Missing, PackageIncomplete, PackageUnchanged.
    Effects: tells ``PackageRequested``; the ZIP is built by a task.
    Source: DF-1, AC-6.
    """
    with work(by) as w:
        return make_package(w, draft_of_step(w.session, step_id, by))


def request_review_package(review_id: int, department: str, *, by: Actor) -> int:
    """The same for one of the departments of a joint review.

    Raises: Missing, PackageIncomplete, PackageUnchanged.
    Source: PR-3: every member receives the same submission at once.
    """
    with work(by) as w:
        return make_package(w, draft_of_review(w.session, review_id, department, by))


def make_package(w: Work, draft: PackageDraft) -> int:
    """The same in the caller's work."""
    check_complete(draft.items)
    last = draft.last
    if last is not None and not draft.changes and last.state is not PackageState.FAILED:
        raise PackageUnchanged(revision=last.revision)
    today = clock.today()
    number = last.number if last is not None else take_number(w, SERIES, today)
    revision = last.revision + 1 if last is not None else 1
    told = package_facts(_head(w, draft, number, revision), draft.items, draft.changes)
    facts = canonical(told)
    if last is not None:
        w.get(PackageRow, last.id).replaced_at = clock.now()
    row = w.add(_row(w, draft, number, revision, facts))
    for position, item in enumerate(draft.items, 1):
        values = {name: getattr(item, name) for name in KEPT}
        w.session.add(PackageItemRow(package_id=row.id, position=position, **values))
    w.record(
        PackageRequested(
            package_id=row.id,
            project_id=row.project_id,
            department=row.department,
            number=number,
            revision=revision,
        )
    )
    w.enqueue(BUILD, dedupe_key=f"package-{row.id}", package_id=row.id)
    return row.id


def _row(w: Work, draft: PackageDraft, number: str, revision: int, facts: str) -> PackageRow:
    about = draft.about
    return PackageRow(
        project_id=about.project.id,
        step_id=about.step.id if about.step is not None else None,
        review_id=about.review.id if about.review is not None else None,
        attempt=about.attempt,
        department=about.department.code,
        number=number,
        revision=revision,
        state=PackageState.ASKED,
        data_on=clock.today(),
        facts=facts,
        facts_sha256=hashlib.sha256(facts.encode()).hexdigest(),
        made_at=clock.now(),
        made_by_id=w.by.id,
        made_by=w.by.label,
    )


def _head(w: Work, draft: PackageDraft, number: str, revision: int) -> PackageHead:
    about, settings = draft.about, current_app.config["CONCIERGE"]
    sender = office(w.session, county=settings.county_name, phone=settings.office_phone)
    enterprise = w.session.get_one(Enterprise, about.project.enterprise_id)
    step = about.step
    return PackageHead(
        number=number,
        revision=revision,
        data_on=clock.today(),
        office=sender.name,
        office_phone=sender.phone,
        project_code=about.project.code,
        project_name=about.project.name,
        enterprise=enterprise.name,
        uscc=enterprise.uscc,
        subject_code=step.code if step is not None else (about.review.review_group if about.review else ""),
        subject=about.subject_zh,
        subject_number=step.number if step is not None else "",
        department_code=about.department.code,
        department=about.department.name_zh,
        basis=draft.basis,
        made_by=w.by.label,
    )
