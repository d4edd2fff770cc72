"""The form in which a department gives its opinion in a joint review, by link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews
from approvals.rules.catalogue import Catalogue
from approvals.rules.joint_reviews import JointReview, Member
from approvals.rules.opinions import Opinion, Stance
from concierge.desk.rules.links import DepartmentLink
from concierge.desk.rules.reply import OutcomeMissing
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import N_, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import language
from projects.models.project import Project
from projects.queries.project_file import visible_project

LONGEST_TEXT = 10_000
STANCES: Mapping[Stance, tuple[str, str]] = {
    Stance.AGREE: (N_("Agree"), N_("without conditions")),
    Stance.CONDITIONS: (N_("Agree with conditions"), N_("one a line, each to be checked later")),
    Stance.MATERIAL: (N_("Needs material"), N_("name every paper, one a line: the enterprise is told once")),
    Stance.NOT_OURS: (N_("Not ours"), N_("say why, and whose it may be")),
}


@dataclass(frozen=True, kw_only=True)
class OpinionSheet:
    """One joint review as one department sees it, with the form."""

    review: JointReview
    member: Member
    project: Project
    catalogue: Catalogue
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[dict[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The review group, in the reader's language."""
        known = self.catalogue.review_group_of.get(self.review.review_group)
        return known.spoken(language()) if known else self.review.subject

    @property
    def department(self) -> str:
        """The department, in the reader's language."""
        return self.catalogue.department_of[self.member.department].spoken(language())

    def steps(self) -> list[str]:
        """The matters under review."""
        known = self.catalogue.matter_of
        return [known[code].spoken(language()) if code in known else code for code in self.review.steps]

    def stances(self) -> list[dict[str, Any]]:
        """What may be answered; the lead cannot hand the matter back."""
        return [
            {"value": stance.value, "text": gettext(words[0]), "note": gettext(words[1])}
            for stance, words in STANCES.items()
            if not (stance is Stance.NOT_OURS and self.member.is_lead)
        ]

    def given(self) -> str:
        """What the department said last; empty while it said nothing."""
        stance = self.member.stance
        return gettext(STANCES[stance][0]) if stance is not None and stance in STANCES else ""

    def wrong(self, name: str) -> str | None:
        """What is wrong with one field, if anything."""
        return next((one["message"] for one in self.problems if one["field"] == name), None)


def opinion_sheet(session: Session, link: DepartmentLink) -> OpinionSheet:
    """The joint review of a link.

    Raises: Missing, when the department was not asked.
    """
    review = joint_reviews.review(session, link.review_id or 0)
    member = review.member(link.department)
    if member is None or review.project_id != link.project_id:
        raise Missing
    project = visible_project(session, review.project_id, SYSTEM)
    catalogue = catalogue_queries.published_catalogue(session)
    return OpinionSheet(review=review, member=member, project=project, catalogue=catalogue)


def typed_opinion(form: Mapping[str, str], *, given_by: str) -> Opinion:
    """The opinion typed.

    Raises: OutcomeMissing, NotACalendarDay.
    """
    stances = {stance.value: stance for stance in STANCES}
    if form.get("stance") not in stances:
        raise OutcomeMissing(field="stance")
    stance = stances[form["stance"]]
    return Opinion(
        stance=stance,
        text=form.get("text", "")[:LONGEST_TEXT],
        conditions=_lines(form, "conditions") if stance in (Stance.CONDITIONS, Stance.MATERIAL) else (),
        materials=_lines(form, "materials") if stance is Stance.MATERIAL else (),
        given_on=typed_day(form.get("given_on"), "given_on"),
        given_by=form.get("given_by", "").strip()[:80] or given_by,
        number=form.get("number", "").strip()[:80],
    )


def _lines(form: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in form.get(name, "")[:LONGEST_TEXT].splitlines() if line.strip())
