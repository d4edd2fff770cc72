"""The charts of a project, drawn once for the same content: a page is opened more often than a plan changes.

The key is all that is drawn, so a chart can be old in no way; the one asked for longest ago gives way.
"""

from __future__ import annotations

from functools import lru_cache

from projects.press.chart import ChartPlan
from projects.press.gantt import GanttOrder, gantt
from projects.press.network import Drawing, NetView, network
from projects.press.words import Words

_MOST_KEPT = 64


@lru_cache(maxsize=_MOST_KEPT)
def network_drawings(plan: ChartPlan, words: Words, view: NetView) -> tuple[Drawing, ...]:
    """The network, one drawing or one a stage."""
    return tuple(network(plan, words, view=view))


@lru_cache(maxsize=_MOST_KEPT)
def gantt_drawing(plan: ChartPlan, words: Words, order: GanttOrder) -> str:
    """The Gantt chart."""
    return gantt(plan, words, order=order)
