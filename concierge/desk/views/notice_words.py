"""A notice as the page shows it, and where it leads; its words stand in ``press/notice_words.py``."""

from __future__ import annotations

from typing import Any

from flask import url_for

from approvals.rules.catalogue import Catalogue
from concierge.desk.press.notice_words import sentence
from concierge.desk.queries.notices import Notice
from concierge.kernel import clock


def said(notice: Notice, catalogue: Catalogue | None) -> dict[str, Any]:
    """One notice as the page shows it."""
    text = sentence(notice.text, notice.facts, code=notice.code, number=notice.number, catalogue=catalogue)
    return {
        "id": notice.id,
        "text": text,
        "project": notice.project_name,
        "href": place_of(notice),
        "is_acting": notice.is_acting,
        "is_read": notice.is_read,
        "at": clock.local(notice.made_at).strftime("%H:%M"),
        "iso": clock.local(notice.made_at).isoformat(timespec="minutes"),
        "on": clock.local(notice.made_at).date(),
    }


def place_of(notice: Notice) -> str:
    """Where a notice leads, empty for nowhere."""
    if "page" in notice.facts:
        return str(notice.facts["page"])
    if notice.project_id is None:
        return url_for("LinksPage.list") if notice.text == "link_asked" else ""
    if notice.number:
        return url_for("StepView.one", project_id=notice.project_id, number=notice.number)
    if notice.text in ("permit_moved", "dates_moved"):
        return url_for("PlanHistoryView.versions", project_id=notice.project_id)
    return url_for("ProjectView.one", project_id=notice.project_id)
