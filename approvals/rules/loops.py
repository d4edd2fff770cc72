"""Whether one more precedence would make matters wait for each other in a ring."""

from __future__ import annotations

from approvals.rules.catalogue import Catalogue, Precedence
from scheduler import ancestors, ring


def loop_with(
    catalogue: Catalogue, edge: Precedence, *, instead_of: tuple[str, str] | None = None
) -> tuple[str, ...]:
    """The matters that would wait for each other if the catalogue had this precedence; empty when none would.

    Shape: ``instead_of`` is the predecessor and successor of the row that the new one replaces. A ring that
    is in the catalogue already, elsewhere, is not this precedence's fault and not named.
    """
    if edge.kind == "info":  # a mere notice holds nobody back
        return ()
    if edge.predecessor == edge.successor:
        return (edge.predecessor,)
    others = [
        (other.predecessor, other.successor)
        for other in catalogue.precedences
        if other.kind != "info" and (other.predecessor, other.successor) != instead_of
    ]
    before = ancestors(others, edge.predecessor) | {edge.predecessor}
    if edge.successor not in before:
        return ()
    between = [pair for pair in others if before.issuperset(pair)]
    return ring([*between, (edge.predecessor, edge.successor)])
