"""Questions about who waits for whom: order, ancestors, rings.

The library of graphs is loaded by the few questions that need it: it takes longer than a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Gates = tuple[list[int], list[tuple[int, int]]]
"""The steps that wait for one step: at accept gates as places, at issue gates as (place, tail)."""


def topological_order(after: Sequence[Gates], waits: Sequence[int]) -> list[int]:
    """An order in which every step comes after all it waits for; steps on or behind a ring are missing.

    The order depends only on the order of the steps and precedences given.

    Shape: one entry per step: the gates after it, and how many stand before it.
    """
    waiting = list(waits)
    order = [i for i, count in enumerate(waiting) if not count]
    for i in order:
        accept, issue = after[i]
        for j in accept:
            waiting[j] -= 1
            if not waiting[j]:
                order.append(j)
        for j, _ in issue:
            waiting[j] -= 1
            if not waiting[j]:
                order.append(j)
    return order


def ring(edges: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The steps of one ring, each waiting for the one before it; empty when there is none."""
    import networkx as nx

    try:
        return tuple(edge[0] for edge in nx.find_cycle(nx.DiGraph(edges)))
    except nx.NetworkXNoCycle:
        return ()


def ancestors(edges: Iterable[tuple[str, str]], step: str) -> frozenset[str]:
    """Every step this one waits for, directly or through others."""
    import networkx as nx

    graph = nx.DiGraph(edges)
    return frozenset(nx.ancestors(graph, step)) if step in graph else frozenset()


def descendants(edges: Iterable[tuple[str, str]], step: str) -> frozenset[str]:
    """Every step that waits for this one, directly or through others."""
    import networkx as nx

    graph = nx.DiGraph(edges)
    return frozenset(nx.descendants(graph, step)) if step in graph else frozenset()
