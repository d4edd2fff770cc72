"""Links handed out: making one, showing it once, showing it again, taking it back; and who opened which."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

from approvals.models.step import Step
from concierge.desk.models.links import LinkRow
from concierge.desk.queries import links as queries
from concierge.desk.queries import staff_links
from concierge.desk.rules.links import LONGEST_NAME, MOST_DAYS, USUAL_DAYS, LinkScope, LinkTerms
from concierge.desk.services.make_link import make_link
from concierge.desk.services.reply_for_department import SentForm, was_sent_now
from concierge.desk.services.revoke_link import revoke_link, revoke_links_of
from concierge.desk.services.show_link_again import show_link_again
from concierge.desk.views.link_words import department_options, row_of
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.qr import qr
from concierge.kernel.tokens import Minted
from concierge.kernel.typed_values import typed_number
from concierge.kernel.web import Page, actor, allowed, language, may, say, whole_number

LINK = "DepartmentLink"
LARGEST_ROW = 2**31 - 1
ACROSS_PROJECTS = frozenset({LinkScope.DEPARTMENT, LinkScope.AVAILABILITY})


class LinkKindMissing(Invalid):
    """A form that names no kind of link, or one this person may not make."""

    message = N_("Choose what the link opens.")


class LinksPage(Page):
    """Every link in a person's charge, and the links that open a department's cases across projects."""

    route_base = "/links"
    class_permission_name = LINK
    default_view = "list"
    base_permissions = ["can_list", "can_make", "can_office"]

    @expose("/list/")
    @allowed("list")
    def list(self) -> str:
        """The links that were handed out, the newest first."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("make")
    def make(self) -> Any:
        """Make a link and show its key, once."""
        form = SentForm(key=request.form.get("key", "")[:64])
        if was_sent_now(form):
            again = gettext("This link was made already. Its key is not kept: show it again for a new one.")
            flash(again, "warning")
            return redirect(url_for("LinksPage.list"), code=303)
        try:
            link_id, minted = make_link(_asked(), form=form, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            problem = {"field": str(error.facts.get("field", "recipient")), "message": say(error)}
            return self._page([problem]), error.status
        return self._shown(link_id, minted)

    @expose("/<int:link_id>/again", methods=["POST"])
    @allowed("make")
    def again(self, link_id: int) -> Any:
        """Give a link a new key and show it; the old one stops."""
        _in_charge(link_id)
        version = whole_number(request.form.get("version"), default=0, most=LARGEST_ROW)
        minted = show_link_again(link_id, version=version, by=actor())
        return self._shown(link_id, minted)

    @expose("/<int:link_id>/revoke", methods=["POST"])
    @allowed("make")
    def revoke(self, link_id: int) -> Answer:
        """Take a link back."""
        _in_charge(link_id)
        try:
            revoke_link(link_id, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
        else:
            flash(gettext("The link is taken back. From this moment it opens nothing."), "success")
        return redirect(_back(), code=303)

    @expose("/projects/<int:project_id>/revoke", methods=["POST"])
    @allowed("make")
    def revoke_all(self, project_id: int) -> Answer:
        """Take back every link of a project."""
        gone = revoke_links_of(project_id, by=actor())
        flash(ngettext("%(num)s link is taken back.", "%(num)s links are taken back.", gone), "success")
        return redirect(_back(), code=303)

    def _page(self, problems: Sequence[dict[str, str]] = ()) -> str:
        listed = staff_links.listed(db.session, actor(), project_id=_project_asked())
        return self.show(
            "desk/links.html",
            rows=[row_of(one, clock.today()) for one in listed],
            of_project=listed[0].project_name if listed and _project_asked() else "",
            project_id=_project_asked(),
            departments=department_options(),
            typed=request.form,
            problems=problems,
            key=secrets.token_hex(16),
            may_make=may("make", LINK),
            may_office=may("office", LINK),
            usual_days=USUAL_DAYS,
            most_days=MOST_DAYS,
            longest=LONGEST_NAME,
        )

    def _shown(self, link_id: int, minted: Minted) -> str:
        db.session.rollback()  # what this request read so far is from before the link
        one = staff_links.listed_one(db.session, actor(), link_id)
        base = current_app.config["CONCIERGE"].base_url
        address = f"{base}/d/{minted.token}"
        return self.show(
            "desk/link_shown.html",
            one=row_of(one, clock.today()),
            address=address,
            message=_message(one, address),
            drawn=qr(address),
            back=_back(),
        )


def _message(one: staff_links.ListedLink, address: str) -> str:
    what = one.matter(language()) or gettext("all open cases")
    if one.row.kind is LinkScope.AVAILABILITY:
        what = gettext("when you can come to joint reviews")
    return gettext(
        "%(who)s: please read and answer “%(what)s”%(project)s by this link, until %(last)s: %(address)s",
        who=one.row.recipient,
        what=what,
        project=gettext(" of %(name)s", name=one.project_name) if one.project_name else "",
        last=one.row.expires_on.isoformat(),
        address=address,
    )


def _asked() -> LinkTerms:
    kinds = {kind.value: kind for kind in LinkScope}
    kind = kinds.get(request.form.get("kind", ""))
    if kind is None or (kind in ACROSS_PROJECTS and not may("office", LINK)):
        raise LinkKindMissing(field="kind")
    step_id = whole_number(request.form.get("step"), default=0, most=LARGEST_ROW) or None
    step = db.session.get(Step, step_id) if step_id and kind is LinkScope.STEP else None
    if kind is LinkScope.STEP and step is None:
        raise Missing
    review_id = whole_number(request.form.get("review"), default=0, most=LARGEST_ROW) or None
    project_id = whole_number(request.form.get("project"), default=0, most=LARGEST_ROW) or None
    return LinkTerms(
        kind=kind,
        department=step.department if step else request.form.get("department", ""),
        recipient=request.form.get("recipient", "").strip()[:LONGEST_NAME],
        days=typed_number(request.form.get("days"), "days"),
        project_id=step.project_id if step else (project_id if kind is LinkScope.REVIEW else None),
        step_id=step.id if step else None,
        review_id=review_id if kind is LinkScope.REVIEW else None,
    )


def _in_charge(link_id: int) -> LinkRow:
    row = queries.link_in_charge(db.session, actor(), link_id)
    if row.kind in ACROSS_PROJECTS and not may("office", LINK):
        raise Missing
    return row


def _project_asked() -> int | None:
    return whole_number(request.args.get("project"), default=0, most=LARGEST_ROW) or None


def _back() -> str:
    """Back to the step the link is for, or to the list."""
    raw = request.form.get("back", "")
    is_ours = raw.startswith(("/projects/", "/reviews/", "/links/")) and "//" not in raw and raw.isprintable()
    return raw if is_ours and "\\" not in raw else url_for("LinksPage.list")
