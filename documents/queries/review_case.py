"""A joint review as its documents tell it: who was asked what, who said what, and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.joint_review import ReviewMemberRow
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews, reviews
from approvals.rules.catalogue import Catalogue
from approvals.rules.consolidation import Consolidated, consolidated
from approvals.rules.contradictions import Contradiction
from approvals.rules.joint_reviews import JointReview, Member
from approvals.rules.sittings import Sitting
from concierge.kernel.errors import Missing
from documents.queries.project_case import ProjectCase, project_case
from documents.rules.facts import MissingFact, Prefilled, Value
from documents.rules.office_names import official_name
from documents.rules.wording import with_chinese_brackets

HALVES = {"morning": "上午", "afternoon": "下午"}


@dataclass(frozen=True, kw_only=True)
class ReviewCase:
    """One joint review with its project; departments are named by the catalogue as it is published now."""

    review: JointReview
    of: ProjectCase
    published: Catalogue
    sitting: Sitting | None
    recorded: tuple[Contradiction, ...]

    @property
    def page(self) -> str:
        """Where a person records what is missing of it."""
        return f"/reviews/cases/{self.review.id}"

    @cached_property
    def whole(self) -> Consolidated:
        """What the opinions come to."""
        return consolidated(self.review, self.recorded)

    @property
    def group(self) -> str:
        """What the review group is called."""
        known = self.published.review_group_of.get(self.review.review_group)
        return known.name_zh if known else self.review.review_group

    def department(self, code: str) -> str:
        """A department in full."""
        if code == "ENT":
            return self.of.project.enterprise.name
        return official_name(self.published.department_of.get(code), code, self.of.county)

    def departments(self, codes: Iterable[str]) -> str:
        """Several of them, joined as a sentence joins them."""
        return "、".join(self.department(code) for code in codes)

    def matter(self, code: str) -> str:
        """A step under review as its catalogue calls it."""
        known = self.of.catalogue.matter_of.get(code) or self.published.matter_of.get(code)
        return with_chinese_brackets(known.name_zh) if known else code

    def basis(self, codes: Iterable[str], on: date) -> str:
        """The citations of these steps in force on a day, each once. Source: R-LAW-1."""
        found = (basis.citation for code in codes for basis in self.of.catalogue.bases_in_force(code, on))
        return with_chinese_brackets("；".join(dict.fromkeys(found)))

    def words(self) -> dict[str, Value]:
        """The review as its documents name it."""
        review = self.review
        return {
            "id": review.id,
            "round": review.round,
            "group": self.group,
            "lead": self.department(review.lead),
            "subject": review.subject,
            "steps": "、".join(self.matter(code) for code in review.steps),
            "sent_on": review.sent_on,
            "due_on": review.due_on,
            "silence_agrees": review.silence_agrees,
            "session_on": self.session_on,
            "place": self.place,
        }

    @property
    def session_on(self) -> date | None:
        """The day of the session or visit; None for a written review."""
        return self.sitting.on if self.sitting else self.review.session_on

    @property
    def place(self) -> str:
        """When in the day, and in which room."""
        if self.sitting is None:
            return ""
        begins = f"{HALVES[self.sitting.half.value]}{self.sitting.begins_at:%H:%M}"
        return f"{begins}，{self.sitting.room}" if self.sitting.room else begins

    def steps_of(self, member: Member) -> str:
        """The steps under review that are this department's own; all of them where none is."""
        own = [code for code in self.review.steps if self._lead_of(code) == member.department]
        return "、".join(self.matter(code) for code in own or self.review.steps)

    def _lead_of(self, code: str) -> str:
        step = self.of.step(code)
        return step.department if step else ""

    def prefilled(self) -> tuple[Prefilled, ...]:
        """Where its fields came from."""
        return self.of.prefilled("项目代码", "单位名称", "总投资", "用地面积", "建筑面积")

    def lacks(self, fits: object, name: str) -> tuple[MissingFact, ...]:
        """The fact that is missing where it does not hold."""
        return () if fits else (MissingFact(name=name, page=self.page),)


def review_case(session: Session, review_id: int) -> ReviewCase:
    """One joint review. Shape: fourteen queries at the most. Raises: Missing."""
    review = joint_reviews.review(session, review_id)
    of = project_case(session, review.project_id)
    return ReviewCase(
        review=review,
        of=of,
        published=catalogue_queries.latest_catalogue(session) or of.catalogue,
        sitting=reviews.sitting(session, review.sitting_id) if review.sitting_id else None,
        recorded=joint_reviews.recorded(session, review),
    )


def opinion_case(session: Session, member_id: int) -> tuple[ReviewCase, Member]:
    """One department asked, with its review. Raises: Missing."""
    review_id = session.scalar(select(ReviewMemberRow.review_id).where(ReviewMemberRow.id == member_id))
    if review_id is None:
        raise Missing
    case = review_case(session, review_id)
    member = next((one for one in case.review.members if one.id == member_id), None)
    if member is None:
        raise Missing
    return case, member
