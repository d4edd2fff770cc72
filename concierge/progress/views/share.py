"""发给企业: a project's links, one for each person, its query code, and what the enterprise is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext

from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.qr import qr
from concierge.kernel.tokens import Minted
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number
from concierge.progress.queries.links import link_in_charge, project_end
from concierge.progress.queries.public_progress import public_progress
from concierge.progress.rules.links import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LinkTerms,
    RecipientKind,
    usual_last_day,
)
from concierge.progress.rules.query_codes import written
from concierge.progress.services.change_link import extend_link, renew_link, revoke_link, revoke_links_of
from concierge.progress.services.make_link import make_link
from concierge.progress.services.query_code import make_query_code
from concierge.progress.views.progress_sheet import ProgressSheet
from concierge.progress.views.share_sheet import KINDS, LINK, ShareSheet, link_rows
from projects.models.project import Project
from projects.queries.project_file import visible_project

LARGEST_ROW = 2**31 - 1


class SharePage(Page):
    """What a project's enterprise holds in its hands, and what it sees."""

    route_base = "/projects"
    class_permission_name = LINK
    default_view = "one"
    base_permissions = ("can_list", "can_make")

    @expose("/<int:project_id>/share")
    @allowed("list")
    def one(self, project_id: int) -> Any:
        """The links of a project, and the form for another."""
        return self._page(visible_project(db.session, project_id, actor()))

    @expose("/<int:project_id>/share", methods=["POST"])
    @allowed("make")
    def make(self, project_id: int) -> Any:
        """Make a link and show its key, once."""
        project = visible_project(db.session, project_id, actor())
        try:
            link_id, minted = make_link(_terms(project_id), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            problem = {"field": str(error.facts.get("field", "recipient")), "message": say(error)}
            return self._page(project, [problem]), error.status
        return self._shown(link_id, minted)

    @expose("/<int:project_id>/share/<int:link_id>/renew", methods=["POST"])
    @allowed("make")
    def renew(self, project_id: int, link_id: int) -> Any:
        """Give a link a new key and show it; the old one stops."""
        self._in_charge(project_id, link_id)
        try:
            return self._shown(link_id, renew_link(link_id, version=_version(), by=actor()))
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
            return redirect(self._here(project_id), code=303)

    @expose("/<int:project_id>/share/<int:link_id>/extend", methods=["POST"])
    @allowed("make")
    def extend(self, project_id: int, link_id: int) -> Any:
        """Give a link another last day."""
        self._in_charge(project_id, link_id)
        try:
            extend_link(
                link_id, typed_day(request.form.get("last_on"), "last_on"), version=_version(), by=actor()
            )
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
        else:
            flash(gettext("The link has its new last day."), "success")
        return redirect(self._here(project_id), code=303)

    @expose("/<int:project_id>/share/<int:link_id>/revoke", methods=["POST"])
    @allowed("make")
    def revoke(self, project_id: int, link_id: int) -> Any:
        """Take a link back."""
        self._in_charge(project_id, link_id)
        try:
            revoke_link(link_id, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
        else:
            flash(gettext("The link is taken back. From this moment it opens nothing."), "success")
        return redirect(self._here(project_id), code=303)

    @expose("/<int:project_id>/share/revoke", methods=["POST"])
    @allowed("make")
    def revoke_all(self, project_id: int) -> Any:
        """Take back every link of the project."""
        gone = revoke_links_of(project_id, by=actor())
        flash(ngettext("%(num)s link is taken back.", "%(num)s links are taken back.", gone), "success")
        return redirect(self._here(project_id), code=303)

    @expose("/<int:project_id>/share/code", methods=["POST"])
    @allowed("make")
    def code(self, project_id: int) -> Any:
        """Make the project's query code and show it, once."""
        project = visible_project(db.session, project_id, actor())
        code = make_query_code(project_id, by=actor())
        address = f"{current_app.config['CONCIERGE'].base_url}/q"
        return self.show(
            "progress/code_shown.html",
            project=project,
            code=written(code),
            address=address,
            drawn=qr(address),
            back=self._here(project_id),
        )

    @expose("/<int:project_id>/enterprise")
    @allowed("list")
    def preview(self, project_id: int) -> Any:
        """The page as the enterprise sees it."""
        visible_project(db.session, project_id, actor())
        return self.show(
            "progress/progress.html",
            sheet=ProgressSheet(public_progress(db.session, project_id, language())),
            link=None,
            acts=_no_acts,
            sections=(),
            preview=True,
            back=self._here(project_id),
            phone=current_app.config["CONCIERGE"].office_phone,
            size="l" if request.args.get("size") == "l" else "",
        )

    def _page(self, project: Project, problems: Sequence[dict[str, str]] = ()) -> str:
        today = clock.today()
        return self.show(
            "progress/share.html",
            sheet=ShareSheet(db.session, project),
            typed=request.form,
            problems=problems,
            usual_on=usual_last_day(project_end(db.session, project), today),
            kinds=[{"value": one.value, "text": gettext(KINDS[one])} for one in RecipientKind],
            longest=LONGEST_NAME,
            longest_address=LONGEST_ADDRESS,
            may_make=may("make", LINK),
        )

    def _shown(self, link_id: int, minted: Minted) -> str:
        db.session.rollback()  # what this request read so far is from before the link
        row = link_in_charge(db.session, actor(), link_id)
        project = visible_project(db.session, row.project_id, actor())
        address = f"{current_app.config['CONCIERGE'].base_url}/p/{minted.token}"
        message = gettext(
            "%(who)s: see how %(project)s stands, and what is needed from you, by this link until %(last)s. "
            "Please do not pass it on: %(address)s",
            who=row.recipient,
            project=project.name,
            last=row.expires_on.isoformat(),
            address=address,
        )
        return self.show(
            "progress/link_shown.html",
            one=link_rows(db.session, [row])[0],
            project=project,
            address=address,
            message=message,
            drawn=qr(address),
            back=self._here(row.project_id),
        )

    def _in_charge(self, project_id: int, link_id: int) -> None:
        if link_in_charge(db.session, actor(), link_id).project_id != project_id:
            raise Missing

    def _here(self, project_id: int) -> str:
        return url_for("SharePage.one", project_id=project_id)


def _no_acts(_material: str, _step: str) -> str:
    """What a preview offers instead of the enterprise's own buttons."""
    return ""


def _terms(project_id: int) -> LinkTerms:
    form = request.form
    kinds = {one.value: one for one in RecipientKind}
    return LinkTerms(
        project_id=project_id,
        recipient=form.get("recipient", "")[:LONGEST_NAME],
        kind=kinds.get(form.get("kind", ""), RecipientKind.OTHER),
        address=form.get("address", "")[:LONGEST_ADDRESS],
        may_upload="upload" in form.getlist("may"),
        may_rate="rate" in form.getlist("may"),
        asks_tail="tail" in form.getlist("may"),
        last_on=_last_on(form.get("last_on", "")),
    )


def _last_on(typed: str) -> date | None:
    return typed_day(typed, "last_on") if typed.strip() else None


def _version() -> int | None:
    return whole_number(request.form.get("version"), default=0, most=LARGEST_ROW) or None
