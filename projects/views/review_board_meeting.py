"""Announced sittings as plain values for their templates: the list of them, and one with its agenda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews, reviews
from approvals.rules.catalogue import Catalogue, ReviewGroup
from approvals.rules.sittings import Attendance, Circumstances, Sitting, attendance
from concierge.kernel import spoken
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.web import language, may
from projects.press.charted import owner_name
from projects.press.sitting_ics import SittingEntry
from projects.queries.review_board import SittingStanding, names_of, sitting_standing, waiting
from projects.rules.review_board import agenda
from projects.views.review_board_grid import WORDS

ON = "Review"


@dataclass(frozen=True, kw_only=True)
class MeetingSheet:
    """One sitting for one reader.

    Shape: ``names`` are the projects of its list this reader may see; ``cases`` the joint review of each
        project that has one; ``refused`` is why the last try to withdraw it failed, and ``reason`` what was
        typed.
    """

    sitting: Sitting
    standing: SittingStanding
    names: Mapping[int, str]
    catalogue: Catalogue
    group: ReviewGroup
    known: Circumstances
    today: date
    cases: Mapping[int, int]
    refused: str = ""
    reason: str = ""

    @classmethod
    def of(
        cls,
        session: Session,
        sitting: Sitting,
        actor: Actor,
        today: date,
        *,
        refused: str = "",
        reason: str = "",
    ) -> MeetingSheet:
        """What is known of one sitting. Raises: Missing, when its reader may see none of its projects."""
        names = names_of(session, actor, {item.project_id for item in sitting.items})
        catalogue = catalogue_queries.latest_catalogue(session)
        group = next(
            (one for one in catalogue.review_groups if one.code == sitting.review_group)
            if catalogue
            else iter(()),
            None,
        )
        if not names or catalogue is None or group is None:
            raise Missing
        return cls(
            sitting=sitting,
            standing=sitting_standing(session, sitting),
            names=names,
            catalogue=catalogue,
            group=group,
            known=reviews.circumstances(session, sitting.on, sitting.on, but=sitting.review_group),
            today=today,
            cases=joint_reviews.of_sitting(session, sitting.id),
            refused=refused,
            reason=reason,
        )

    @property
    def title(self) -> str:
        """What is held."""
        return self.group.spoken(language())

    def when(self) -> str:
        """The day and the hour."""
        return f"{spoken.day_long(self.sitting.on)}　{self.sitting.begins_at:%H:%M}–{self.ends_at:%H:%M}"

    @property
    def place(self) -> str:
        """Where it is held."""
        return self.sitting.room or gettext("online or on the spot")

    @cached_property
    def _divided(self) -> Any:
        parts = [(f"{item.project_id}-{item.code}", item.minutes) for item in self.sitting.items]
        return agenda(self.sitting.begins_at, self.sitting.half.ends_at, parts)

    @property
    def ends_at(self) -> time:
        """When its list is through."""
        ends: time = self._divided.ends_at
        return ends

    def agenda(self) -> Iterator[dict[str, Any]]:
        """The list with its times; a project out of this reader's scope keeps its time and no name."""
        for item, part in zip(self.sitting.items, self._divided.items, strict=True):
            name = self.names.get(item.project_id)
            number = self.standing.numbers.get((item.project_id, item.code))
            yield {
                "time": f"{part.begins_at:%H:%M}",
                "project": name or gettext("another project"),
                "step": self.step_name(item.code),
                "minutes": gettext("%(minutes)s minutes", minutes=item.minutes),
                "href": url_for("StepView.one", project_id=item.project_id, number=number)
                if name and number
                else "",
                "review": self._review_of(item.project_id) if name else None,
            }

    def _review_of(self, project_id: int) -> dict[str, str] | None:
        """The joint review a project of the list has, or the way to convene it."""
        if project_id in self.cases:
            href = url_for("JointReviewView.one", review_id=self.cases[project_id])
            return {"text": gettext("Opinions"), "href": href}
        if not self.is_open or not may("convene", ON):
            return None
        href = url_for(
            "ConveningView.new",
            project=project_id,
            group=self.sitting.review_group,
            sitting=self.sitting.id,
        )
        return {"text": gettext("Send to all members"), "href": href}

    def step_name(self, code: str) -> str:
        """A matter in the reader's language."""
        matter = self.catalogue.matter_of.get(code)
        return matter.spoken(language()) if matter else code

    def department(self, code: str) -> str:
        """A department as people call it."""
        return owner_name(self.catalogue.department_of.get(code), code, language())

    @cached_property
    def _table(self) -> Sequence[Attendance]:
        return attendance(self.group, self.known, self.sitting.on, self.sitting.half)

    def members(self) -> list[dict[str, Any]]:
        """Everybody at the table, with the answer."""
        return [
            {
                "name": self.department(one.department),
                "is_lead": one.is_lead,
                "kind": WORDS[one.answer][0],
                "word": gettext(WORDS[one.answer][1]),
            }
            for one in self._table
        ]

    def confirmed(self) -> str:
        """How many have said that they take part."""
        coming = sum(one.is_confirmed for one in self._table)
        return gettext("%(n)s of %(all)s departments confirmed", n=coming, all=len(self._table))

    @property
    def is_open(self) -> bool:
        """Whether the sitting stands and is not over."""
        return self.sitting.stands and self.sitting.on >= self.today

    def may_withdraw(self) -> bool:
        """Whether this reader may call it off: with the right, and every project on its list in charge."""
        seen = all(item.project_id in self.names for item in self.sitting.items)
        return self.is_open and seen and may("withdraw", ON)

    def why_not(self) -> str:
        """Why this reader cannot call it off although it stands."""
        if not self.is_open or self.may_withdraw() or not may("withdraw", ON):
            return ""
        return gettext(
            "A project on its list is not in your charge. A chief concierge officer can call it off."
        )

    def entry(self) -> SittingEntry:
        """The sitting as a calendar takes it."""
        lines = [f"{one['time']} {one['project']} {one['step']}" for one in self.agenda()]
        who = gettext(", ").join(one["name"] for one in self.members())
        return SittingEntry(
            sitting_id=self.sitting.id,
            title=self.title,
            on=self.sitting.on,
            begins_at=self.sitting.begins_at,
            ends_at=self.ends_at,
            place=self.place,
            text="\n".join([*lines, who]),
            changed_at=self.standing.changed_at,
            is_withdrawn=not self.sitting.stands,
        )


