"""Packages: what went to departments, what they confirmed and answered; and making the next one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.models.step import Step
from approvals.queries.catalogue import latest_catalogue, work_calendar
from concierge.desk.queries.inbox import inbox
from concierge.desk.queries.packages import package_of_step
from concierge.desk.services.reply_for_department import SentForm, reply_for_department
from concierge.desk.views.contents_rows import Address
from concierge.desk.views.inbox_sheet import InboxSheet, shown_revisions
from concierge.desk.views.kept_file import kept_file, kept_package
from concierge.desk.views.package_parts import PackageParts, package_parts, part_answer
from concierge.desk.views.package_sheet import PackageSheet
from concierge.desk.views.reply_form import TypedReply, sent_file, typed_reply
from concierge.desk.views.revision_sheet import DraftSheet, RevisionSheet
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.uploads import takes_files
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from concierge.supervision.queries.card_file import live_of_steps
from documents.models.package import PackageRow
from documents.queries.packages import (
    draft_of_review,
    draft_of_step,
    package_at,
    receipt_of,
    revisions,
)
from documents.services.receive_package import note_taken, receive_package
from documents.services.request_package import request_package, request_review_package

PACKAGE = "Package"
AT_THE_COUNTER = "counter"
LARGEST = 2**31 - 1


class PackagesPage(Page):
    """The packages in a person's charge: a list, and the one that is open beside it."""

    route_base = "/packages"
    class_permission_name = PACKAGE
    default_view = "list"
    base_permissions = ["can_list", "can_make", "can_receive", "can_answer"]

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """The packages; the first one is open."""
        first = _inbox(0).first
        return self._page(package_at(db.session, first, actor()) if first else None)

    @expose("/<int:package_id>")
    @allowed("list")
    def one(self, package_id: int) -> str:
        """The list with one package open."""
        return self._page(_package_at(package_id))

    @expose("/steps/<int:step_id>", methods=["GET"])
    @allowed("make")
    def step_draft(self, step_id: int) -> str:
        """What the package of a step would hold now."""
        return self._draft(DraftSheet(draft=draft_of_step(db.session, _id(step_id), actor())))

    @expose("/steps/<int:step_id>", methods=["POST"])
    @allowed("make")
    def make_step(self, step_id: int) -> Any:
        """Make the package of a step."""
        try:
            package_id = request_package(_id(step_id), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            draft = draft_of_step(db.session, step_id, actor())
            return self._draft(DraftSheet(draft=draft, problems=_problem(error, "make"))), error.status
        return _made(package_id)

    @expose("/reviews/<int:review_id>/<department>", methods=["GET"])
    @allowed("make")
    def review_draft(self, review_id: int, department: str) -> str:
        """What the package of a joint review would hold now, for one of its departments."""
        draft = draft_of_review(db.session, _id(review_id), department, actor())
        return self._draft(DraftSheet(draft=draft))

    @expose("/reviews/<int:review_id>/<department>", methods=["POST"])
    @allowed("make")
    def make_review(self, review_id: int, department: str) -> Any:
        """Make the package of a joint review for one of its departments."""
        try:
            package_id = request_review_package(_id(review_id), department, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            draft = draft_of_review(db.session, review_id, department, actor())
            return self._draft(DraftSheet(draft=draft, problems=_problem(error, "make"))), error.status
        return _made(package_id)

    @expose("/<int:package_id>/package.zip")
    @allowed("list")
    def package_zip(self, package_id: int) -> Response:
        """The ZIP, as it was sealed."""
        row = _package_at(package_id)
        answer = kept_package(row)
        note_taken(row.id, by_link=False, by=actor())
        return answer

    @expose("/<int:package_id>/parts/<part>")
    @allowed("list")
    def part(self, package_id: int, part: str) -> Response:
        """Its printed list of contents, the signature on its list of files, or the receipt."""
        row = _package_at(package_id)
        return part_answer(row, receipt_of(db.session, row), part)

    @expose("/<int:package_id>/files/<int:place>/<int:n>")
    @allowed("list")
    def file(self, package_id: int, place: int, n: int) -> Response:
        """One file of a package."""
        items = (item.facts() for item in _package_at(package_id).items)
        found = next((one for one in items if (one.place, one.n) == (place, n) and one.key), None)
        if found is None:
            raise Missing
        return kept_file(found)

    @expose("/<int:package_id>/receive", methods=["POST"])
    @allowed("receive")
    def receive(self, package_id: int) -> Any:
        """Confirm that the department has it, from the receipt it signed."""
        typed = request.form
        try:
            on = typed_day(typed.get("received_on"), "received_on")
            receive_package(_id(package_id), received_by=typed.get("received_by", ""), on=on, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            problems = _problem(error, "received_by")
            return self._page(_package_at(package_id), problems=problems), error.status
        flash(gettext("The receipt is recorded."), "success")
        return redirect(url_for("PackagesPage.one", package_id=package_id), code=303)

    @expose("/<int:package_id>/answer", methods=["POST"])
    @takes_files
    @allowed("answer")
    def answer(self, package_id: int) -> Any:
        """Record what the department said of the case, for one that told it at the counter."""
        row = _package_at(package_id)
        if row.step_id is None:
            raise Missing
        typed = typed_reply(request.form)
        try:
            form = SentForm(key=request.form.get("key", "")[:64], file=sent_file())
            version = typed_number(request.form.get("version"), "outcome")
            reply_for_department(
                row.step_id,
                typed.reply(),
                form,
                version=version,
                how=AT_THE_COUNTER,
                lang=language(),
                by=actor(),
            )
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            problems = _problem(error, "outcome")
            return self._page(_package_at(package_id), typed=typed, problems=problems), error.status
        flash(gettext("Recorded. The progress, the calendar and the plan know it already."), "success")
        return redirect(url_for("PackagesPage.one", package_id=package_id), code=303)

    def _page(
        self,
        row: PackageRow | None,
        *,
        typed: TypedReply | None = None,
        problems: tuple[dict[str, str], ...] = (),
    ) -> str:
        shown = _shown(row, typed, problems) if row is not None else {}
        return self.show(
            "desk/packages.html",
            inbox=_inbox(row.id if row is not None else 0),
            row=row,
            parts=_parts(row),
            problems=problems,
            today=clock.today(),
            key=secrets.token_hex(16),
            may_make=may("make", PACKAGE),
            may_receive=may("receive", PACKAGE),
            may_answer=may("answer", PACKAGE),
            **shown,
        )

    def _draft(self, sheet: DraftSheet) -> str:
        return self.show("desk/package_draft.html", sheet=sheet, about=sheet.draft.about)


def _id(raw: int) -> int:
    """A number from an address, if a row can have it. Raises: Missing."""
    if not 0 < raw <= LARGEST:
        raise Missing
    return raw


def _package_at(package_id: int) -> PackageRow:
    return package_at(db.session, _id(package_id), actor())


def _inbox(chosen: int) -> InboxSheet:
    is_answered = request.args.get("state") == "answered"
    department = request.args.get("department", "")[:80]
    number = whole_number(request.args.get("page"), default=1, least=1)
    return InboxSheet(
        page=inbox(db.session, actor(), department=department, is_answered=is_answered, page=number),
        number=number,
        department=department,
        is_answered=is_answered,
        chosen=chosen,
        catalogue=latest_catalogue(db.session),
        calendar=work_calendar(db.session),
    )


def _shown(row: PackageRow, typed: TypedReply | None, problems: tuple[dict[str, str], ...]) -> dict[str, Any]:
    """The package that is open: its case with the form while it stands, else the revision alone."""
    told = {"revisions": shown_revisions(revisions(db.session, row), row.id)}
    step = db.session.get(Step, row.step_id) if row.step_id is not None else None
    is_case = step is not None and row.replaced_at is None and step.attempt == row.attempt
    if step is None or not is_case:
        return told | {"revision": _revision_sheet(row)}
    package = package_of_step(db.session, row.project_id, step.number, actor())
    sheet = PackageSheet(
        package=package,
        typed=typed or TypedReply(on=clock.today().isoformat()),
        problems=problems,
        address=_addresses(row),
    )
    cards = [card.colour.value for card in live_of_steps(db.session, [step.id])]
    return told | {"sheet": sheet, "package": package, "cards": cards, "step": step}


def _revision_sheet(row: PackageRow) -> RevisionSheet:
    facts: Mapping[str, Any] = json.loads(row.facts)
    return RevisionSheet(
        row=row,
        name=facts["subject"]["name"],
        project_name=facts["project"]["name"],
        project_code=facts["project"]["code"],
        department=facts["receiver"]["name"],
        address=_addresses(row),
    )


def _addresses(row: PackageRow) -> Address:
    return lambda place, n: url_for("PackagesPage.file", package_id=row.id, place=place, n=n)


def _parts(row: PackageRow | None) -> PackageParts:
    package_id = row.id if row is not None else 0
    return package_parts(
        row,
        receipt_of(db.session, row),
        url_for("PackagesPage.package_zip", package_id=package_id),
        lambda part: url_for("PackagesPage.part", package_id=package_id, part=part),
    )


def _made(package_id: int) -> Any:
    flash(gettext("The package is settled; its ZIP is being built."), "success")
    return redirect(url_for("PackagesPage.one", package_id=package_id), code=303)


def _problem(error: ConciergeError, field: str) -> tuple[dict[str, str], ...]:
    name = str(error.facts.get("field") or getattr(error, "field", "") or field)
    return ({"field": name, "message": say(error)},)
