"""The ways a notice leaves the house, how often each may speak, and when nobody is disturbed."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from concierge.kernel.addresses import LONGEST_MAIL, mail_of, mobile_of
from concierge.kernel.errors import N_, Invalid

SHANGHAI = timezone(timedelta(hours=8))
"""The zone people's hours are in: without summer time since 1991."""


class Channel(enum.Enum):
    """A way to a person outside the system; the list in the system itself is always there."""

    MAIL = "mail"
    SMS = "sms"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    FEISHU = "feishu"


class Rhythm(enum.Enum):
    """How often a channel may speak."""

    EVERYTHING = "everything"  # each notice at once
    MORNING = "morning"  # the pressing at once, the rest in one message each morning
    PRESSING = "pressing"  # the pressing only
    NEVER = "never"


class MessageKind(enum.Enum):
    """What a message is for."""

    PROMPT = "prompt"  # notices, at once
    DIGEST = "digest"  # one message in the morning
    CODE = "code"  # proves that an address is its owner's
    SUBSTITUTION = "substitution"  # tells an enterprise who stands in
    SIGNING = "signing"  # a code an enterprise signs or confirms a number with
    CONFIRMING = "confirming"  # asks whoever gave a mail address whether it was them
    MILESTONE = "milestone"  # tells an enterprise what was decided
    LINK = "link"  # a new link in place of one that ended
    RATING = "rating"  # asks an enterprise to rate what was finished
    ANSWER = "answer"  # tells whoever complained or reported that there is an answer
    PACKAGE = "package"  # tells a department's representative of a package, with its link


LETTERS = frozenset({
    MessageKind.SIGNING, MessageKind.CONFIRMING, MessageKind.MILESTONE, MessageKind.LINK, MessageKind.RATING,
    MessageKind.ANSWER, MessageKind.PACKAGE,
})  # fmt: skip
"""What others left with the kernel to be carried: address and words lie sealed there."""
CODES = frozenset({MessageKind.CODE, MessageKind.SIGNING})
"""What somebody waits for at a screen: tried again within minutes or not at all."""
AT_ONCE = CODES | {MessageKind.CONFIRMING, MessageKind.LINK}
"""What the person it goes to asked for a moment ago: no quiet hours hold it back."""


class MessageState(enum.Enum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up; a person may have it sent again
    DROPPED = "dropped"  # nothing left to say: read meanwhile, channel closed, project out of sight


class TryOutcome(enum.Enum):
    """What came of one attempt to send."""

    TAKEN = "taken"  # the other side took it
    LATER = "later"  # not now: tried again
    REFUSED = "refused"  # never: the address is wrong


class AddressWrong(Invalid):
    """An address cannot be one of its channel."""

    field = "address"
    message = N_("“%(address)s” is no address for this channel. %(what)s")


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One person's way to be told.

    Shape: ``is_confirmed`` once its owner typed the code that was sent there.
    """

    channel: Channel
    rhythm: Rhythm
    is_confirmed: bool = True


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When a person is not disturbed, and when the morning message comes.

    Units: times of day in Asia/Shanghai; quiet from the first to the second, over midnight where the first is
        the later one; equal times mean never quiet.
    """

    quiet_from: time = time(21, 0)
    quiet_until: time = time(7, 30)
    digest_at: time = time(8, 0)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether a moment lies in the quiet hours."""
        at = moment.astimezone(SHANGHAI).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def first_moment(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it lies in.

        Units: an aware moment.
        """
        if not self.is_quiet(moment):
            return moment
        here = moment.astimezone(SHANGHAI)
        ends = datetime.combine(here.date(), self.quiet_until, SHANGHAI)
        return ends if ends > here else ends + timedelta(days=1)


def prompts(
    reaches: Collection[Reach], *, is_pressing: bool, is_in_morning: bool = False
) -> tuple[Channel, ...]:
    """The channels a notice goes out by at once.

    Shape: ``is_in_morning`` for what the morning message says anyway: where there is one, nothing is said
        twice.
    """
    wanted = {Rhythm.EVERYTHING}
    if is_pressing:
        wanted |= {Rhythm.PRESSING} if is_in_morning else {Rhythm.PRESSING, Rhythm.MORNING}
    return tuple(one.channel for one in reaches if one.is_confirmed and one.rhythm in wanted)


def digests(reaches: Collection[Reach]) -> tuple[Channel, ...]:
    """The channels that carry the morning message."""
    return tuple(one.channel for one in reaches if one.is_confirmed and one.rhythm is Rhythm.MORNING)


def near_until(today: date, next_workday: date) -> date:
    """The last day whose deadlines are told of today.

    What is due within 48 hours goes by message. Messages of deadlines go out on working days only, so what
    would come within 48 hours before the next working day's morning is told the working day before.

    Units: civil days, the answer included.
    Source: FE-16.
    """
    return max(today + timedelta(days=2), next_workday + timedelta(days=1))


_OPEN_ID = re.compile(r"ou_[0-9a-f]{32}")
MOBILE_WANTED = N_("Give a mobile number of 11 digits, such as 13800000000.")
MAIL_WANTED = N_("Give a mail address, such as name@example.gov.cn.")
OPEN_ID_WANTED = N_("Give the open_id of the person in Feishu: ou_ and 32 signs from 0 to 9 and a to f.")


def address_of(channel: Channel, typed: str) -> str:
    """An address as it is kept, from what somebody typed: without spaces, hyphens, and +86 before a mobile.

    Raises: AddressWrong, saying what the channel needs.
    """
    if channel is Channel.MAIL:
        kept, wanted = mail_of(typed), MAIL_WANTED
    elif channel is Channel.FEISHU:
        found = _OPEN_ID.fullmatch(typed.strip())
        kept, wanted = found.group() if found else "", OPEN_ID_WANTED
    else:
        kept, wanted = mobile_of(typed), MOBILE_WANTED
    if not kept:
        raise AddressWrong(address=typed.strip()[:LONGEST_MAIL], what=wanted)
    return kept