@dataclass(frozen=True, kw_only=True)
class AnnouncedSheet:
    """What is announced, from today on, for one reader."""

    sittings: Sequence[Sitting]
    names: Mapping[int, str]
    catalogue: Catalogue | None
    waiting: int

    def lead(self) -> str:
        """The figures in one line."""
        held = sum(len({item.project_id for item in sitting.items}) for sitting in self.sittings)
        return gettext(
            "%(meetings)s for %(projects)s",
            meetings=ngettext("%(num)s meeting", "%(num)s meetings", len(self.sittings)),
            projects=ngettext("%(num)s project", "%(num)s projects", held),
        )

    def tabs(self) -> list[dict[str, Any]]:
        """Choosing a slot, and what is announced."""
        return [
            {
                "text": gettext("Choose slots"),
                "href": url_for("ReviewBoardView.list"),
                "is_current": False,
                "count": self.waiting,
            },
            {
                "text": gettext("Announced meetings"),
                "href": url_for("ReviewBoardView.announced"),
                "is_current": True,
                "count": len(self.sittings),
            },
            {"text": gettext("Opinions and minutes"), "href": url_for("JointReviewView.list")},
        ]

    def rows(self) -> Iterator[dict[str, Any]]:
        """One sitting a row."""
        lang = language()
        groups = {group.code: group for group in self.catalogue.review_groups} if self.catalogue else {}
        for sitting in self.sittings:
            group = groups.get(sitting.review_group)
            ends = _end(sitting)
            yield {
                "href": url_for("ReviewBoardView.one", sitting_id=sitting.id),
                "on": sitting.on,
                "hours": f"{sitting.begins_at:%H:%M}–{ends:%H:%M}",
                "group": group.spoken(lang) if group else sitting.review_group,
                "place": sitting.room or gettext("online or on the spot"),
                "items": list(self._items(sitting)),
            }

    def _items(self, sitting: Sitting) -> Iterator[str]:
        for item in sitting.items:
            matter = self.catalogue.matter_of.get(item.code) if self.catalogue else None
            step = matter.spoken(language()) if matter else item.code
            yield f"{self.names.get(item.project_id) or gettext('another project')}　{step}"


def _end(sitting: Sitting) -> time:
    minutes = sum(item.minutes for item in sitting.items)
    return (datetime.combine(sitting.on, sitting.begins_at) + timedelta(minutes=minutes)).time()


def announced_sheet(session: Session, actor: Actor, today: date) -> AnnouncedSheet:
    """What is announced, as far as a person may see it."""
    found = reviews.sittings(session, today)
    names = names_of(session, actor, {item.project_id for sitting in found for item in sitting.items})
    return AnnouncedSheet(
        sittings=[s for s in found if any(item.project_id in names for item in s.items)],
        names=names,
        catalogue=catalogue_queries.latest_catalogue(session),
        waiting=waiting(session, actor),
    )
