"""The acts a progress page offers: where each lives, and what stands on the page for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from concierge.progress.rules.links import ProgressLink

ONWARD: Mapping[str, str] = {}
"""Where ``/p/<key>/rate``, ``…/stuck`` and ``…/materials`` go on: the endpoint of each, by its word."""


def need_acts(link: ProgressLink, material: str, step: str) -> Markup:  # noqa: ARG001  (its acts come here)
    """What may be done about one thing the enterprise owes: photograph it, ask for pick-up.

    Shape: ``material`` is the code of the paper, empty for a whole step; ``step`` the number on the list.
    """
    return Markup("")


def act_sections(link: ProgressLink) -> Sequence[Markup]:  # noqa: ARG001  (its acts come here)
    """The sections below what is shown: rate, what cannot be done, message, visit, milestones."""
    return ()
