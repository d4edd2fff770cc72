"""States and moves in the reader's language, and how a document is called."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext

from approvals.rules.progress import Move
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import N_
from concierge.kernel.web import CHINESE, language, may
from documents.models.document import DocumentRow
from documents.press.kind import DocumentKind
from documents.queries.kinds import installed_kinds
from documents.rules.document_state import DocumentState

ON = "Document"
STATES: Mapping[DocumentState, tuple[str, str]] = {
    DocumentState.ASKED: ("running", N_("Being written")),
    DocumentState.RENDERED: ("ready", N_("Word file ready")),
    DocumentState.PRINTED: ("done", N_("Word and PDF ready")),
    DocumentState.FAILED: ("overdue", N_("Not written")),
}
MOVES: Mapping[str, str] = {
    Move.RECEIVE.value: N_("Papers received"),
    Move.ACCEPT.value: N_("Accepted"),
    Move.NOT_ACCEPT.value: N_("Not accepted"),
    Move.DECLINE.value: N_("Declined at the door"),
    Move.CORRECT.value: N_("Correction asked for"),
    Move.STOP.value: N_("Clock stopped"),
    Move.RESUME.value: N_("Clock running again"),
    Move.EXTEND.value: N_("Limit extended"),
    Move.PASS.value: N_("Decided"),
    Move.REFUSE.value: N_("Refused"),
}


def kind_name(kind: DocumentKind) -> str:
    """What a kind of document is called."""
    return kind.title_zh if language() == CHINESE else str(gettext(kind.name))


def kind_names() -> dict[str, str]:
    """The names of every installed kind, by code."""
    return {kind.code: kind_name(kind) for kind in installed_kinds()}


def maker(row: DocumentRow) -> str:
    """Who made a document, in the reader's language where nobody did."""
    return str(gettext("system")) if row.made_by == SYSTEM.label else row.made_by


def state_pill(state: DocumentState) -> dict[str, str]:
    """How far a document is, for the pill."""
    look, word = STATES[state]
    return {"state": look, "text": gettext(word)}


def move_word(move: str) -> str:
    """A move of a step in a few words; its own code where there are none."""
    return str(gettext(MOVES[move])) if move in MOVES else move


def project_href(project_id: int | None) -> str:
    """The page of a project; empty where there is none, and for those who keep papers but open no project."""
    if project_id is None or not may("show", "Project"):
        return ""
    return url_for("ProjectView.one", project_id=project_id)
