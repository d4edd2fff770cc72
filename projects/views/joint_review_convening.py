"""Convene a joint review: which steps, whom to ask, before which sitting; prefilled from the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews, reviews
from approvals.rules.catalogue import Catalogue, ReviewGroup
from approvals.rules.joint_reviews import JointReview, ReviewKind, ReviewState
from approvals.rules.review_members import (
    Convening,
    OpenStep,
    kind_of,
    opinions_due,
    proposed_members,
    reviewed_by,
)
from approvals.rules.sittings import Sitting
from approvals.services.convene_review import NewReview
from concierge.kernel import clock, scope, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.web import Page, actor, allowed, language, say, whole_number
from projects.models.project import Project
from projects.services.send_review import send_review
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_words import KINDS
from scheduler import WorkCalendar

LARGEST, LONGEST, MOST = 10**9, 2000, 100
LISTS = ("steps", "members")


class ProjectCodeUnknown(Invalid):
    """A code that is no project's, or none of the reader's."""

    message = N_("No project in your charge has this code. Copy it from the project's page.")
    field = "code"


class ConveningView(Page):
    """The form that sends one submission to all members of a group."""

    route_base = "/reviews/cases"
    class_permission_name = "Review"
    default_view = "new"

    @expose("/new")
    @allowed("convene")
    def new(self) -> Any:
        """The form, prefilled; without a project it asks for one."""
        try:
            page = _sheet(request.args)
        except ProjectCodeUnknown as error:
            return self._choose(say(error)), error.status
        return self._choose() if page is None else self.show("projects/joint_review_convene.html", page=page)

    @expose("/new", methods=["POST"])
    @allowed("convene")
    def convene(self) -> Any:
        """Send the submission; a refusal is said above the form, and nothing typed is lost."""
        page = _sheet(request.form, is_sent=True)
        if page is None:
            raise Missing
        try:
            review_id = send_review(page.wanted(), lang=language(), by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            again = _sheet(request.form, is_sent=True, refused=say(error))
            return self.show("projects/joint_review_convene.html", page=again), error.status
        flash(gettext("Sent to all members the same minute."), "success")
        return redirect(url_for("JointReviewView.one", review_id=review_id), code=303)

    def _choose(self, refused: str = "") -> str:
        groups = reviews.review_groups(db.session).values()
        options = [{"value": one.code, "text": one.spoken(language())} for one in groups]
        return self.show(
            "projects/joint_review_choose.html", groups=options, refused=refused, asked=request.args
        )


@dataclass(frozen=True, kw_only=True)
class ConveningSheet:
    """The form for one project and one group. Shape: ``sent`` is None before anything was sent."""

    project: Project
    group: ReviewGroup
    catalogue: Catalogue
    steps: Sequence[OpenStep]
    earlier: Sequence[JointReview]
    sittings: Sequence[Sitting]
    calendar: WorkCalendar
    today: date
    asked: MultiDict[str, str]
    is_sent: bool
    refused: str = ""

    @property
    def names(self) -> ReviewNames:
        """How departments and matters are called."""
        return ReviewNames(self.catalogue)

    @property
    def title(self) -> str:
        """What is convened."""
        return self.group.spoken(language())

    def kept(self, name: str) -> str:
        """What a field held."""
        return self.asked.get(name, "").strip()[:LONGEST]

    def chosen(self, name: str, usual: Sequence[str]) -> Sequence[str]:
        """What a list of ticks held; before anything was sent, the usual ones."""
        return self.asked.getlist(name)[:MOST] if self.is_sent else usual

    @cached_property
    def possible(self) -> tuple[OpenStep, ...]:
        """The steps the group can still review, but for those in an open review."""
        open_ = {code for review in self.earlier if review.is_open for code in review.steps}
        return tuple(step for step in reviewed_by(self.group, self.steps) if step.code not in open_)

    def step_options(self) -> list[dict[str, str]]:
        """The steps to choose from."""
        return [
            {"value": one.code, "text": one.name, "note": self.names.department(one.department)}
            for one in self.possible
        ]

    def chosen_steps(self) -> Sequence[str]:
        """The steps ticked: what the address names, what the sitting decides, else all of them."""
        named = [one.code for one in self.possible if one.code == self.asked.get("step")]
        listed = {item.code for item in self.sitting.items} if self.sitting else set()
        of_sitting = [one.code for one in self.possible if one.code in listed]
        return self.chosen("steps", named or of_sitting or [one.code for one in self.possible])

    def member_options(self) -> list[dict[str, str]]:
        """The members of the group, each with what it decides here."""
        return [
            {
                "value": one.department,
                "text": self.names.department(one.department),
                "note": self._why(one.is_lead, one.decides),
            }
            for one in proposed_members(self.group, self.steps)
        ]

    def _why(self, is_lead: bool, decides: Sequence[str]) -> str:
        named = gettext(", ").join(self.names.step(code) for code in decides[:3])
        if len(decides) > 3:
            named += "…"
        if is_lead:
            return gettext("leads the review")
        return gettext("decides: %(steps)s", steps=named) if decides else gettext("decides nothing here")

    def chosen_members(self) -> Sequence[str]:
        """The members ticked: before anything was sent, those who have something to decide."""
        usual = [one.department for one in proposed_members(self.group, self.steps) if one.takes_part]
        return self.chosen("members", usual)

    @cached_property
    def sitting(self) -> Sitting | None:
        """The sitting chosen; before anything was sent, the next one announced."""
        number = whole_number(self.asked.get("sitting"), default=0, most=LARGEST)
        if number or self.is_sent:
            return next((one for one in self.sittings if one.id == number), None)
        return self.sittings[0] if self.sittings else None

    def sitting_options(self) -> list[dict[str, Any]]:
        """The announced sittings of this group with this project on the list."""
        return [
            {
                "value": one.id,
                "text": f"{spoken.day_long(one.on)} {one.begins_at:%H:%M}　{_place(one)}",
            }
            for one in self.sittings
        ]

    @property
    def kind(self) -> ReviewKind:
        """How the members would look at it."""
        return kind_of(self.group, self._convening())

    def starts_on_land(self) -> bool:
        """Whether the project is of a kind that is reviewed before its land is held."""
        template = self.catalogue.template_of.get(self.project.template)
        return template is not None and template.mode.start_on_land

    def needs_sitting(self) -> bool:
        """Whether the group comes together and no sitting is announced."""
        return self.kind in (ReviewKind.MEETING, ReviewKind.SITE_VISIT) and self.sitting is None

    def was_seen(self) -> bool:
        """Whether the departments saw the site together already."""
        return self.kind is ReviewKind.SITE_VISIT and any(
            one.kind is ReviewKind.SITE_VISIT
            and one.review_group == self.group.code
            and one.state is not ReviewState.CANCELLED
            for one in self.earlier
        )

    def lead(self) -> str:
        """How it is reviewed, by when, and what silence means."""
        sent_on = self.calendar.on_or_after(self.today)
        due_on = opinions_due(self.group, sent_on, self.sitting.on if self.sitting else None, self.calendar)
        silence = (
            gettext("silence agrees")
            if self.group.silence == "deemed_agree"
            else gettext("silence is no consent")
        )
        parts = [gettext(KINDS[self.kind]), gettext("opinions due %(day)s", day=spoken.day(due_on)), silence]
        return gettext(", ").join(parts)

    def _convening(self) -> Convening:
        return Convening(
            steps=(),
            members=(),
            sent_on=self.today,
            sitting=self.sitting,
            is_before_land=self.asked.get("before_land") == "1",
        )

    def wanted(self) -> NewReview:
        """What the form asks for."""
        return NewReview(
            project_id=self.project.id,
            review_group=self.group.code,
            steps=tuple(self.asked.getlist("steps")[:MOST]),
            members=tuple(self.asked.getlist("members")[:MOST]),
            sitting_id=self.sitting.id if self.sitting else None,
            subject=self.kept("subject"),
            why_again=self.kept("why_again"),
            is_before_land=self.asked.get("before_land") == "1",
            closing=current_app.config["CONCIERGE"].closing_time,
        )


def _place(sitting: Sitting) -> str:
    return sitting.room or gettext("online or on the spot")


def _sheet(asked: MultiDict[str, str], *, is_sent: bool = False, refused: str = "") -> ConveningSheet | None:
    """The form for what an address or a form names; None while it names no project.

    Raises: ProjectCodeUnknown; Missing, for a project out of scope or a group nobody knows.
    """
    project = _project(asked, actor())
    if project is None:
        return None
    catalogue, today = catalogue_queries.latest_catalogue(db.session), clock.today()
    group = catalogue.review_group_of.get(asked.get("group", "")) if catalogue else None
    if catalogue is None or group is None:
        raise Missing
    return ConveningSheet(
        project=project,
        group=group,
        catalogue=catalogue,
        steps=tuple(joint_reviews.open_steps(db.session, project.id, catalogue, language()).values()),
        earlier=joint_reviews.reviews_of(db.session, project.id),
        sittings=[
            one
            for one in reviews.sittings_of(db.session, project.id)
            if one.stands and one.on >= today and one.review_group == group.code
        ],
        calendar=catalogue_queries.work_calendar(db.session),
        today=today,
        asked=asked,
        is_sent=is_sent,
        refused=refused,
    )


def _project(asked: MultiDict[str, str], by: Actor) -> Project | None:
    number, code = whole_number(asked.get("project"), default=0, most=LARGEST), asked.get("code", "").strip()
    if not number and not code:
        return None
    wanted = Project.id == number if number else Project.code == code
    found = db.session.scalars(select(Project).where(wanted, scope.within(by, Project.id))).one_or_none()
    if found is None and number:
        raise Missing
    if found is None:
        raise ProjectCodeUnknown
    return found
