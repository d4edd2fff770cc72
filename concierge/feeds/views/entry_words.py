"""What an entry says, in the language of its calendar: the state in words, the thing, the project."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext, ngettext

from concierge.feeds.rules.calendar import Shown
from concierge.feeds.rules.countdown import Stand, TimeLeft, said_since, time_left
from concierge.feeds.rules.entry import EntryKind, EntryState, Kept, Matter
from concierge.feeds.rules.feed import Detail, Purpose
from concierge.kernel.errors import N_
from scheduler import OutsideCalendar, WorkCalendar

NAMED: dict[tuple[EntryKind, bool], str] = {
    (EntryKind.START, False): N_("Hand in: %(name)s"),
    (EntryKind.START, True): N_("Expected to hand in: %(name)s"),
    (EntryKind.DUE, True): N_("Expected result: %(name)s"),
    (EntryKind.SITTING, False): N_("Review sitting: %(name)s"),
    (EntryKind.OPINIONS, False): N_("Opinions due: %(name)s"),
    (EntryKind.DEFERRAL, False): N_("Deferred paper due: %(name)s"),
    (EntryKind.CHECK, False): N_("Check of a promise: %(name)s"),
    (EntryKind.MILESTONE, True): N_("Expected: %(name)s"),
}
CATEGORY = {
    EntryKind.START: N_("Handing in"),
    EntryKind.DUE: N_("Decision due"),
    EntryKind.SITTING: N_("Joint review sitting"),
    EntryKind.OPINIONS: N_("Joint review opinions"),
    EntryKind.DEFERRAL: N_("Papers that come later"),
    EntryKind.CHECK: N_("Checks of promises"),
    EntryKind.MILESTONE: N_("Milestone"),
    EntryKind.TASK: N_("Task"),
}
POST = {
    "A": N_("A post"),
    "B": N_("Cover, B post"),
    "C": N_("Cover, C post"),
}
IN_WORDS = {
    Stand.TODAY: N_("[Today] %(title)s"),
    Stand.DONE: N_("[Done] %(title)s"),
    Stand.CANCELLED: N_("[Called off] %(title)s"),
    Stand.MOVED: N_("[With somebody else now] %(title)s"),
    Stand.OVERDUE: N_("[Overdue] %(title)s"),
}
ONE_DAY = timedelta(days=1)


class EntryWords:
    """How the entries of one calendar are worded on a day.

    Source: FE-9, FE-12.
    """

    def __init__(  # noqa: PLR0913  (the settings of an address)
        self,
        *,
        language: str,
        detail: Detail,
        purpose: Purpose,
        has_alarms: bool,
        base_url: str,
        today: date,
        calendar: WorkCalendar,
    ) -> None:
        self._language, self._detail, self._purpose = language, detail, purpose
        self._has_alarms, self._base_url = has_alarms, base_url
        self._today, self._calendar = today, calendar

    def shown(self, kept: Kept) -> Shown:
        """One entry as it goes into the calendar; the language is the one in force."""
        matter, left = kept.matter, time_left(kept, self._today, self._calendar)
        is_gone = left.stand in (Stand.CANCELLED, Stand.MOVED)
        is_busy_only = self._detail is Detail.BUSY
        return Shown(
            uid=kept.uid,
            sequence=kept.sequence,
            made_at=kept.made_at,
            said_since=said_since(kept, self._today, self._calendar),
            kind=matter.kind,
            state=EntryState.CANCELLED if is_gone else matter.state,
            on=matter.on,
            begins_at=matter.begins_at,
            minutes=matter.minutes,
            summary=self.summary(kept, left),
            description="" if is_busy_only else self.description(kept),
            categories=() if is_busy_only else self._categories(kept),
            place="" if is_busy_only else matter.place,
            url=self._url(matter),
            warned_on=self._warned_on(matter) if self._has_alarms else None,
        )

    def summary(self, kept: Kept, left: TimeLeft) -> str:
        """The title: how it stands, what it is, and for which project."""
        matter = kept.matter
        if self._detail is Detail.BUSY:
            return _in_words(left, gettext("A step"))
        title = self._named(matter, left)
        if self._detail is Detail.FULL and matter.project and self._purpose is not Purpose.PROJECT:
            title = f"{title} · {matter.project}"
        if kept.post in ("B", "C") and left.stand is not Stand.MOVED:
            title = gettext("[Cover] %(title)s", title=title)
        return _in_words(left, title)

    def description(self, kept: Kept) -> str:
        """The lines below the title: project, department, number, in which post."""
        matter = kept.matter
        lines = []
        if self._detail is Detail.FULL and matter.project:
            lines.append(gettext("Project: %(project)s", project=matter.project))
        department = matter.department.spoken(self._language)
        if department:
            lines.append(gettext("Department: %(department)s", department=department))
        if matter.code:
            lines.append(gettext("Number: %(number)s", number=matter.code))
        if kept.post:
            lines.append(gettext("Held as: %(post)s", post=gettext(POST[kept.post])))
        return "\n".join(lines)

    def _named(self, matter: Matter, left: TimeLeft) -> str:
        name = matter.name.spoken(self._language)
        if matter.kind is EntryKind.DUE and matter.state is EntryState.OPEN and left.stand is Stand.FAR:
            return gettext("Decision due: %(name)s", name=name)
        is_planned = matter.state is EntryState.PLANNED
        text = NAMED.get((matter.kind, is_planned)) or NAMED.get((matter.kind, False))
        return gettext(text, name=name) if text else name

    def _categories(self, kept: Kept) -> tuple[str, ...]:
        post = (gettext(POST[kept.post]),) if kept.post else ()
        return (gettext(CATEGORY[kept.matter.kind]), *post)

    def _url(self, matter: Matter) -> str:
        """The page it leads to; an enterprise and a bare “busy” get none."""
        is_told = self._detail is not Detail.BUSY and self._purpose is not Purpose.ENTERPRISE
        return f"{self._base_url}{matter.href}" if matter.href and is_told else ""

    def _warned_on(self, matter: Matter) -> date:
        """The working day before, as far as the holidays are known."""
        before = matter.on - ONE_DAY
        try:
            while not self._calendar.is_workday(before):
                before -= ONE_DAY
        except OutsideCalendar:
            return matter.on - ONE_DAY
        return before


def _in_words(left: TimeLeft, title: str) -> str:
    """A title with how it stands in front of it.

    Source: FE-9, words and no colour: some programs ignore colours.
    """
    if left.stand is Stand.SOON and left.workdays:
        return ngettext(
            "[%(num)s working day left] %(title)s",
            "[%(num)s working days left] %(title)s",
            left.workdays,
            title=title,
        )
    if left.stand is Stand.OVERDUE and left.workdays:
        return ngettext(
            "[%(num)s working day over] %(title)s",
            "[%(num)s working days over] %(title)s",
            left.workdays,
            title=title,
        )
    text = IN_WORDS.get(left.stand)
    return gettext(text, title=title) if text else title
