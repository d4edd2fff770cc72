"""Questions about who waits for whom: order, ancestors, rings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx


def topological_order(successors: Sequence[Sequence[int]], waits: Sequence[int]) -> list[int]:
    """An order in which every step comes after all it waits for; steps on or behind a ring are missing from it.

    The order depends only on the order of the steps and precedences given.

    Shape: ``successors[i]`` are the places of the steps that wait for step i, one entry per precedence;
    ``waits[i]`` counts the precedences into step i.
    """
    open_waits = list(waits)
    order = [i for i, count in enumerate(open_waits) if not count]
    for i in order:
        for j in successors[i]:
            open_waits[j] -= 1
            if not open_waits[j]:
                order.append(j)
    return order


def ring(edges: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The steps of one ring, each waiting for the one before it; empty when there is none."""
    try:
        return tuple(edge[0] for edge in nx.find_cycle(nx.DiGraph(edges)))
    except nx.NetworkXNoCycle:
        return ()


def ancestors(edges: Iterable[tuple[str, str]], step: str) -> frozenset[str]:
    """Every step this one waits for, directly or through others."""
    graph = nx.DiGraph(edges)
    return frozenset(nx.ancestors(graph, step)) if step in graph else frozenset()


def descendants(edges: Iterable[tuple[str, str]], step: str) -> frozenset[str]:
    """Every step that waits for this one, directly or through others."""
    graph = nx.DiGraph(edges)
    return frozenset(nx.descendants(graph, step)) if step in graph else frozenset()
