"""The joint reviews a person may see, as plain values for their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.joint_reviews import JointReview, ReviewState
from concierge.kernel.web import may
from projects.queries.joint_review_file import JointReviewList
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_sheet import ON, task_row, time_left
from projects.views.joint_review_words import ANSWERS, STATES


@dataclass(frozen=True)
class ListSheet:
    """The list of joint reviews for one reader."""

    found: JointReviewList
    today: date
    is_over: bool

    @property
    def names(self) -> ReviewNames:
        """How departments and matters are called."""
        return ReviewNames(self.found.catalogue)

    def lead(self) -> str:
        """How many there are, and how many are late."""
        count = len(self.found.reviews)
        if self.is_over:
            return ngettext("%(num)s joint review is over", "%(num)s joint reviews are over", count)
        late = sum(self.is_late(one) for one in self.found.reviews)
        waiting = ngettext("%(num)s joint review is open", "%(num)s joint reviews are open", count)
        return f"{waiting}{gettext(', ')}{gettext('%(n)s past their day', n=late)}" if late else waiting

    def is_late(self, review: JointReview) -> bool:
        """Whether its departments should all have answered."""
        return review.is_open and bool(review.outstanding) and review.due_on < self.today

    def tabs(self) -> list[dict[str, Any]]:
        """Choosing a slot, what is announced, and this list."""
        return board_tabs("JointReviewView.list")

    def filters(self) -> list[dict[str, Any]]:
        """What is open, and what is over."""
        return [
            {
                "text": gettext("Unfinished"),
                "href": url_for("JointReviewView.list"),
                "is_current": not self.is_over,
            },
            {
                "text": gettext("Ended"),
                "href": url_for("JointReviewView.list", over=1),
                "is_current": self.is_over,
            },
        ]

    def may_convene(self) -> bool:
        """Whether this reader may convene one."""
        return may("convene", ON)

    def rows(self) -> Iterator[dict[str, Any]]:
        """One joint review a row, those due first in front."""
        for one in self.found.reviews:
            kind, word = STATES[one.state]
            answer = one.answers[-1] if one.answers else None
            yield {
                "href": url_for("JointReviewView.one", review_id=one.id),
                "project": self.found.names.get(one.project_id, ""),
                "group": self.names.group(one.review_group),
                "steps": gettext(", ").join(self.names.step(code) for code in one.steps),
                "round": one.round,
                "pill": {"state": "overdue" if self.is_late(one) else kind, "text": gettext(word)},
                "answer": gettext(ANSWERS[answer.kind])
                if answer and one.state is ReviewState.ANSWERED
                else "",
                "heard": f"{sum(m.given is not None for m in one.asked_now)} / {len(one.asked_now)}",
                "missing": self.names.departments(m.department for m in one.outstanding)
                if one.is_open
                else "",
                "due_on": one.due_on,
                "left": time_left(one, self.found.calendar, self.today),
            }

    def tasks(self) -> list[dict[str, Any]]:
        """What is still to be done after joint reviews, of every project."""
        return [
            {
                **task_row(one, self.names.department(one.department), self.today),
                "project": self.found.names.get(one.project_id, ""),
            }
            for one in self.found.tasks
        ]


def board_tabs(current: str) -> list[dict[str, Any]]:
    """The parts of joint review: slots, meetings, opinions. Shape: ``current`` is the part's endpoint."""
    parts = (
        ("ReviewBoardView.list", gettext("Choose slots")),
        ("ReviewBoardView.announced", gettext("Announced meetings")),
        ("JointReviewView.list", gettext("Opinions and minutes")),
    )
    return [
        {"text": text, "href": url_for(endpoint), "is_current": endpoint == current, "count": None}
        for endpoint, text in parts
    ]
