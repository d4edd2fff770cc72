"""Links in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.queries.catalogue import latest_catalogue
from concierge.desk.queries.staff_links import ListedLink
from concierge.desk.rules.links import LinkScope, LinkStanding, is_ending
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.errors import N_
from concierge.kernel.web import language

KINDS: Mapping[LinkScope, str] = {
    LinkScope.STEP: N_("One step"),
    LinkScope.REVIEW: N_("One joint review"),
    LinkScope.DEPARTMENT: N_("All open cases of a department"),
    LinkScope.AVAILABILITY: N_("When a department can come"),
}
STANDINGS: Mapping[LinkStanding, tuple[str, str]] = {
    LinkStanding.OPEN: ("running", N_("Works")),
    LinkStanding.EXPIRED: ("todo", N_("Time is over")),
    LinkStanding.REVOKED: ("todo", N_("Taken back")),
}


def row_of(one: ListedLink, today: date) -> dict[str, Any]:
    """One link as a list shows it."""
    row = one.row
    look, word = STANDINGS[row.standing(today)]
    return {
        "id": row.id,
        "version": row.version,
        "recipient": row.recipient,
        "department": one.department(language()),
        "kind": gettext(KINDS[row.kind]),
        "matter": one.matter(language()),
        "project": one.project_name,
        "project_id": row.project_id,
        "href": _href(one),
        "hint": row.hint,
        "look": look,
        "state": gettext(word),
        "is_open": row.standing(today) is LinkStanding.OPEN,
        "is_revoked": row.standing(today) is LinkStanding.REVOKED,
        "is_ending": row.standing(today) is LinkStanding.OPEN and is_ending(row.expires_on, today),
        "expires_on": row.expires_on,
        "made_by": row.made_by,
        "made_on": clock.local(row.made_at).date(),
        "opened": opened_words(one),
        "has_new_device": any(opening.is_new_device for opening in one.openings),
        "is_asked_for": row.asked_again_at is not None,
    }


def opened_words(one: ListedLink) -> str:
    """How often a link was opened, and when last."""
    row = one.row
    if row.last_opened_at is None:
        return gettext("never opened")
    last = clock.local(row.last_opened_at).strftime("%m-%d %H:%M")
    client = one.openings[0].client if one.openings else ""
    return ngettext(
        "opened %(num)s time, last %(last)s with %(client)s",
        "opened %(num)s times, last %(last)s with %(client)s",
        row.opened_count,
        last=last,
        client=client,
    )


def _href(one: ListedLink) -> str:
    if not one.step_number or one.row.project_id is None:
        return ""
    return url_for("StepView.one", project_id=one.row.project_id, number=one.step_number)


def department_options() -> list[dict[str, str]]:
    """Every department to choose from; none before the first edition of the catalogue."""
    catalogue = latest_catalogue(db.session)
    known = catalogue.department_of if catalogue else {}
    return [{"value": code, "text": one.spoken(language())} for code, one in known.items()]
