"""What the opinions of a joint review come to: the draft of the one answer, and who is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from approvals.rules.consolidation import asked_again, subjects_of
from approvals.rules.contradictions import Condition, Contradiction
from approvals.rules.joint_reviews import AnswerKind, JointReview, ReviewKind, ReviewState
from projects.queries.joint_review_file import JointReviewFile
from projects.views.joint_review_names import ReviewNames
from projects.views.joint_review_words import AGAIN, ANSWERS


@dataclass(frozen=True)
class AnswerSheet:
    """The answer as it would be given now. Shape: ``typed`` is what a refused form held."""

    file: JointReviewFile
    title: str
    typed: Mapping[str, str]

    @property
    def review(self) -> JointReview:
        """The review itself."""
        return self.file.review

    @property
    def names(self) -> ReviewNames:
        """How departments and matters are called."""
        return ReviewNames(self.file.catalogue)

    def is_complete(self) -> bool:
        """Whether everybody has answered, and no “not ours” is left."""
        return not (self.file.draft.outstanding or self.file.draft.not_ours)

    def answer_kind(self) -> str:
        """What the opinions come to so far."""
        return gettext(ANSWERS[self.file.draft.kind])

    def is_material(self) -> bool:
        """Whether the answer asks for papers."""
        return self.file.draft.kind is AnswerKind.MATERIAL

    def summary(self) -> list[dict[str, str]]:
        """Who says what, in groups."""
        draft = self.file.draft
        groups = (
            (gettext("Agree"), draft.agreed),
            (gettext("Agree by silence"), draft.by_silence),
            (gettext("Agree with conditions"), draft.with_conditions),
            (gettext("Not ours, not handed on yet"), draft.not_ours),
            (gettext("Not answered"), draft.outstanding),
        )
        return [{"term": term, "text": self.names.departments(codes)} for term, codes in groups if codes]

    def conditions(self) -> list[dict[str, Any]]:
        """The conditions one by one."""
        return [
            {
                "id": one.id,
                "department": self.names.department(one.department),
                "text": one.text,
                "figure": figure_of(one),
            }
            for one in self.file.draft.conditions
        ]

    def materials(self) -> list[dict[str, str]]:
        """The one list of missing papers."""
        return [
            {"text": one.text, "who": self.names.departments(one.departments)}
            for one in self.file.draft.materials
        ]

    def contradictions(self) -> list[dict[str, Any]]:
        """The conditions that cannot both hold, side by side."""
        return [self._side_by_side(one) for one in self.file.draft.contradictions]

    def _side_by_side(self, one: Contradiction) -> dict[str, Any]:
        low, high = one.key
        return {
            "first": low,
            "second": high,
            "sides": [
                {
                    "department": self.names.department(side.department),
                    "text": side.text,
                    "figure": figure_of(side),
                }
                for side in (one.first, one.second)
            ],
            "found": gettext("marked by %(name)s", name=one.marked_by)
            if one.is_marked
            else gettext("found by the figures"),
            "note": one.note,
            "resolution": one.resolution,
            "resolved_by": one.resolved_by,
        }

    def answer_text(self) -> str:
        """The answer as the office left it, else a draft in full sentences."""
        if "text" in self.typed:
            return self.typed["text"]
        return "\n".join(self._draft_lines())

    def required(self) -> Iterator[tuple[str, tuple[str, ...], int | None]]:
        """What the enterprise has to meet: each condition nobody contradicts, and what holds of the others.

        Shape: the words, whose they are, and the number of the condition if it is one.
        """
        draft = self.file.draft
        clashing = {side.id for one in draft.contradictions for side in (one.first, one.second)}
        for one in draft.conditions:
            if one.id not in clashing:
                yield one.text, (one.department,), one.id
        for pair in draft.contradictions:
            if pair.is_settled:
                yield pair.resolution, (pair.first.department, pair.second.department), None

    def _draft_lines(self) -> Iterator[str]:
        draft = self.file.draft
        steps = gettext(", ").join(self.names.step(code) for code in self.review.steps)
        yield gettext(
            "%(group)s of “%(project)s” (%(steps)s): %(answer)s.",
            group=self.title,
            project=self.file.project.name,
            steps=steps,
            answer=self.answer_kind(),
        )
        if draft.materials:
            yield gettext("Please supply, all at once:")
            for number, paper in enumerate(draft.materials, 1):
                yield f"{number}. {paper.text}（{self.names.departments(paper.departments)}）"
        for number, (line, who, _) in enumerate(self.required(), 1):
            if number == 1:
                yield gettext("Conditions:")
            yield f"{number}. {line}（{self.names.departments(who)}）"
        if self.review.kind is ReviewKind.BEFORE_LAND:
            yield gettext(
                "This is an opinion before the land is held. It is no licence; building is not allowed."
            )

    def again(self) -> list[dict[str, str]]:
        """Who would be asked in a second round now, and why."""
        found = asked_again(self.review, self.file.draft.contradictions)
        return [
            {
                "name": self.names.department(code),
                "why": gettext(", ").join(gettext(AGAIN[reason]) for reason in reasons),
            }
            for code, reasons in found.items()
        ]

    def may_ask_again(self) -> bool:
        """Whether the review stands where a second round can follow."""
        answer = self.review.answer
        if answer is not None:
            return answer.kind is AnswerKind.MATERIAL
        return self.review.state is ReviewState.GATHERED

    def subjects(self) -> list[dict[str, str]]:
        """What may have changed: subjects of conditions, or a department's whole matter."""
        subjects = [{"value": one, "text": one} for one in subjects_of(self.review)]
        whole = [
            {
                "value": member.department,
                "text": gettext(
                    "everything %(name)s looks at", name=self.names.department(member.department)
                ),
            }
            for member in self.review.standing
        ]
        return [*subjects, *whole]


def figure_of(condition: Condition) -> str:
    """The figure a condition names, as it was read; empty for words alone."""
    figure = condition.figure
    return f"{figure.subject} {figure.relation.sign} {figure.value}{figure.unit}" if figure else ""
