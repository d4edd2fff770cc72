"""One joint review as plain values for its template: who was asked, what they said, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext, pgettext

from approvals.rules.consolidation import AgainReason
from approvals.rules.joint_limits import LONGEST_EXTENSION_WORKDAYS, joint_end
from approvals.rules.joint_reviews import JointReview, Member, ReviewState
from approvals.rules.minutes import Task
from approvals.rules.opinions import Stance
from concierge.kernel import clock, spoken
from concierge.kernel.web import language, may
from projects.queries.joint_review_file import JointReviewFile
from projects.views.joint_review_answer import AnswerSheet
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_words import AGAIN, ANSWERS, KINDS, STANCES, STATES, WAYS
from scheduler import WorkCalendar

ON = "Review"
PAGE = "JointReviewView"
USUAL_TASK_WORKDAYS = 10


@dataclass(frozen=True)
class ReviewSheet:
    """One joint review for one reader.

    Shape: ``form`` names the form that was refused, ``refused`` says why, ``typed`` is what it held.
    """

    file: JointReviewFile
    today: date
    form: str = ""
    refused: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def review(self) -> JointReview:
        """The review itself."""
        return self.file.review

    @property
    def names(self) -> ReviewNames:
        """How departments and matters are called."""
        return ReviewNames(self.file.catalogue)

    @property
    def answer(self) -> AnswerSheet:
        """What the opinions come to, and who would be asked again."""
        return AnswerSheet(self.file, self.title, self.typed if self.form == "answer" else {})

    @property
    def title(self) -> str:
        """What is reviewed together."""
        return self.file.group.spoken(language())

    def may(self, verb: str) -> bool:
        """Whether this reader may do this here."""
        return may(verb, ON)

    def href(self, page: str = "one", **facts: Any) -> str:
        """The address of one of the review's own pages or forms."""
        return url_for(f"{PAGE}.{page}", review_id=self.review.id, **facts)

    def kept(self, form: str, name: str, usual: str = "") -> str:
        """What a field of a refused form held; its usual start otherwise."""
        return self.typed.get(name, "") if self.form == form else usual

    def project_href(self) -> str:
        """The page of the project."""
        return url_for("ProjectView.one", project_id=self.review.project_id)

    def usual_due_on(self) -> str:
        """When the tasks of the conditions are usually due."""
        return self.file.calendar.add_workdays(self.today, USUAL_TASK_WORKDAYS).isoformat()

    def condition_options(self) -> list[dict[str, Any]]:
        """The conditions, to choose two from."""
        return [
            {"value": one["id"], "text": f"{one['department']}　{one['text']}"}
            for one in self.answer.conditions()
        ]

    def lead(self) -> str:
        """The project, how it is reviewed, and by when."""
        parts = [gettext(KINDS[self.review.kind]), *self.rounds(), self.time_left()]
        return pgettext("between clauses", ", ").join(parts)

    def rounds(self) -> list[str]:
        """The round, where it is not the first."""
        return [gettext("round %(n)s", n=self.review.round)] if self.review.round > 1 else []

    def time_left(self) -> str:
        """How long the members have, or that they have no time left."""
        return time_left(self.review, self.file.calendar, self.today)

    def state(self) -> dict[str, str]:
        """Where the review stands, as a pill."""
        kind, word = STATES[self.review.state]
        return {"state": kind, "text": gettext(word)}

    def steps(self) -> list[dict[str, str]]:
        """The steps of the submission, each with its page."""
        return [
            {
                "text": self.names.step(code),
                "href": url_for(
                    "StepView.one", project_id=self.review.project_id, number=self.file.steps[code].number
                )
                if code in self.file.steps
                else "",
            }
            for code in self.review.steps
        ]

    def facts(self) -> list[dict[str, str]]:
        """The days of the review."""
        review = self.review
        end_on = joint_end(review.sent_on, review.extended_workdays, self.file.calendar)
        heard = sum(member.given is not None for member in review.asked_now)
        return [
            {"term": gettext("Sent to all"), "value": spoken.day(review.sent_on), "unit": "", "note": ""},
            {
                "term": gettext("Opinions due"),
                "value": spoken.day(review.due_on),
                "unit": "",
                "note": gettext("silence agrees")
                if review.silence_agrees
                else gettext("silence is no consent"),
            },
            {
                "term": gettext("Answered"),
                "value": f"{heard} / {len(review.asked_now)}",
                "unit": "",
                "note": "",
            },
            {
                "term": gettext("Whole handling ends"),
                "value": spoken.day(end_on),
                "unit": "",
                "note": gettext("extended by %(n)s working days", n=review.extended_workdays)
                if review.extended_workdays
                else gettext("45 working days by law"),
            },
        ]

    def members(self) -> Iterator[dict[str, Any]]:
        """Everybody asked, as asked last, with what they said."""
        for member in self.review.standing:
            yield {
                "code": member.department,
                "name": self.names.department(member.department),
                "is_lead": member.is_lead,
                "round": member.round,
                "asked_for": self.asked_for(member.asked_for),
                "received": self.received(member),
                "pill": self.stance(member),
                "said": self.said(member),
                "text": member.given.text if member.given else "",
                "conditions": [one.text for one in member.given.conditions] if member.given else [],
                "materials": [one.text for one in member.given.materials] if member.given else [],
                "handed": self.handed(member),
                "is_late": member.is_late,
                "file": url_for("OpinionView.file", review_id=self.review.id, department=member.department)
                if member.given and member.given.file_key
                else "",
                "can_receive": self.can_record and member.received_at is None,
                "can_answer": self.can_record
                and not (member.stance is Stance.SILENT and self.review.silence_agrees),
                "can_hand_on": self.can_record and member.stance is Stance.NOT_OURS and not member.handed_to,
            }

    @property
    def can_record(self) -> bool:
        """Whether this reader may write down receipts and opinions now."""
        return self.review.is_open and self.may("record")

    @property
    def can_answer(self) -> bool:
        """Whether this reader may give the answer now."""
        return self.review.is_open and self.may("answer")

    def asked_for(self, reasons: str) -> str:
        """Why a department is asked again."""
        words = [gettext(AGAIN[AgainReason(one)]) for one in reasons.split(",") if one]
        return gettext(", ").join(words)

    def received(self, member: Member) -> str:
        """When the department had the submission."""
        if member.received_at is None:
            return ""
        return spoken.day(clock.local(member.received_at).date())

    def stance(self, member: Member) -> dict[str, str]:
        """What it says, as a pill; that it has time, or has none left."""
        if member.given is None:
            late = member.due_on < self.today
            word = gettext("No answer yet")
            return {"state": "overdue" if late else "todo", "text": word}
        kind, word = STANCES[member.given.stance]
        if member.given.stance is Stance.SILENT and self.review.silence_agrees:
            return {"state": "done", "text": gettext("Silent, so agrees")}
        return {"state": kind, "text": gettext(word)}

    def said(self, member: Member) -> str:
        """On which day, by whom and which way it was said."""
        given = member.given
        if given is None or given.stance is Stance.SILENT:
            return gettext("by %(day)s", day=spoken.day(member.due_on))
        parts = [spoken.day(given.given_on), given.given_by, given.number, gettext(WAYS[given.way])]
        return gettext(", ").join(part for part in parts if part)

    def handed(self, member: Member) -> str:
        """Who took the matter over."""
        if not member.handed_to:
            return ""
        return gettext("handed to %(department)s", department=self.names.department(member.handed_to))

    def other_departments(self) -> list[dict[str, str]]:
        """The departments a matter can be handed to: the lead first, then everybody of the catalogue."""
        codes = [self.review.lead, *(one.code for one in self.file.catalogue.departments)]
        return [{"value": code, "text": self.names.department(code)} for code in dict.fromkeys(codes)]

    def tasks(self) -> list[dict[str, Any]]:
        """What is to be done, those due first in front."""
        return [task_row(one, self.names.department(one.department), self.today) for one in self.file.tasks]

    def minutes(self) -> list[dict[str, Any]]:
        """The minutes, the latest first."""
        return [
            {
                "on": spoken.day_long(one.held_on),
                "place": one.place,
                "text": one.text,
                "by": one.kept_by,
                "present": [
                    ngettext(
                        "%(name)s: %(num)s person",
                        "%(name)s: %(num)s people",
                        present.officers,
                        name=self.names.department(present.department),
                    )
                    + (f"（{present.names}）" if present.names else "")
                    for present in one.present
                ],
            }
            for one in self.file.minutes
        ]

    def has_session(self) -> bool:
        """Whether people come together for this review."""
        return self.review.session_on is not None

    def can_ask_again(self) -> bool:
        """Whether a second round can be opened by this reader now."""
        return self.may("answer") and self.answer.may_ask_again()

    def may_mark(self) -> bool:
        """Whether there are conditions of two departments to compare."""
        return self.can_record and len({one.department for one in self.file.draft.conditions}) > 1

    def answers(self) -> list[dict[str, str]]:
        """The answers given, the latest first."""
        return [
            {
                "title": gettext(ANSWERS[one.kind]),
                "round": gettext("round %(n)s", n=one.round),
                "on": spoken.day(one.on),
                "by": one.given_by,
                "text": one.text,
            }
            for one in reversed(self.review.answers)
        ]

    def longest_extension(self) -> int:
        """How far the whole may be extended."""
        return LONGEST_EXTENSION_WORKDAYS


def task_row(task: Task, department: str, today: date) -> dict[str, Any]:
    """One task for a list."""
    return {
        "id": task.id,
        "version": task.version,
        "what": task.what,
        "department": department,
        "due_on": task.due_on,
        "is_overdue": task.is_overdue(today),
        "done": gettext("done %(day)s, %(name)s", day=spoken.day(task.done_on), name=task.done_by)
        if task.done_on
        else "",
        "note": task.done_note,
        "href": url_for(f"{PAGE}.task", review_id=task.review_id, task_id=task.id),
        "review": url_for(f"{PAGE}.one", review_id=task.review_id),
    }


def time_left(review: JointReview, calendar: WorkCalendar, today: date) -> str:
    """How many working days the members have, in words."""
    if review.state is not ReviewState.GATHERING:
        return gettext(STATES[review.state][1])
    if today > review.due_on:
        late = calendar.workdays_between(review.due_on, today)
        return ngettext("%(num)s working day over", "%(num)s working days over", late)
    left = calendar.workdays_between(today, review.due_on)
    if not left:
        return gettext("opinions due today")
    return ngettext("%(num)s working day for opinions", "%(num)s working days for opinions", left)
