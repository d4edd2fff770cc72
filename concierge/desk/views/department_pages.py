"""``/d/…``: a department reads its package and answers, without an account; guarded by a link's key.

The key is looked at once, at ``/d/<token>``; every other address carries the link's handle, which opens
nothing without the visit's cookie. Whatever is wrong with a key looks the same, unless its time is over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, make_response, redirect, request, url_for

from concierge.desk.queries import packages
from concierge.desk.queries.department_cases import closed_cases, open_cases
from concierge.desk.rules.links import DepartmentLink, LinkScope
from concierge.desk.rules.reply import Outcome
from concierge.desk.services.ask_for_link import ask_for_link
from concierge.desk.services.open_link import open_link
from concierge.desk.services.reply_for_department import reply_for_department
from concierge.desk.views import answer_form, visit
from concierge.desk.views.case_groups import case_groups
from concierge.desk.views.link_pages import department_link, holder, page, pages
from concierge.desk.views.package_parts import PackageParts, package_parts
from concierge.desk.views.package_sheet import PackageSheet
from concierge.desk.views.reply_form import TypedReply, sent_file, typed_reply
from concierge.desk.views.review_pages import review_page, reviewed
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing, Stale
from concierge.kernel.openings import Visitor
from concierge.kernel.typed_values import typed_number
from concierge.kernel.uploads import takes_files_if
from concierge.kernel.web import language, say
from documents.queries.packages import receipt_of

Case = tuple[str, str] | None
"""One of a department's cases, as project code and step number; None for the one a link is for."""


@pages.get("/<token>")
def enter(token: str) -> Any:
    """Look at the key once, write the opening down, and go on where it no longer stands in the address."""
    visit.count(visit.READS, "opened")
    try:
        link = open_link(token, Visitor(request.user_agent.string, request.remote_addr or ""))
    except Missing:
        visit.missed()
        raise
    onward = url_for(".front", handle=link.handle, lang=request.args.get("lang"))
    return visit.begin(make_response(redirect(onward, code=303)), link)


@pages.post("/<token>")
def ask_again(token: str) -> Any:
    """Ask the office for a new link; the answer is the same whether there ever was one."""
    visit.count(visit.WRITES, "asked again")
    ask_for_link(token)
    return page("desk/link_asked.html")


@pages.get("/at/<handle>")
def front(handle: str) -> Any:
    """What the link opens."""
    link = visit.visited(handle)
    if link.kind is LinkScope.STEP:
        return _package_page(link, packages.package_of(db.session, link))
    if link.kind is LinkScope.AVAILABILITY:
        return _answers_page(link)
    if link.kind is LinkScope.REVIEW:
        return review_page(link)
    return _cases_page(link)


@pages.post("/at/<handle>")
@takes_files_if(visit.is_visiting)
def answer(handle: str) -> Any:
    """Record what the department says about the case of its link, or about the half-days to come."""
    link = visit.visited(handle)
    if link.kind is LinkScope.STEP:
        return _replied(link, None)
    if link.kind is LinkScope.AVAILABILITY:
        return _answered(link)
    if link.kind is LinkScope.REVIEW:
        return reviewed(link)
    raise Missing


@pages.get("/at/<handle>/cases/<code>/<number>")
def case(handle: str, code: str, number: str) -> Any:
    """One of the department's cases."""
    link = department_link(handle)
    return _package_page(link, packages.package_of(db.session, link, case=(code, number)), (code, number))


@pages.post("/at/<handle>/cases/<code>/<number>")
@takes_files_if(visit.is_visiting)
def answer_case(handle: str, code: str, number: str) -> Any:
    """Record what the department says about one of its cases."""
    return _replied(department_link(handle), (code, number))


@pages.get("/at/<handle>/half-days")
def half_days(handle: str) -> Any:
    """When the department can come to a joint review."""
    return _answers_page(department_link(handle))


@pages.post("/at/<handle>/half-days")
def answer_half_days(handle: str) -> Any:
    """Record when the department can come."""
    return _answered(department_link(handle))


