"""A new project in four pages: what it is, its facts and plan, its officers, and once more everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, actor, allowed, say, whole_number
from concierge.staff.queries import loads
from concierge.staff.rules.pairing import Wanted, checked_pair
from projects.queries.drafts import drafts_of, own_draft
from projects.rules.draft import PAGES, TYPED, DraftProject
from projects.services.delete_draft import delete_draft
from projects.services.open_project import NoEdition, open_project
from projects.services.save_draft import save_draft
from projects.views.facts_fields import PREFIX, TypedFacts
from projects.views.opening_check import CheckPage
from projects.views.opening_draft import (
    OnlyOne,
    first_page,
    first_page_errors,
    new_project,
    second_page,
    still_fitting,
    third_page,
)
from projects.views.opening_officers import OfficersPage
from projects.views.opening_plan import PlanPage

TITLES = (N_("The project"), N_("Facts and plan"), N_("Name the officers"), N_("Check and start"))
LARGEST_ID = 2**31 - 1
Problems = Sequence[dict[str, str]]


class OpeningView(Page):
    """The wizard for a new project. Every step forward keeps a draft that only its owner sees."""

    route_base = "/projects"
    class_permission_name = "Project"
    default_view = "new"

    @expose("/new")
    @allowed("open")
    def new(self) -> Any:
        """One page of the wizard, with what the draft says."""
        number = whole_number(request.args.get("draft"), default=0, most=LARGEST_ID)
        page = whole_number(request.args.get("page"), default=1, least=1, most=len(PAGES))
        told = _Told(number)
        page = min(page, told.draft.furthest)
        if page > 1 and first_page_errors(told.draft, db.session, told.calendar):
            page = 1
        return self._shown(page, told)

    @expose("/new", methods=["POST"])
    @allowed("open")
    def go_on(self) -> Any:
        """Take in one page and go where its button says: on, back, to another look, or open the project."""
        form = request.form
        page = whole_number(form.get("page"), default=1, least=1, most=len(PAGES))
        told = _Told(whole_number(form.get("draft"), default=0, most=LARGEST_ID))
        told.version = whole_number(form.get("version"), default=0, most=LARGEST_ID) or told.version
        problems = _READERS[page](told)
        do = form.get("do", "next")
        if do == "preview":
            return self._shown(page, told, problems), 422 if problems else 200
        if do == "next" and problems:
            return self._shown(page, told, problems), 422
        if do == "open":
            return self._open(told)
        target = page + 1 if do == "next" else max(1, page - 1) if do == "back" else page
        told.draft = told.draft.with_(furthest=max(told.draft.furthest, target))
        told.keep()
        if do == "save":
            flash(gettext("Kept as a draft."), "success")
            return redirect(url_for("OpeningView.new"))
        return redirect(url_for("OpeningView.new", draft=told.id, page=min(target, len(PAGES))))

    @expose("/new/preview", methods=["POST"])
    @allowed("open")
    def preview(self) -> Any:
        """The second page as the form now stands, nothing kept: the script takes the preview out of it."""
        told = _Told(whole_number(request.form.get("draft"), default=0, most=LARGEST_ID))
        problems = _READERS[2](told)
        return self._shown(2, told, problems), 422 if problems else 200

    @expose("/new/drafts/<int:draft_id>/delete", methods=["GET", "POST"])
    @allowed("open")
    def delete(self, draft_id: int) -> Any:
        """Ask, then throw a draft away."""
        if request.method == "GET":
            _, draft = own_draft(db.session, draft_id, actor())
            return self.show("projects/opening_delete.html", draft=draft, draft_id=draft_id)
        delete_draft(draft_id, by=actor())
        flash(gettext("The draft is deleted."), "success")
        return redirect(url_for("OpeningView.new"))

    def _open(self, told: _Told) -> Any:
        calendar = catalogue_queries.work_calendar(db.session)
        problems = first_page_errors(told.draft, db.session, calendar)
        if problems:
            return self._shown(1, told, problems), 422
        try:
            project_id = open_project(new_project(told.draft, told.catalogue), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            field = str(error.facts.get("field", ""))
            found = [{"field": field or "check", "message": say(error)}]
            return self._shown(1 if field in TYPED else 4, told, found), error.status
        if told.id:
            delete_draft(told.id, by=actor())
        flash(gettext("The project is open. Its plan is being made."), "success")
        return redirect(url_for("ProjectView.one", project_id=project_id))

    def _shown(self, page: int, told: _Told, problems: Problems = ()) -> str:
        facts: dict[str, Any] = {
            "page": page,
            "titles": [gettext(title) for title in TITLES],
            "told": told,
            "draft": told.draft,
            "problems": problems,
            "error_of": {one["field"]: one["message"] for one in problems},
        }
        if page == 4 and told.plan_page().fault:
            page = facts["page"] = 2
        if page == 1:
            facts["drafts"] = drafts_of(db.session, actor())
        if page in (2, 4):
            facts["plan_page"] = told.plan_page()
        if page in (3, 4):
            facts["officers"] = OfficersPage(
                loads(db.session, clock.today()),
                told.draft.pair,
                told.draft.is_pair_told,
                problems,
                Wanted(
                    template=told.draft.template,
                    place=told.draft.word("name") + told.draft.word("enterprise"),
                ),
            )
        if page == 4:
            facts["check"] = CheckPage(facts["plan_page"], facts["officers"])
        return self.show(f"projects/opening_{PAGES[page - 1]}.html", **facts)


class _Told:
    """What the wizard knows of one draft during one request."""

    def __init__(self, number: int) -> None:
        latest = catalogue_queries.latest_catalogue(db.session)
        if latest is None:
            raise NoEdition
        self.catalogue: Catalogue = latest
        self.calendar = catalogue_queries.work_calendar(db.session)
        self.id: int | None = None
        self.version: int | None = None
        self.wrong = TypedFacts(own={})
        self.is_reset = False
        self.draft = DraftProject()
        if number:
            row, self.draft = own_draft(db.session, number, actor())
            self.id, self.version = row.id, row.version
        if not self.draft.template or self.draft.template not in self.catalogue.template_of:
            self.draft = self.draft.with_(template=self.catalogue.templates[0].code)
        self.draft = self.draft.with_(facts=still_fitting(self.draft.facts, self.catalogue))
        if not self.draft.typed:
            tomorrow = self.calendar.next_workday(clock.today())
            self.draft = self.draft.with_(typed={"start_on": tomorrow.isoformat()})

    def plan_page(self) -> PlanPage:
        """The draft with its plan."""
        return PlanPage(self.draft, self.catalogue, self.calendar, clock.today(), self.wrong, self.is_reset)

    def keep(self) -> None:
        """Save the draft; a second window's becomes a draft of its own."""
        saved = save_draft(self.draft, by=actor(), draft_id=self.id, version=self.version)
        self.id, self.version = saved.id, saved.version
        if saved.is_copy:
            flash(
                gettext(
                    "This draft was changed in another window, so what you have here is kept as a new one."
                ),
                "info",
            )


