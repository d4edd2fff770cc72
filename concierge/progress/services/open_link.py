"""Open a progress link by its key, write the opening down, and remember what the visit before showed."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock, tokens
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.openings import Visitor, log_opening
from concierge.kernel.work import Work, work
from concierge.progress.models.links import ProgressLinkRow, ProgressOpeningRow
from concierge.progress.queries.links import start_forecast, still_open
from concierge.progress.rules.links import PREFIX, ProgressLink, is_new_visit


def open_link(token: str, visitor: Visitor) -> ProgressLink:
    """The link of a key; its opening is written down.

    Raises: Missing for an unknown, mistyped or revoked key, all alike; ProgressLinkExpired.
    Effects: one line in the log of openings; the day of start this visit shows is kept, that of the visit
        before is what the page compares with.
    Source: PL-2, PL-5, PL-10.
    """
    if not tokens.is_whole(token, PREFIX):
        raise Missing
    wanted = tokens.hashed(token, current_app.config["SECRET_KEY"])
    with work(SYSTEM) as w:
        row = w.session.execute(
            select(ProgressLinkRow).where(ProgressLinkRow.token_hash == wanted).with_for_update()
        ).scalar_one_or_none()
        still_open(row)
        if row is None:  # still_open refused it already
            raise Missing
        log_opening(w, row, ProgressOpeningRow, visitor)
        _remember(w, row)
        return row.facts()


def _remember(w: Work, row: ProgressLinkRow) -> None:
    now = clock.now()
    if is_new_visit(row.seen_at, now):
        row.before_at, row.before_start_on = row.seen_at, row.seen_start_on
    row.seen_at, row.seen_start_on = now, start_forecast(w.session, row.project_id)
