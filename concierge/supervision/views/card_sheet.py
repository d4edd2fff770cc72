"""One card's page as plain values: the fact, who held it, and its story from the day it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock, spoken
from concierge.kernel.web import actor, may
from concierge.supervision.queries.card_file import CardFile
from concierge.supervision.rules.answering import appeal_until
from concierge.supervision.rules.card import Colour, Ruling
from concierge.supervision.rules.order_number import order_number
from concierge.supervision.views.live_sheet import ON, LiveSheet, held_by
from concierge.supervision.views.words import CAUSES, ENDINGS, LEVELS, RULINGS, STOPS, WAYS
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
class CardSheet:
    """One card for one reader. Shape: ``said`` is why the last try failed, ``typed`` what was typed."""

    file: CardFile
    catalogue: Catalogue
    calendar: WorkCalendar
    today: date
    said: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def live(self) -> LiveSheet:
        """The same card as the board shows it."""
        return LiveSheet(
            live=self.file.live, catalogue=self.catalogue, calendar=self.calendar, today=self.today
        )

    @property
    def cause(self) -> str:
        """What it is for."""
        return gettext(CAUSES[self.file.card.cause])

    @property
    def step_href(self) -> str:
        """The page of the step."""
        return url_for("StepView.one", project_id=self.file.project.id, number=self.file.step.number)

    def facts(self) -> list[tuple[str, str]]:
        """The card as a fact: which limit, when, who held the case that day, which stops were on."""
        card = self.file.card
        return [(term, value) for term, value in (*self._limits(), *self._holding()) if value] + [
            (gettext("Stops on that day"), self._pauses()),
            *([(gettext("Seen by"), card.seen_by)] if card.seen_by else []),
            *([(gettext("What was seen"), card.detail)] if card.detail else []),
        ]

    def _limits(self) -> list[tuple[str, str]]:
        card = self.file.card
        used = gettext("%(used)s of %(all)s working days", used=card.used_workdays, all=card.limit_workdays)
        return [
            (gettext("Limit"), spoken.day_full(card.limit_on)),
            (gettext("Shown on"), spoken.day_full(card.shown_on)),
            (gettext("Accepted on"), spoken.day_full(card.accepted_on) if card.accepted_on else ""),
            (gettext("Promised end"), spoken.day_full(card.promised_end_on) if card.promised_end_on else ""),
            (gettext("End by law"), spoken.day_full(card.statutory_end_on) if card.statutory_end_on else ""),
            (gettext("Used that day"), used if card.limit_workdays is not None else ""),
            (
                gettext("Stopped so far"),
                ngettext("%(num)s working day", "%(num)s working days", card.paused_workdays)
                if card.paused_workdays
                else "",
            ),
        ]

    def _holding(self) -> list[tuple[str, str]]:
        card = self.file.card
        away = ""
        if self.file.away and card.away_first_on and card.away_last_on:
            away = gettext(
                "%(name)s was away from %(first)s to %(last)s",
                name=self.file.away,
                first=spoken.day(card.away_first_on),
                last=spoken.day(card.away_last_on),
            )
        return [
            (gettext("Held that day by"), held_by(card)),
            (gettext("Because"), away),
            (gettext("Answers for the department"), card.representative),
        ]

    def _pauses(self) -> str:
        said = [
            gettext(
                "%(kind)s since %(first)s, planned until %(last)s",
                kind=gettext(STOPS[one.kind]),
                first=spoken.day(one.first_on),
                last=spoken.day(one.planned_last_on),
            )
            for one in self.file.pauses
        ]
        return gettext("; ").join(said) or gettext("none")

    def ending(self) -> str:
        """How it ended, if it has."""
        card = self.file.card
        if card.ended_on is None or card.ended_how is None:
            return ""
        return gettext(
            "Ended on %(day)s: %(how)s.", day=spoken.day(card.ended_on), how=gettext(ENDINGS[card.ended_how])
        )

    def story(self) -> list[Entry]:
        """What followed, the newest first."""
        moments = [*self._shown(), *self._followed(), *self._appealed(), *self._ordered()]
        found = [(clock.local(at).isoformat(), entry) for at, entry in moments]
        found += [(f"{on.isoformat()}T24", entry) for on, entry in self._ended()]  # a day's last word
        return [entry for _, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def _shown(self) -> Iterator[tuple[datetime, Entry]]:
        for card in (self.file.card, *self.file.earlier):
            word = gettext("Red card") if card.colour is Colour.RED else gettext("Yellow card")
            text = gettext("%(card)s: %(cause)s", card=word, cause=gettext(CAUSES[card.cause]))
            yield card.shown_at, _entry(card.shown_at, card.seen_by, text, kind="card")

    def _ended(self) -> Iterator[tuple[date, Entry]]:
        for card in (self.file.card, *self.file.earlier):
            if card.ended_on is not None and card.ended_how is not None:
                text = gettext(
                    "%(cause)s: the card ended, %(how)s",
                    cause=gettext(CAUSES[card.cause]),
                    how=gettext(ENDINGS[card.ended_how]),
                )
                iso = card.ended_on.isoformat()
                yield card.ended_on, Entry(at=iso, iso=iso, by="", text=text)

    def _followed(self) -> Iterator[tuple[datetime, Entry]]:
        for one in self.file.live.escalations:
            text = gettext(
                "Reached on %(day)s: %(level)s",
                day=spoken.day(one.reached_on),
                level=gettext(LEVELS[one.level]),
            )
            yield one.reached_at, _entry(one.reached_at, "", text)
        for chase in self.file.live.chases:
            text = gettext("Urged %(whom)s %(way)s", whom=chase.to_whom, way=gettext(WAYS[chase.way]))
            yield chase.at, _entry(chase.at, chase.by, text, kind="act", note=chase.text)

    def _appealed(self) -> Iterator[tuple[datetime, Entry]]:
        for one in self.file.live.appeals:
            text = gettext("Appeal, spoken by %(speaker)s", speaker=one.speaker)
            yield one.made_at, _entry(one.made_at, one.by, text, kind="act", note=one.reason)
            if one.decided_at is not None and one.ruling is not None:
                ruling = gettext(RULINGS[one.ruling])
                yield (
                    one.decided_at,
                    _entry(one.decided_at, one.decided_by, ruling, kind="act", note=one.decision_reason),
                )

    def _ordered(self) -> Iterator[tuple[datetime, Entry]]:
        for one in self.file.live.orders:
            text = gettext(
                "Order %(number)s, answer due %(day)s",
                number=order_number(one.year, one.serial),
                day=spoken.day(one.answer_due_on),
            )
            yield one.issued_at, _entry(one.issued_at, one.by, text, kind="act", note=one.demand)

    def orders(self) -> list[dict[str, Any]]:
        """The orders on it."""
        return [
            {
                "number": order_number(one.year, one.serial),
                "href": url_for("OrderView.one", order_id=one.id),
                "state": gettext("answered on %(day)s", day=spoken.day(one.answered_on))
                if one.answered_on
                else gettext("answer due %(day)s", day=spoken.day(one.answer_due_on)),
            }
            for one in self.file.live.orders
        ]

    def may_appeal(self) -> bool:
        """Whether this reader may write down an appeal today."""
        return may("appeal", ON) and self.file.appeal is None and self.today <= self.appeal_until

    @property
    def appeal_until(self) -> date:
        """The last day of an appeal."""
        return appeal_until(self.file.card.shown_on, self.calendar)

    def may_decide(self) -> bool:
        """Whether this reader may decide the appeal, as far as rights go."""
        return may("decide", ON) and self.file.appeal is not None and self.file.appeal.ruling is None

    def may_make_good(self) -> bool:
        """Whether this reader may end it by hand."""
        card = self.file.card
        return may("record", ON) and not card.cause.is_limit and card.ended_on is None

    def may_order(self) -> bool:
        """Whether an order may be issued on it."""
        card = self.file.card
        has_open = any(one.answered_on is None for one in self.file.live.orders)
        return may("order", ON) and card.colour is Colour.RED and card.ended_on is None and not has_open

    def rulings(self) -> list[dict[str, str]]:
        """The two answers to an appeal."""
        return [{"value": one.value, "text": gettext(RULINGS[one])} for one in Ruling]

    @property
    def reader(self) -> str:
        """Who reads."""
        return actor().label


def _entry(at: datetime, by: str, text: str, *, kind: str = "", note: str = "") -> Entry:
    return Entry(
        at=spoken.moment(at)[:16],
        iso=at.isoformat(),
        by=by,
        text=text,
        kind=kind,
        notes=(note,) if note else (),
    )
