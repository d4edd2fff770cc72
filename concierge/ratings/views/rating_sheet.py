"""One rating's page as plain values: what was said, whose turn it is, and its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.web import actor, may
from concierge.ratings.queries.rating_file import RatingFile
from concierge.ratings.rules.rating import Level
from concierge.ratings.rules.redress import (
    Finding,
    Ruling,
    Stage,
    appeal_last_day,
    due,
    latest_rectify_day,
    stage,
    usual_rectify_day,
)
from concierge.ratings.views.board_sheet import name_of, service_of
from concierge.ratings.views.words import (
    CHANNELS,
    FINDINGS,
    LEVELS,
    ON,
    REASONS,
    RULINGS,
    STAGE_LOOKS,
    STAGES,
)
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the story."""

    at: str
    iso: str
    by: str
    text: str
    kind: str = ""
    notes: tuple[str, ...] = ()
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class RatingSheet:
    """One rating for one reader. Shape: ``said`` is why the last try failed, ``typed`` what was typed.

    An anonymous rating shows neither project nor enterprise: those who are rated may be reading.
    """

    file: RatingFile
    catalogue: Catalogue | None
    calendar: WorkCalendar
    today: date
    rectify_workdays: int
    authority: Sequence[str]
    said: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def service(self) -> str:
        """What was rated."""
        return service_of(self.catalogue, self.file.occasion.code, self.file.occasion.title)

    @property
    def department(self) -> str:
        """Who decided."""
        return name_of(self.catalogue, self.file.rating.department)

    @property
    def level(self) -> str:
        """The level in words."""
        return gettext(LEVELS[self.file.rating.level])

    @property
    def stars(self) -> list[bool]:
        """Five stars."""
        return [star <= self.file.rating.level.grade for star in range(1, 6)]

    @property
    def stage(self) -> Stage | None:
        """Whose turn it is; None for one that is not negative."""
        return stage(self.file.redress.facts()) if self.file.redress else None

    @property
    def stage_text(self) -> str:
        """The same in words."""
        return gettext(STAGES[self.stage]) if self.stage else ""

    @property
    def look(self) -> str:
        """How the stage looks."""
        if self.due_on is not None and self.due_on < self.today:
            return "overdue"
        return STAGE_LOOKS[self.stage] if self.stage else "done"

    @property
    def due_on(self) -> date | None:
        """The day the present stage is due."""
        return due(self.file.redress.facts(), self.calendar) if self.file.redress else None

    def facts(self) -> list[tuple[str, str]]:
        """What was said, term by term."""
        rating, occasion = self.file.rating, self.file.occasion
        found = [
            (gettext("Rated on"), spoken.day_full(rating.given_on)),
            (gettext("How the rating came"), gettext(CHANNELS[rating.channel])),
            (gettext("What was good or not"), self._reasons()),
            (gettext("Words"), rating.words),
            (gettext("Giver"), self._giver()),
            (gettext("Closed on"), spoken.day(occasion.closed_on)),
            (gettext("Answered for it"), self._people()),
        ]
        return [(term, value) for term, value in found if value]

    def _reasons(self) -> str:
        return gettext("; ").join(gettext(REASONS[one]) for one in self.file.reasons)

    def _giver(self) -> str:
        rating = self.file.rating
        if rating.is_anonymous:
            return gettext("Anonymous")
        if not self.sees_giver:
            return gettext("With a name; only those who follow it see it")
        return gettext("%(name)s, telephone %(phone)s", name=rating.rater_name, phone=rating.rater_phone)

    @property
    def sees_giver(self) -> bool:
        """Whether this reader may read name and number: who follows the rating and is not rated by it."""
        return not self.is_own and (may("handle", ON) or may("call_back", ON))

    @property
    def is_own(self) -> bool:
        """Whether the rating is about its reader."""
        return actor().id in {one.person_id for one in self.file.people}

    def _people(self) -> str:
        return gettext("; ").join(
            gettext("%(name)s (%(post)s, acting that day)", name=one.name, post=one.post)
            if one.is_acting
            else gettext("%(name)s (%(post)s)", name=one.name, post=one.post)
            for one in self.file.people
        )

    def redress_facts(self) -> list[tuple[str, str]]:
        """What was found and done so far."""
        row = self.file.redress
        if row is None:
            return []
        found = [
            (gettext("Contact due"), spoken.day(row.contact_due_on)),
            (gettext("Found"), gettext(FINDINGS[row.finding]) if row.finding else ""),
            (gettext("Verified"), row.verified),
            (gettext("Put right by"), spoken.day(row.rectify_due_on) if row.rectify_due_on else ""),
            (gettext("Whose fault"), row.fault),
            (gettext("What was done about it"), row.measure),
            (gettext("Answer to the giver"), row.answer),
            (
                gettext("Satisfied afterwards"),
                gettext(LEVELS[row.satisfied_after]) if row.satisfied_after else "",
            ),
            (gettext("Heard at the call-back"), row.call_back_note),
        ]
        return [(term, value) for term, value in found if value]

    def may_handle(self) -> bool:
        """Whether this reader may act at the present stage, as far as rights go."""
        if self.stage in (Stage.CONTACT, Stage.RECTIFY):
            return may("handle", ON)
        return self.stage is Stage.CALL_BACK and may("call_back", ON)

    def may_appeal(self) -> bool:
        """Whether this reader may write down an appeal today."""
        return may("appeal", ON) and self.file.appeal is None and self.today <= self.appeal_until

    def may_decide(self) -> bool:
        """Whether this reader may decide the appeal, as far as rights go."""
        return may("decide", ON) and self.file.appeal is not None and self.file.appeal.ruling is None

    @property
    def appeal_until(self) -> date:
        """The last day of an appeal."""
        return appeal_last_day(self.file.rating.given_on, self.calendar)

    @property
    def rectify_day(self) -> date:
        """The day proposed for a complex case."""
        return usual_rectify_day(
            self.file.rating.given_on, self.calendar, today=self.today, workdays=self.rectify_workdays
        )

    @property
    def rectify_last(self) -> date:
        """The last day that may be promised."""
        return max(latest_rectify_day(self.file.rating.given_on, self.calendar), self.today)

    def findings(self) -> list[dict[str, str]]:
        """What a contact may show."""
        return [{"value": one.value, "text": gettext(FINDINGS[one])} for one in Finding]

    def rulings(self) -> list[dict[str, str]]:
        """The two answers to an appeal."""
        return [{"value": one.value, "text": gettext(RULINGS[one])} for one in Ruling]

    def ruling(self) -> str:
        """How the appeal was decided, if it was."""
        appeal = self.file.appeal
        return gettext(RULINGS[appeal.ruling]) if appeal and appeal.ruling else ""

    def levels(self) -> list[dict[str, str]]:
        """The five levels."""
        return [{"value": one.value, "text": gettext(LEVELS[one])} for one in Level]

    def others(self) -> str:
        """Those who may act instead of the rated."""
        return "、".join(self.authority)

    def story(self) -> list[Entry]:
        """What happened, the newest first."""
        moments = [*self._said(), *self._followed(), *self._appealed()]
        return [entry for _at, entry in sorted(moments, key=lambda pair: pair[0], reverse=True)]

    def _said(self) -> Iterator[tuple[datetime, Entry]]:
        rating, again = self.file.rating, self.file.again
        yield rating.given_at, _entry(rating.given_at, "", gettext("Rated: %(level)s", level=self.level))
        if again is not None:
            text = gettext("After the answer: %(level)s", level=gettext(LEVELS[again.level]))
            yield again.given_at, _entry(again.given_at, "", text, note=again.words)

    def _followed(self) -> Iterator[tuple[datetime, Entry]]:
        for one in self.file.contacts:
            text = gettext("Contacted") if one.is_reached else gettext("Tried to contact; nobody reached")
            yield one.at, _entry(one.at, one.by, text, note=one.note)
        row = self.file.redress
        if row is not None and row.rectified_at is not None:
            yield (
                row.rectified_at,
                _entry(
                    row.rectified_at, row.rectified_by, gettext("Put right and answered"), note=row.answer
                ),
            )
        if row is not None and row.called_back_at is not None:
            yield (
                row.called_back_at,
                _entry(
                    row.called_back_at, row.called_back_by, gettext("Called back"), note=row.call_back_note
                ),
            )

    def _appealed(self) -> Iterator[tuple[datetime, Entry]]:
        one = self.file.appeal
        if one is None:
            return
        text = gettext("Appeal, spoken by %(speaker)s", speaker=one.speaker)
        yield one.made_at, _entry(one.made_at, one.by, text, note=one.reason)
        if one.decided_at is not None:
            yield one.decided_at, _entry(one.decided_at, one.decided_by, self.ruling(), note=one.decision)


def _entry(at: datetime, by: str, text: str, *, note: str = "") -> Entry:
    return Entry(
        at=spoken.moment(at)[:16],
        iso=clock.local(at).isoformat(timespec="minutes"),
        by=by,
        text=text,
        kind="act" if by else "",
        notes=(note,) if note else (),
    )


def asked(form: Any) -> dict[str, str]:
    """What was typed, to be shown again."""
    return {name: str(value)[:2000] for name, value in form.items()}