def _read_first(told: _Told) -> Problems:
    told.draft = first_page(request.form, told.draft)
    return first_page_errors(told.draft, db.session, told.calendar)


def _read_second(told: _Told) -> Problems:
    shown = request.form.get("shown_template") or told.draft.template
    told.draft, told.wrong = second_page(request.form, told.draft, told.catalogue)
    told.is_reset = told.draft.template != shown
    found = [{"field": PREFIX + name, "message": message} for name, message in told.wrong.errors.items()]
    fault = told.plan_page().fault
    return [*found, {"field": "preview", "message": fault}] if fault else found


def _read_third(told: _Told) -> Problems:
    told.draft = third_page(request.form, told.draft)
    chosen = [request.form.get(name, "") for name in ("a_id", "b_id")]
    try:
        if told.draft.pair is None and any(chosen):
            raise OnlyOne(field="b_id" if chosen[0] else "a_id")
        if told.draft.pair is not None:
            checked_pair(*told.draft.pair)
    except Invalid as error:
        return [{"field": str(error.facts["field"]), "message": say(error)}]
    return []


_READERS: dict[int, Callable[[_Told], Problems]] = {
    1: _read_first,
    2: _read_second,
    3: _read_third,
    4: lambda told: [],  # noqa: ARG005  (the last page has nothing to read)
}
