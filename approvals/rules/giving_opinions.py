"""May this department say this, now? Each refusal says what would help.

Source: PR-3, PR-4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from approvals.rules.contradictions import Condition, found_in, read_figure
from approvals.rules.joint_reviews import JointReview, Member
from approvals.rules.opinions import Opinion, Stance, comparable
from concierge.kernel.errors import N_, Invalid, Refusal

MOST_LINES, LONGEST_LINE, LONGEST_TEXT = 60, 500, 10_000


class NotAsked(Refusal):
    """A department that was not sent the submission."""

    message = N_(
        "“%(department)s” is not asked in this joint review. Ask it in a second round, or hand it on."
    )


class ReviewOver(Refusal):
    """A joint review that has its answer, or was called off."""

    message = N_("This joint review has its answer or was cancelled. A new concern needs a second round.")


class SilenceCounted(Refusal):
    """A department whose silence was taken for consent.

    Source: PR-4.
    """

    message = N_(
        "“%(department)s” did not answer by %(due_on)s, and in this group silence agrees. A concern goes to "
        "the lead, who may open a second round."
    )


class StanceExpected(Invalid):
    """An opinion that does not say whether the department agrees."""

    message = N_("Choose what the department answers.")
    field = "stance"


class ConditionsExpected(Invalid):
    """“Agrees with conditions”, without one."""

    message = N_("Write the conditions, one a line, or choose “agrees”.")
    field = "conditions"


class MaterialExpected(Invalid):
    """“Needs material”, without saying which."""

    message = N_("Name every paper that is missing, one a line: the enterprise is told once.")
    field = "materials"


class ReasonExpected(Invalid):
    """“Not ours”, without saying why or whose."""

    message = N_("Say why it is not this department's matter, and whose it may be.")
    field = "text"


class StanceAndLinesDiffer(Invalid):
    """Conditions or papers written under a stance that has none."""

    message = N_(
        "Conditions or papers are written, but the answer chosen has none. Choose the one that fits."
    )
    field = "stance"


class OwnConditionsContradict(Invalid):
    """Two conditions of one department that cannot both hold."""

    message = N_("“%(first)s” and “%(second)s” cannot both hold. Correct one of them.")
    field = "conditions"


class GivenTooEarly(Invalid):
    """An opinion from before the department had the submission."""

    message = N_("The submission was sent on %(sent_on)s; an opinion cannot be from before that day.")
    field = "given_on"


class GivenInFuture(Invalid):
    """An opinion from a day that has not come."""

    message = N_("%(given_on)s has not come yet; write the day on which the opinion was given.")
    field = "given_on"


class AskedOnce(Refusal):
    """A later round that asks for papers nobody asked for in the first.

    Source: AC-1, AC-4, PR-3.
    """

    message = N_(
        "“%(paper)s” was not on the first list, and an enterprise is told what is missing once. Only papers "
        "asked for before can be asked for again."
    )


class LeadLeads(Refusal):
    """The lead cannot say that the matter is not its own.

    Source: PR-3.
    """

    message = N_(
        "The lead department holds the review and cannot hand it back. It may agree or set conditions."
    )


class OpinionTooLong(Invalid):
    """More than anybody reads."""

    message = N_(
        "An opinion takes up to %(lines)s lines of %(length)s signs. Put longer reasons into a file, and "
        "name it here."
    )
    field = "conditions"


def cleaned(opinion: Opinion) -> Opinion:
    """The opinion without blank or repeated lines, and without spaces around."""
    return replace(
        opinion,
        text=opinion.text.strip(),
        conditions=_lines(opinion.conditions),
        materials=_lines(opinion.materials),
        given_by=opinion.given_by.strip(),
        number=opinion.number.strip(),
    )


def check_opinion(
    opinion: Opinion, review: JointReview, department: str, *, name: str, today: date
) -> Member:
    """Refuse an opinion that cannot stand; answers whom it is from, as it was asked last.

    Shape: ``opinion`` is cleaned; ``name`` is the department's as people read it.
    Raises: NotAsked, ReviewOver, SilenceCounted, LeadLeads, StanceExpected, StanceAndLinesDiffer,
        ConditionsExpected, MaterialExpected, ReasonExpected, OwnConditionsContradict, OpinionTooLong,
        GivenTooEarly, GivenInFuture, AskedOnce.
    Source: PR-3, PR-4.
    """
    member = _check_member(review, department, name)
    if opinion.stance is Stance.NOT_OURS and member.is_lead:
        raise LeadLeads
    _check_lines(opinion)
    _check_day(opinion.given_on or today, member, today)
    if review.round > 1:
        _check_asked_before(opinion, review, department)
    return member


def _check_member(review: JointReview, department: str, name: str) -> Member:
    if not review.is_open:
        raise ReviewOver
    member = review.member(department)
    if member is None:
        raise NotAsked(department=name)
    if member.stance is Stance.SILENT and review.silence_agrees:
        raise SilenceCounted(department=name, due_on=member.due_on)
    return member


def _check_lines(opinion: Opinion) -> None:
    stance, conditions, materials = opinion.stance, opinion.conditions, opinion.materials
    if stance is Stance.SILENT:
        raise StanceExpected
    _check_stance(stance, conditions=bool(conditions), materials=bool(materials), reason=bool(opinion.text))
    lines = (*conditions, *materials)
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise OpinionTooLong(lines=MOST_LINES, length=LONGEST_LINE)
    if len(opinion.text) > LONGEST_TEXT:
        raise OpinionTooLong(lines=1, length=LONGEST_TEXT, field="text")
    own = [Condition(place, "", line, read_figure(line)) for place, line in enumerate(conditions)]
    for clash in found_in(own):
        raise OwnConditionsContradict(first=clash.first.text, second=clash.second.text)


def _check_stance(stance: Stance, *, conditions: bool, materials: bool, reason: bool) -> None:
    if stance is Stance.CONDITIONS and not conditions:
        raise ConditionsExpected
    if stance is Stance.MATERIAL and not materials:
        raise MaterialExpected
    if stance is Stance.NOT_OURS and not reason:
        raise ReasonExpected
    may_have_conditions = stance in (Stance.CONDITIONS, Stance.MATERIAL)
    if (conditions and not may_have_conditions) or (materials and stance is not Stance.MATERIAL):
        raise StanceAndLinesDiffer


def _check_day(given_on: date, member: Member, today: date) -> None:
    if given_on > today:
        raise GivenInFuture(given_on=given_on)
    if given_on < member.sent_on:
        raise GivenTooEarly(sent_on=member.sent_on)


def _check_asked_before(opinion: Opinion, review: JointReview, department: str) -> None:
    asked = {
        comparable(words)
        for member in review.members
        if member.department == department and member.round < review.round and member.given
        for paper in member.given.materials
        for words in (paper.material, paper.text)
    }
    for line in opinion.materials:
        if comparable(line) not in asked:
            raise AskedOnce(paper=line)


def _lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
