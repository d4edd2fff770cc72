"""Progress links: for whom, what each may do, how long it opens, and what of a visit is remembered."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from concierge.kernel.addresses import mail_of, mobile_of
from concierge.kernel.errors import N_, ConciergeError, Invalid, Refusal

PREFIX = "qyg_p_"
DAYS_AFTER_END = 30
MOST_DAYS = 180
WARN_DAYS = 14
RESENT_DAYS = 14
LONGEST_NAME = 60
LONGEST_ADDRESS = 80
TAIL_SIGNS = 4
ONE_VISIT = timedelta(hours=2)
PAUSE = timedelta(minutes=1)


class LinkOpens(enum.Enum):
    """What a link opens: a project's progress, or one what-if that was shared."""

    PROGRESS = "progress"
    SCENARIO = "scenario"


class RecipientKind(enum.Enum):
    """Who holds a link, as far as the office must know: it says what they may do."""

    OWNER = "owner"
    CONTACT = "contact"
    DESIGNER = "designer"
    AGENCY = "agency"
    BANK = "bank"
    OTHER = "other"


class LinkStanding(enum.Enum):
    """Whether a link opens: yes, not any more because its time is over, or taken back."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


class RecipientMissing(Invalid):
    """A link is for one person: a shared one survives people leaving."""

    message = N_("Say whom the link is for: the name of one person, and where they work.")


class LastDayOutOfRange(Invalid):
    """A link ends some day, half a year from now at the latest."""

    message = N_("A link works at most until %(latest)s. Give a day from today to then; staff can extend it.")


class AddressUnknown(Invalid):
    """What was typed is neither a mobile number nor a mail address."""

    message = N_("Give a mobile number of 11 digits or a mail address, or leave it empty.")


class NoTailToAsk(Invalid):
    """The last four digits can be asked for only where a number is known."""

    message = N_("Give a mobile number: its last four digits are what the link asks for.")


class TailWrong(Invalid):
    """The last four digits are not those of the number the link was made for."""

    message = N_("These are not the last four digits of that number. Look which number got the link.")


class LinkTakenBack(Refusal):
    """A link that was taken back stays so."""

    message = N_("This link was taken back. Make a new one for the same person.")


class ProgressLinkExpired(ConciergeError):
    """The link was one of ours, and its time is over."""

    message = N_("This link ended on %(last)s. Ask for a new one on this page, or call the office.")
    status = 410


@dataclass(frozen=True, kw_only=True)
class LinkTerms:
    """For whom a link is asked, and what it may do. Units: ``last_on`` is the last day it opens.

    Shape: ``address`` is a mobile number, a mail address or empty; without ``last_on`` the usual last day
        holds; ``asks_tail`` asks for the number's last four digits at each opening.
    """

    project_id: int
    recipient: str
    kind: RecipientKind = RecipientKind.CONTACT
    opens: LinkOpens = LinkOpens.PROGRESS
    address: str = ""
    may_upload: bool = False
    may_rate: bool = False
    asks_tail: bool = False
    last_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProgressLink:
    """A link as whoever opened it holds it, without its key.

    Shape: ``handle`` names it where no key may stand; ``seal`` is the part of its hash a visit is bound to;
        ``before_at`` and ``before_start_on`` are the visit before this one and the day of start it showed.
    """

    id: int
    project_id: int
    opens: LinkOpens
    recipient: str
    kind: RecipientKind
    handle: str
    seal: str
    may_upload: bool
    may_rate: bool
    asks_tail: bool
    expires_on: date
    before_at: datetime | None
    before_start_on: date | None


def checked_address(typed: str) -> str:
    """The address of a link as it is kept: a mobile number or a mail address; empty for none.

    Raises: AddressUnknown.
    """
    kept = mobile_of(typed) or mail_of(typed)
    if len(kept) > LONGEST_ADDRESS or (typed.strip() and not kept):
        raise AddressUnknown(field="address")
    return kept


def usual_last_day(end_on: date | None, today: date) -> date:
    """The last day of a link nobody gave one: a month after the project's end, half a year at most.

    Source: PL-3.
    """
    latest = today + timedelta(days=MOST_DAYS)
    wanted = (end_on or latest) + timedelta(days=DAYS_AFTER_END)
    return min(max(wanted, today + timedelta(days=DAYS_AFTER_END)), latest)


def checked_last_day(asked: date, today: date) -> date:
    """The last day asked for, if a link may have it.

    Raises: LastDayOutOfRange.
    Source: PL-3.
    """
    latest = today + timedelta(days=MOST_DAYS)
    if not today <= asked <= latest:
        raise LastDayOutOfRange(field="last_on", latest=latest.isoformat())
    return asked


def standing(expires_on: date, is_revoked: bool, today: date) -> LinkStanding:
    """Whether a link opens today; one that was taken back says nothing else any more.

    Source: PL-5.
    """
    if is_revoked:
        return LinkStanding.REVOKED
    return LinkStanding.OPEN if today <= expires_on else LinkStanding.EXPIRED


def is_ending(expires_on: date, today: date) -> bool:
    """Whether staff should think of extending it: within the last fortnight.

    Source: PL-3.
    """
    return timedelta() <= expires_on - today <= timedelta(days=WARN_DAYS)


def is_new_visit(seen_at: datetime | None, now: datetime) -> bool:
    """Whether an opening begins another visit, or belongs to the one that is going on.

    Source: PL-10.
    """
    return seen_at is None or now - seen_at >= ONE_VISIT
