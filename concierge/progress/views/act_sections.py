"""The acts a progress page offers: where each lives, and what stands on the page for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup

from concierge.kernel.db import db
from concierge.progress.queries.certificates import has_certificates, may_fetch
from concierge.progress.queries.signable import to_sign
from concierge.progress.rules.links import ProgressLink
from concierge.progress.views.link_pages import kept_choices

ONWARD: Mapping[str, str] = {
    "rate": "progress_links.ratings",
    "stuck": "progress_links.stuck",
    "materials": "progress_links.materials",
}
"""Where ``/p/<key>/rate``, ``…/stuck`` and ``…/materials`` go on: the endpoint of each, by its word."""


def need_acts(link: ProgressLink, material: str, step: str) -> Markup:
    """What may be done about one thing the enterprise owes: photograph it, ask for pick-up.

    Shape: ``material`` is the code of the paper, empty for a whole step; ``step`` the number on the list.
    """
    return _rendered("progress/need_acts.html", link, material=material, step=step)


def act_sections(link: ProgressLink) -> Sequence[Markup]:
    """The sections below what is shown: rate, what cannot be done, message, visit, milestones."""
    return (
        _rendered(
            "progress/acts.html", link, to_sign=to_sign(db.session, link.project_id), buttons=_buttons(link)
        ),
    )


def _buttons(link: ProgressLink) -> list[tuple[str, str, str]]:
    """What this link may do: the end of the endpoint, the picture and the words of each button."""
    offered = [
        ("message", "file", gettext("Leave a message"), True),
        ("stuck", "esc", gettext("Something cannot get done"), True),
        ("materials", "up", gettext("Materials to bring"), link.may_upload),
        ("pick_up", "car", gettext("Have papers fetched"), True),
        ("visit", "cal", gettext("Book a visit"), True),
        ("ratings", "star", gettext("Rate our service"), link.may_rate),
        ("certificate_list", "down", gettext("Certificates issued"), _has_certificates(link)),
        ("subscriptions", "bell", gettext("Be told of milestones"), True),
    ]
    return [(act, picture, words) for act, picture, words, may in offered if may]


def _has_certificates(link: ProgressLink) -> bool:
    return may_fetch(link) and has_certificates(db.session, link.project_id)


def _rendered(template: str, link: ProgressLink, **facts: object) -> Markup:
    return Markup(render_template(template, link=link, kept=kept_choices(), **facts))  # noqa: S704  (our own template)
