"""Who is asked in a joint review, how they look at it, and by when they answer.

Source: PR-3, PR-4, PR-5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from approvals.rules.catalogue import ReviewGroup
from approvals.rules.joint_reviews import JointReview, ReviewKind, ReviewState
from approvals.rules.sittings import ON_THE_SPOT, SITTING_MODES, Sitting, departments_of
from concierge.kernel.errors import N_, Invalid, Refusal
from scheduler import WorkCalendar

MAY_BE_WRITTEN = frozenset({"meeting_or_online"})
"""Ways of reviewing that bring people together, or send papers round."""


class NoStepToReview(Invalid):
    """A submission without a step."""

    message = N_("Choose at least one step that the group reviews.")
    field = "steps"


class StepNotReviewedHere(Invalid):
    """A step that another group reviews, that has its result, or that the project does not need."""

    message = N_(
        "“%(step)s” is not for this group: another group reviews it, or it has its result or is not needed."
    )
    field = "steps"


class InReviewAlready(Refusal):
    """One submission at a time: a step in two open reviews would get two answers."""

    message = N_("“%(step)s” is in an open joint review already. Answer or cancel that one first.")


class MemberNotOfGroup(Invalid):
    """A department the catalogue does not name for this group."""

    message = N_("“%(department)s” is no member of this review group. Add it in the catalogue first.")
    field = "members"


class DecidingMemberLeftOut(Refusal):
    """A department that leads the group or decides a step of the project, and would not be asked.

    Source: PR-3.
    """

    message = N_("“%(department)s” leads the group or decides a step of this project. It has to be asked.")


class SessionNeeded(Refusal):
    """A group that comes together, without a sitting."""

    message = N_("This group comes together. Announce its sitting first, then send the submission.")


class SittingNotForThis(Invalid):
    """A sitting of another group, that was called off, or whose list names none of the steps."""

    message = N_("That sitting is not announced for any of these steps. Put one on its list first.")
    field = "sitting"


class SessionBegun(Refusal):
    """The members have to know the content before they sit.

    Source: PR-4.
    """

    message = N_(
        "The sitting was on %(on)s; its members must have the submission before. Announce a new one."
    )


class SiteSeenAlready(Refusal):
    """The departments go together, once.

    Source: PR-5.
    """

    message = N_(
        "The departments saw the site of this project together already. Who needs to see it again says why "
        "in the field “why again”."
    )


@dataclass(frozen=True)
class ProposedMember:
    """One department of a group, and which steps of the project it decides. Shape: codes of steps."""

    department: str
    is_lead: bool
    decides: tuple[str, ...]

    @property
    def takes_part(self) -> bool:
        """Whether it has to be asked: it leads, or decides something of this project."""
        return self.is_lead or bool(self.decides)


@dataclass(frozen=True)
class OpenStep:
    """One step of the project as convening needs it. Shape: ``groups`` are those that review its matter."""

    code: str
    name: str
    department: str
    groups: tuple[str, ...]
    is_needed: bool = True
    is_over: bool = False


@dataclass(frozen=True, kw_only=True)
class Convening:
    """A joint review somebody wants to convene."""

    steps: tuple[str, ...]
    members: tuple[str, ...]
    sent_on: date
    sitting: Sitting | None = None
    is_before_land: bool = False
    why_again: str = ""


def proposed_members(group: ReviewGroup, steps: Iterable[OpenStep]) -> tuple[ProposedMember, ...]:
    """The departments of a group, the lead first, each with what it decides of this project.

    A member with nothing to decide need not be asked: a gas utility has no say on a plant without gas. Who
    convenes may ask it all the same.

    Source: PR-3; who has nothing to decide [D].
    """
    decides: dict[str, list[str]] = {}
    for step in steps:
        if step.is_needed:
            decides.setdefault(step.department, []).append(step.code)
    return tuple(
        ProposedMember(department, department == group.lead, tuple(decides.get(department, ())))
        for department in departments_of(group)
    )


def reviewed_by(group: ReviewGroup, steps: Iterable[OpenStep]) -> tuple[OpenStep, ...]:
    """The steps of a project that a group can still review."""
    return tuple(step for step in steps if group.code in step.groups and step.is_needed and not step.is_over)


def kind_of(group: ReviewGroup, wanted: Convening) -> ReviewKind:
    """How the members look at it, from the group's mode and whether there is a sitting.

    Source: PR-4, PR-5, PR-9.
    """
    if wanted.is_before_land:
        return ReviewKind.BEFORE_LAND
    if group.mode in ON_THE_SPOT:
        return ReviewKind.SITE_VISIT
    if group.mode in SITTING_MODES and (wanted.sitting or group.mode not in MAY_BE_WRITTEN):
        return ReviewKind.MEETING
    return ReviewKind.WRITTEN


def opinions_due(group: ReviewGroup, sent_on: date, session_on: date | None, calendar: WorkCalendar) -> date:
    """The last day for the members' opinions.

    Units: working days; day 0 is the session, where there is one, else the day everybody was sent it.
    Source: PR-4, WD-2; counting from the session [D].
    """
    return calendar.add_workdays(session_on or sent_on, group.opinion_workdays)


def check_convening(
    wanted: Convening,
    group: ReviewGroup,
    steps: Mapping[str, OpenStep],
    earlier: Collection[JointReview],
    names: Mapping[str, str],
) -> ReviewKind:
    """Refuse a joint review that would ask the wrong departments, or the right ones twice.

    Shape: ``steps`` of the project by code; ``earlier`` are its other joint reviews; ``names`` of departments
        as people read them.
    Raises: NoStepToReview, StepNotReviewedHere, InReviewAlready, MemberNotOfGroup, DecidingMemberLeftOut,
        SessionNeeded, SittingNotForThis, SessionBegun, SiteSeenAlready.
    Source: PR-3, PR-4, PR-5.
    """
    _check_steps(wanted, group, steps, earlier)
    _check_members(wanted, group, steps, names)
    kind = kind_of(group, wanted)
    if kind in (ReviewKind.MEETING, ReviewKind.SITE_VISIT):
        _check_session(wanted, group)
    if kind is ReviewKind.SITE_VISIT and not wanted.why_again.strip():
        seen = (r for r in earlier if r.kind is kind and r.review_group == group.code)
        if any(review.state is not ReviewState.CANCELLED for review in seen):
            raise SiteSeenAlready
    return kind


def _check_steps(
    wanted: Convening, group: ReviewGroup, steps: Mapping[str, OpenStep], earlier: Collection[JointReview]
) -> None:
    if not wanted.steps:
        raise NoStepToReview
    possible = {step.code for step in reviewed_by(group, steps.values())}
    open_ = {code for review in earlier if review.is_open for code in review.steps}
    for code in wanted.steps:
        name = steps[code].name if code in steps else code
        if code not in possible:
            raise StepNotReviewedHere(step=name)
        if code in open_:
            raise InReviewAlready(step=name)


def _check_members(
    wanted: Convening, group: ReviewGroup, steps: Mapping[str, OpenStep], names: Mapping[str, str]
) -> None:
    of_group = departments_of(group)
    for department in wanted.members:
        if department not in of_group:
            raise MemberNotOfGroup(department=names.get(department, department))
    for proposed in proposed_members(group, steps.values()):
        if proposed.takes_part and proposed.department not in wanted.members:
            raise DecidingMemberLeftOut(department=names.get(proposed.department, proposed.department))


def _check_session(wanted: Convening, group: ReviewGroup) -> None:
    sitting = wanted.sitting
    if sitting is None:
        raise SessionNeeded
    listed = {item.code for item in sitting.items}
    if not sitting.stands or sitting.review_group != group.code or not listed & set(wanted.steps):
        raise SittingNotForThis
    if sitting.on < wanted.sent_on:
        raise SessionBegun(on=sitting.on)
