"""Who could be A and B of a project: two people, the least laden first, no fixed couples."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from concierge.kernel.errors import N_, Invalid, Refusal


class PairOfOne(Invalid):
    """A and B would be the same person, so nobody could cover."""

    message = N_("A and B must be two people: B acts when A is away.")


class TooFewAgents(Refusal):
    """Fewer than two concierge officers have an account."""

    message = N_(
        "A project needs two concierge officers, and there are only %(count)s. Have the security "
        "administrator add accounts with the role of concierge officer."
    )


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one officer has on the desk, and what speaks for the officer.

    Shape: ``with_partner`` counts shared projects by the partner's number; ``skills`` are codes of templates
        and kinds; ``grid`` the park or grid looked after; ``department`` where the officer comes from, empty
        for the service centre; ``is_away`` that the officer is away now or within the coming days.
    """

    person_id: int
    name: str
    as_a: int
    as_b: int
    with_partner: tuple[tuple[int, int], ...] = ()
    skills: tuple[str, ...] = ()
    grid: str = ""
    department: str = ""
    is_away: bool = False

    @property
    def weight(self) -> int:
        """How much a person carries: an A counts whole, a B half.

        Units: halves of a project.
        Source: AB-9, the weights are a default.
        """
        return 2 * self.as_a + self.as_b


def checked_pair(a_id: int, b_id: int) -> tuple[int, int]:
    """The pair, if it is one.

    Raises: PairOfOne.
    Source: AB-1, exactly two.
    """
    if a_id == b_id:
        raise PairOfOne(field="b_id")
    return a_id, b_id


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a project asks of its officers. Shape: ``place`` is its address, as written."""

    template: str = ""
    place: str = ""


ANYTHING = Wanted()


class Ground(enum.Enum):
    """Something that speaks for or against an officer, beside the load."""

    SKILL = "skill"  # knows this kind of project
    PARK = "park"  # looks after the park it lies in
    AWAY = "away"  # is away now or soon
    MIRROR = "mirror"  # shares projects with A already
    SOURCE = "source"  # comes from the other of the two sources


WEIGHTS = {Ground.SKILL: -2, Ground.PARK: -2, Ground.AWAY: 2, Ground.MIRROR: 2, Ground.SOURCE: -1}
"""How much each ground counts, in halves of a project; MIRROR for each project shared.

Source: AB-9 names load and mirrors, AB-1 the two sources; the weights are a default of ours.
"""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One officer weighed for one post. Units: ``points`` in halves of a project; the least is proposed."""

    load: Load
    grounds: tuple[tuple[Ground, int], ...]

    @property
    def points(self) -> int:
        """The load with everything that speaks for and against."""
        return self.load.weight + sum(points for _, points in self.grounds)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """The pair to propose, and how each of the two was weighed."""

    a: Weighed
    b: Weighed


def weighed(load: Load, wanted: Wanted, with_a: Load | None = None) -> Weighed:
    """An officer weighed for A, or for B beside an A.

    Source: AB-9, AB-1.
    """
    shared = dict(with_a.with_partner).get(load.person_id, 0) if with_a else 0
    counts = {
        Ground.SKILL: int(bool(wanted.template) and wanted.template in load.skills),
        Ground.PARK: int(bool(load.grid) and load.grid in wanted.place),
        Ground.AWAY: int(load.is_away),
        Ground.MIRROR: shared,
        Ground.SOURCE: int(with_a is not None and bool(load.department) != bool(with_a.department)),
    }
    return Weighed(
        load=load,
        grounds=tuple((ground, WEIGHTS[ground] * count) for ground, count in counts.items() if count),
    )


def suggestion(loads: Sequence[Load], wanted: Wanted = ANYTHING) -> Suggestion:
    """The pair to propose to the person who decides: the one with the fewest points each.

    Shape: of equal ones the first account; B is weighed beside the A proposed, so that two people do not
        mirror each other on all projects.
    Raises: TooFewAgents.
    Source: AB-9.
    """
    if len(loads) < 2:
        raise TooFewAgents(count=len(loads))
    a = min((weighed(load, wanted) for load in loads), key=_order)
    others = (weighed(load, wanted, a.load) for load in loads if load.person_id != a.load.person_id)
    return Suggestion(a=a, b=min(others, key=_order))


def suggested_pair(loads: Sequence[Load], wanted: Wanted = ANYTHING) -> tuple[Load, Load]:
    """A and B to propose.

    Raises: TooFewAgents.
    Source: AB-9.
    """
    found = suggestion(loads, wanted)
    return found.a.load, found.b.load


def _order(one: Weighed) -> tuple[int, int]:
    return one.points, one.load.person_id