def _replied(link: DepartmentLink, case: Case) -> Any:
    package = packages.package_of(db.session, link, case=case)
    typed = typed_reply(request.form)
    try:
        form, reply = visit.sent_form(link), typed.reply()
        reply_for_department(
            package.step_id,
            reply,
            replace(form, file=sent_file()),
            version=typed_number(request.form.get("version"), "outcome"),
            lang=language(),
            by=holder(package.department.spoken(language())),
        )
    except Missing:
        raise
    except ConciergeError as error:
        return _refused(link, case, typed, error)
    done = typed.outcome if typed.outcome in {one.value for one in Outcome} else ""
    return redirect(_here(link, case, done=done), code=303)


def _refused(link: DepartmentLink, case: Case, typed: TypedReply, error: ConciergeError) -> Any:
    db.session.expire_all()
    package = packages.package_of(db.session, link, case=case)
    name = str(error.facts.get("field") or "outcome")
    problem = {"field": name, "message": say(error)}
    page = _package_page(
        link, package, case, typed=typed, problems=(problem,), is_stale=isinstance(error, Stale)
    )
    page.status_code = error.status
    return page


def _package_page(
    link: DepartmentLink,
    package: packages.Package,
    case: Case = None,
    *,
    typed: TypedReply | None = None,
    problems: tuple[dict[str, str], ...] = (),
    is_stale: bool = False,
) -> Response:
    sheet = PackageSheet(
        package=package,
        typed=typed or TypedReply(on=clock.today().isoformat()),
        problems=problems,
        address=lambda place, n: _file(link, case, place, n),
    )
    return page(
        "desk/package.html",
        link,
        sheet=sheet,
        package=package,
        case=case,
        action=_here(link, case),
        parts=_parts(link, package, case),
        is_stale=is_stale,
        done=request.args.get("done", ""),
    )


def _cases_page(link: DepartmentLink) -> Response:
    cases = open_cases(db.session, link.department)
    return page(
        "desk/cases.html",
        link,
        count=len(cases),
        groups=case_groups((*cases, *closed_cases(db.session, link.department))),
        department=packages.department_named(db.session, link.department),
    )


def _answers_page(link: DepartmentLink, *, refusal: str = "", status: int = 200) -> Response:
    made = page(
        "desk/half_days.html",
        link,
        sheet=answer_form.answer_sheet(db.session, link.department),
        typed=request.form,
        refusal=refusal,
        action=_half_days_address(link),
        done=request.args.get("done", ""),
        department=packages.department_named(db.session, link.department),
    )
    made.status_code = status
    return made


def _answered(link: DepartmentLink) -> Any:
    department = packages.department_named(db.session, link.department).spoken(language())
    try:
        form = visit.sent_form(link)
        answer_form.record(link, request.form, form, by=holder(department))
    except Missing:
        raise
    except ConciergeError as error:
        return _answers_page(link, refusal=say(error), status=error.status)
    return redirect(f"{_half_days_address(link)}&done=answers", code=303)


def _half_days_address(link: DepartmentLink) -> str:
    place = ".front" if link.kind is LinkScope.AVAILABILITY else ".half_days"
    return url_for(place, handle=link.handle, lang=language())


def _file(link: DepartmentLink, case: Case, place: int, n: int) -> str:
    code, number = case or (None, None)
    return url_for(".paper_file", handle=link.handle, place=place, n=n, code=code, number=number)


def _parts(link: DepartmentLink, package: packages.Package, case: Case) -> PackageParts:
    code, number = case or (None, None)
    of_case: dict[str, Any] = {"handle": link.handle, "code": code, "number": number}
    return package_parts(
        package.sent,
        receipt_of(db.session, package.sent),
        url_for(".package_zip", **of_case),
        lambda part: url_for(".package_part", part=part, **of_case),
    )


def _here(link: DepartmentLink, case: Case, done: str | None = None) -> str:
    lang = language()
    if case is None:
        return url_for(".front", handle=link.handle, lang=lang, done=done)
    return url_for(".case", handle=link.handle, code=case[0], number=case[1], lang=lang, done=done)
