"""When an office's template may be published, from which day, and when it may be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concierge.kernel.errors import N_, Invalid, Refusal
from documents.rules.template_state import TemplateState


class TemplateNotReady(Refusal):
    """Its trial is not over, or found what must be mended."""

    message = N_(
        "Version %(number)s cannot be published: its trial is not over, or what it found is not mended. Look"
        " at the findings, mend the file in Word or WPS and send it in again."
    )


class TemplateNeedsSecondPerson(Refusal):
    """The one who sent a template in may not publish it."""

    message = N_(
        "You sent version %(number)s in yourself. Somebody else with the right to publish looks at its pages"
        " and publishes it."
    )


class TemplateDayPast(Invalid):
    """A template would hold from a day that is over: documents of that day are already made."""

    field = "effective_on"
    message = N_("%(day)s is over, and documents of that day are made already. Choose today or a later day.")


class TemplateDayTaken(Invalid):
    """Another version begins on that day or after it."""

    field = "effective_on"
    message = N_(
        "Version %(number)s begins on %(day)s already. Choose a later day, or take that version back first."
    )


class TemplateNotInUse(Refusal):
    """Only what is published can be taken back."""

    message = N_("Version %(number)s is not in use, so it cannot be taken back.")


class TemplateCannotBeDropped(Refusal):
    """What was published stays; it is taken back instead."""

    message = N_("Version %(number)s was published, so it stays. Take it back from a day instead.")


class TemplateReasonMissing(Invalid):
    """A template is taken back without a word."""

    field = "why"
    message = N_("Write in a few words why this version is taken back; the next person will ask.")


@dataclass(frozen=True, kw_only=True)
class TemplateVersion:
    """One version of a template as the rules see it. Shape: ``made_by_id`` is None for the system."""

    number: int
    state: TemplateState
    made_by_id: int | None
    effective_on: date | None = None
    ended_on: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether documents of a day are made from it."""
        if self.effective_on is None or self.effective_on > on:
            return False
        return self.ended_on is None or self.ended_on > on


def check_publication(
    version: TemplateVersion, others: list[TemplateVersion], *, by_id: int | None, on: date, today: date
) -> None:
    """Refuse what one person alone, a faulty file or a wrong day would make of it.

    Shape: ``others`` are the published versions of the same kind; ``on`` is the first day it holds.
    Raises: TemplateNotReady, TemplateNeedsSecondPerson, TemplateDayPast, TemplateDayTaken.
    Source: TP-1.
    """
    if version.state is not TemplateState.READY:
        raise TemplateNotReady(number=version.number)
    if by_id is None or by_id == version.made_by_id:
        raise TemplateNeedsSecondPerson(number=version.number)
    if on < today:
        raise TemplateDayPast(day=on.isoformat())
    for other in others:
        if other.ended_on is None and other.effective_on is not None and other.effective_on >= on:
            raise TemplateDayTaken(number=other.number, day=other.effective_on.isoformat())


def last_day_out(version: TemplateVersion, *, today: date) -> date:
    """The day from which a version that is taken back holds no more: today, or the day it never reached.

    Raises: TemplateNotInUse.
    """
    is_open = version.ended_on is None or version.ended_on > today
    if version.state is not TemplateState.PUBLISHED or version.effective_on is None or not is_open:
        raise TemplateNotInUse(number=version.number)
    return max(today, version.effective_on)
