"""Which office a case may go to: one hop at a time, up to the office above or down to one below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.service.rules.case import Tier

ORDER = (Tier.VILLAGE, Tier.TOWNSHIP, Tier.COUNTY, Tier.CITY)


class UnknownOffice(Invalid):
    """An office that is not set up."""

    message = N_("There is no office “%(code)s”. Choose one of the list, or have it set up.")
    field = "office"


class NoSuchHop(Refusal):
    """Two offices that do not hand to each other."""

    message = N_("“%(start)s” cannot hand to “%(end)s” directly. The next office is “%(next)s”.")


class AlreadyThereNow(Refusal):
    """The case is in that office."""

    message = N_("The case is at “%(office)s” already. Choose another office.")


class HopWaits(Refusal):
    """The last transfer was not taken yet."""

    message = N_("“%(office)s” has not taken the case over yet. Wait for it, or ask there.")


class NoHopWaits(Refusal):
    """Nothing is on its way."""

    message = N_("Nothing is waiting to be taken over here: somebody has it already.")


class NotYourOffice(Refusal):
    """Somebody of another office."""

    message = N_("The case is for “%(office)s”. Somebody who sits there takes it over, or the chief does.")


class NotSeatedHere(Refusal):
    """A colleague who does not sit in the office of the case."""

    message = N_("Whoever is to have this case does not sit at “%(office)s”. Choose somebody who does.")


class UpperWrong(Invalid):
    """An office under one of its own tier or below."""

    message = N_("“%(upper)s” does not stand above an office of this tier. Choose the office it hands to.")
    field = "upper"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One office. Shape: ``upper`` is the code of the one above, empty for the topmost."""

    code: str
    name: str
    tier: Tier
    upper: str = ""


def check_hop(start: str, end: str, places: Mapping[str, Place]) -> Place:
    """The office a case goes to: the one above, one below, or a neighbour under the same office.

    Raises: UnknownOffice, AlreadyThereNow, NoSuchHop.
    Source: S39, village to township, township to county; each hop is recorded.
    """
    if end not in places:
        raise UnknownOffice(code=end, field="office")
    goal = places[end]
    if start == end:
        raise AlreadyThereNow(office=goal.name)
    here = places.get(start)
    if here is None or here.upper == end or goal.upper == start:
        return goal
    if goal.upper and goal.upper == here.upper:
        return goal
    raise NoSuchHop(start=here.name, end=goal.name, next=_towards(here, goal, places).name)


def _towards(here: Place, goal: Place, places: Mapping[str, Place]) -> Place:
    """The next office on the way: down the line that leads to the goal, or up."""
    below, seen = goal, {goal.code}
    while below.upper in places and below.upper not in seen:
        if below.upper == here.code:
            return below
        below = places[below.upper]
        seen.add(below.code)
    return places.get(here.upper, goal)


def check_upper(tier: Tier, upper: str, places: Mapping[str, Place]) -> str:
    """The office above a new one, which stands on a higher tier.

    Raises: UnknownOffice, UpperWrong.
    Source: S39.
    """
    if not upper:
        return ""
    if upper not in places:
        raise UnknownOffice(code=upper, field="upper")
    if ORDER.index(places[upper].tier) <= ORDER.index(tier):
        raise UpperWrong(upper=places[upper].name, field="upper")
    return upper


class OfficeUnnamed(Invalid):
    """An office without code or name."""

    message = N_("Give the office a short code and its name as it stands on the door.")


class ListingUnnamed(Invalid):
    """Nothing to list."""

    message = N_("Choose a service of the catalogue, or write what the office itself offers.")
    field = "name"
