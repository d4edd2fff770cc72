"""A joint review below a department's link: the submission, the receipt, the opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, redirect, request, url_for

from concierge.desk.rules.links import DepartmentLink
from concierge.desk.services.opinion_for_department import opinion_for_department, receipt_for_department
from concierge.desk.views import visit
from concierge.desk.views.contents_rows import sent_facts
from concierge.desk.views.link_pages import holder, page
from concierge.desk.views.opinion_form import OpinionSheet, opinion_sheet, typed_opinion
from concierge.desk.views.package_parts import package_parts
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import language, say
from documents.queries.documents import has_written
from documents.queries.packages import receipt_of, standing_of_review
from documents.services.settle_returned import OPINION_SHEET


def review_page(
    link: DepartmentLink,
    *,
    typed: Mapping[str, str] | None = None,
    problem: dict[str, str] | None = None,
    is_read: bool = False,
) -> Response:
    """The review as the department sees it, with the form for its opinion.

    Shape: ``is_read`` says that the form holds what a returned sheet said, to be looked at and sent.
    """
    sheet = opinion_sheet(db.session, link)
    fresh = {"given_on": clock.today().isoformat()}
    sheet = replace(sheet, typed=typed or fresh, problems=(problem,) if problem else ())
    member = sheet.member
    sent = standing_of_review(db.session, sheet.review.id, link.department)
    return page(
        "desk/opinion.html",
        link,
        sheet=sheet,
        action=_here(link),
        done=request.args.get("done", ""),
        package=sent,
        digests=sent_facts(sent),
        parts=package_parts(
            sent,
            receipt_of(db.session, sent),
            url_for("department_links.package_zip", handle=link.handle),
            lambda part: url_for("department_links.package_part", handle=link.handle, part=part),
        ),
        has_sheet=has_written(db.session, OPINION_SHEET, member.id),
        is_read=is_read,
    )


def reviewed(link: DepartmentLink) -> Any:
    """Record the receipt or the opinion that was sent."""
    sheet = opinion_sheet(db.session, link)
    try:
        _record(link, sheet)
    except Missing:
        raise
    except ConciergeError as error:
        db.session.expire_all()
        name = str(error.facts.get("field") or getattr(error, "field", "") or "stance")
        made = review_page(link, typed=request.form, problem={"field": name, "message": say(error)})
        made.status_code = error.status
        return made
    return redirect(_here(link, done="opinion"), code=303)


def _record(link: DepartmentLink, sheet: OpinionSheet) -> None:
    form, by = visit.sent_form(link), holder(sheet.department)
    if request.form.get("stance") == "receipt":
        receipt_for_department(sheet.review.id, link.department, form, lang=language(), by=by)
        return
    opinion = typed_opinion(request.form, given_by=link.recipient)
    opinion_for_department(sheet.review.id, link.department, opinion, form, lang=language(), by=by)


def _here(link: DepartmentLink, done: str | None = None) -> str:
    return url_for("department_links.front", handle=link.handle, lang=language(), done=done)
