"""The files of a package, one by one or all as one ZIP, below a link."""

from __future__ import annotations

from flask import Response, request

from concierge.desk.queries.packages import Package, package_of
from concierge.desk.rules.links import DepartmentLink, LinkScope
from concierge.desk.views import visit
from concierge.desk.views.contents_rows import files_of
from concierge.desk.views.kept_file import kept_file, kept_package
from concierge.desk.views.link_pages import holder, pages
from concierge.desk.views.package_parts import part_answer
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.web import language
from documents.models.package import PackageRow
from documents.queries.packages import receipt_of, standing_of_review
from documents.services.receive_package import note_taken


@pages.get("/at/<handle>/papers/<int:place>/<int:n>")
def paper_file(handle: str, place: int, n: int) -> Response:
    """One file of one paper, as it was handed in; offered to be saved, never shown in our own origin."""
    file = files_of(_package(visit.visited(handle))).get((place, n))
    if file is None:
        raise Missing
    return kept_file(file)


@pages.get("/at/<handle>/package.zip")
def package_zip(handle: str) -> Response:
    """The package as it was sent: files, lists and digests, every byte as it was sealed."""
    sent, name = _sent(visit.visited(handle))
    if sent is None or sent.key is None:
        raise Missing
    note_taken(sent.id, by_link=True, by=holder(name))
    return kept_package(sent)


@pages.get("/at/<handle>/parts/<part>")
def package_part(handle: str, part: str) -> Response:
    """Its printed list of contents, the signature on its list of files, or the receipt."""
    sent, _name = _sent(visit.visited(handle))
    return part_answer(sent, receipt_of(db.session, sent), part)


def _sent(link: DepartmentLink) -> tuple[PackageRow | None, str]:
    """The revision that stands for what a link opens, and its department's name."""
    if link.kind is LinkScope.REVIEW:
        return standing_of_review(db.session, link.review_id or 0, link.department), link.department
    package = _package(link)
    return package.sent, package.department.spoken(language())


def _package(link: DepartmentLink) -> Package:
    code, number = request.args.get("code", ""), request.args.get("number", "")
    if link.kind is LinkScope.STEP:
        return package_of(db.session, link)
    if link.kind is LinkScope.DEPARTMENT and code and number:
        return package_of(db.session, link, case=(code, number))
    raise Missing
