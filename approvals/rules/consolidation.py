"""One answer from many opinions: what all agree to, what is asked, and what cannot all hold.

Source: PR-3, PR-4.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from approvals.rules.contradictions import Condition, Contradiction, all_of
from approvals.rules.joint_reviews import AnswerKind, JointReview, Member, ReviewState
from approvals.rules.opinions import AskedPaper, Stance
from concierge.kernel.errors import N_, Invalid, Refusal


class OpinionsOutstanding(Refusal):
    """Departments that have not answered, where silence is no consent.

    Source: PR-4.
    """

    message = N_(
        "%(departments)s has not answered, and silence does not count as consent here. Chase it first."
    )


class NotOursOpen(Refusal):
    """A “not ours” the lead has not dealt with.

    Source: PR-3.
    """

    message = N_(
        "%(departments)s says the matter is not its own. The lead takes it over or names another department "
        "first."
    )


class ContradictionsOpen(Refusal):
    """Conditions that cannot both hold: no enterprise can meet the answer.

    Source: PR-3, one consolidated answer.
    """

    message = N_(
        "“%(first)s” and “%(second)s” cannot both hold. Settle that with the lead, or open a second round "
        "for the two departments."
    )


class AnswerExpected(Invalid):
    """An answer without words."""

    message = N_("Write the answer the enterprise gets.")
    field = "text"


class NobodyAffected(Refusal):
    """A second round without a department that has anything to say anew."""

    message = N_(
        "Nobody is affected: no paper was asked for, no condition is contradicted, and no subject that "
        "somebody set a condition on has changed."
    )


class RoundNotOver(Refusal):
    """A round in which departments still have time."""

    message = N_("The round still runs: %(departments)s has time until %(due_on)s.")


class NoSecondRound(Refusal):
    """A review that is answered for good, or cancelled."""

    message = N_("This joint review has its final answer or was cancelled. Convene a new one.")


class AgainReason(enum.Enum):
    """Why a department is asked again: only those affected are.

    Source: PR-3; second rounds for those affected alone [D].
    """

    MATERIAL = "material"
    CONTRADICTION = "contradiction"
    CHANGED = "changed"
    SILENT = "silent"


@dataclass(frozen=True)
class OneList:
    """One paper of the one list, and who asked for it."""

    text: str
    material: str
    departments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Consolidated:
    """What the opinions come to, as a draft of the one answer.

    Shape: departments are codes, in the order they were asked; ``outstanding`` have said nothing that counts,
        ``not_ours`` handed the matter back and the lead has not dealt with it.
    """

    kind: AnswerKind
    agreed: tuple[str, ...] = ()
    by_silence: tuple[str, ...] = ()
    with_conditions: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    materials: tuple[OneList, ...] = ()
    handed: tuple[Member, ...] = ()
    not_ours: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def unsettled(self) -> tuple[Contradiction, ...]:
        """The contradictions the lead has not settled."""
        return tuple(one for one in self.contradictions if not one.is_settled)


def consolidated(review: JointReview, recorded: Iterable[Contradiction] = ()) -> Consolidated:
    """One answer from what every department says now.

    A paper that several ask for stands once, with all who asked. Conditions stand one by one: the words are
    the department's own.

    Shape: ``recorded`` are contradictions marked by people or settled.
    Source: PR-3, PR-4.
    """
    conditions = tuple(c for m in review.standing if m.given for c in m.given.conditions)
    materials = one_list(p for m in review.standing if m.given for p in m.given.materials)
    silent = _who(review, Stance.SILENT)
    handed = tuple(m for m in review.standing if m.stance is Stance.NOT_OURS and m.handed_to)
    return Consolidated(
        kind=_kind(conditions, materials),
        agreed=_who(review, Stance.AGREE),
        by_silence=silent if review.silence_agrees else (),
        with_conditions=_who(review, Stance.CONDITIONS),
        conditions=conditions,
        materials=materials,
        handed=handed,
        not_ours=tuple(
            m.department for m in review.standing if m.stance is Stance.NOT_OURS and not m.handed_to
        ),
        outstanding=tuple(m.department for m in review.outstanding),
        contradictions=all_of(conditions, recorded),
    )


def one_list(papers: Iterable[AskedPaper]) -> tuple[OneList, ...]:
    """Every missing paper once, with all who asked for it.

    Source: PR-3, AC-1.
    """
    texts: dict[str, AskedPaper] = {}
    asked: dict[str, list[str]] = {}
    for paper in papers:
        texts.setdefault(paper.key, paper)
        asked.setdefault(paper.key, []).append(paper.department)
    return tuple(
        OneList(paper.text, paper.material, tuple(dict.fromkeys(asked[key]))) for key, paper in texts.items()
    )


def check_answer(draft: Consolidated, text: str, names: Mapping[str, str]) -> None:
    """Refuse an answer that is not everybody's, or that nobody can meet.

    An answer that only asks for papers may leave a contradiction open: the review goes on when they are here.

    Shape: ``names`` of departments as people read them.
    Raises: OpinionsOutstanding, NotOursOpen, ContradictionsOpen, AnswerExpected.
    Source: PR-3, PR-4.
    """
    if draft.outstanding:
        raise OpinionsOutstanding(departments=_named(draft.outstanding, names))
    if draft.not_ours:
        raise NotOursOpen(departments=_named(draft.not_ours, names))
    if draft.unsettled and draft.kind is not AnswerKind.MATERIAL:
        first = draft.unsettled[0]
        raise ContradictionsOpen(first=first.first.text, second=first.second.text)
    if not text.strip():
        raise AnswerExpected


def asked_again(
    review: JointReview, contradictions: Iterable[Contradiction] = (), changed: Collection[str] = ()
) -> dict[str, tuple[AgainReason, ...]]:
    """Whom a second round asks, and why: those affected, and nobody else.

    Affected is who asked for a paper, who has a condition in an unsettled contradiction, who set a condition
    on a subject that has changed, and who stayed silent where silence is no consent.

    Shape: by department in the order they were asked; ``changed`` are subjects, or departments whose whole
        matter has changed.
    Source: PR-3; [D] for who is affected.
    """
    clashing = {
        condition.department
        for one in contradictions
        if not one.is_settled
        for condition in (one.first, one.second)
    }
    found = {
        member.department: tuple(_reasons(member, review, clashing, set(changed)))
        for member in review.standing
    }
    return {department: reasons for department, reasons in found.items() if reasons}


def check_second_round(
    review: JointReview, again: Mapping[str, tuple[AgainReason, ...]], names: Mapping[str, str]
) -> None:
    """Refuse a second round that is too early, too late, or asks nobody.

    Raises: NoSecondRound, RoundNotOver, NobodyAffected.
    """
    answer = review.answer
    if review.state is ReviewState.CANCELLED or (answer and answer.kind is not AnswerKind.MATERIAL):
        raise NoSecondRound
    waiting = tuple(m for m in review.asked_now if m.given is None)
    if review.state is ReviewState.GATHERING and waiting:
        raise RoundNotOver(
            departments=_named((m.department for m in waiting), names), due_on=max(m.due_on for m in waiting)
        )
    if not again:
        raise NobodyAffected


def subjects_of(review: JointReview) -> tuple[str, ...]:
    """The subjects somebody set a condition on, as they were written first."""
    subjects = {
        condition.figure.about: condition.figure.subject
        for member in reversed(review.standing)
        if member.given
        for condition in reversed(member.given.conditions)
        if condition.figure
    }
    return tuple(reversed(subjects.values()))


def _reasons(
    member: Member, review: JointReview, clashing: Collection[str], changed: Collection[str]
) -> Iterable[AgainReason]:
    if member.stance is Stance.MATERIAL:
        yield AgainReason.MATERIAL
    if member.department in clashing:
        yield AgainReason.CONTRADICTION
    subjects = {c.figure.subject for c in member.given.conditions if c.figure} if member.given else set()
    if member.department in changed or subjects & set(changed):
        yield AgainReason.CHANGED
    if member.stance is Stance.SILENT and not review.silence_agrees:
        yield AgainReason.SILENT


def _kind(conditions: Collection[Condition], materials: Collection[OneList]) -> AnswerKind:
    if materials:
        return AnswerKind.MATERIAL
    return AnswerKind.CONDITIONS if conditions else AnswerKind.AGREED


def _who(review: JointReview, stance: Stance) -> tuple[str, ...]:
    return tuple(member.department for member in review.standing if member.stance is stance)


def _named(departments: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(department, department) for department in departments)
