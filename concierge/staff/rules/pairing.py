"""Who could be A and B of a project: two people, the least laden first, no fixed couples."""

from __future__ import annotations

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
    """What one officer has on the desk. ``with_partner`` counts shared projects by the partner's number."""

    person_id: int
    name: str
    as_a: int
    as_b: int
    with_partner: tuple[tuple[int, int], ...] = ()

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


def suggested_pair(loads: Sequence[Load]) -> tuple[Load, Load]:
    """The pair to propose to the person who decides.

    Shape: A has the least load; B the fewest projects with A, then the least load.
    Raises: TooFewAgents.
    Source: AB-9.
    """
    if len(loads) < 2:
        raise TooFewAgents(count=len(loads))
    a = min(loads, key=lambda load: (load.weight, load.person_id))
    shared = dict(a.with_partner)
    others = (load for load in loads if load.person_id != a.person_id)
    return a, min(others, key=lambda load: (shared.get(load.person_id, 0), load.weight, load.person_id))
