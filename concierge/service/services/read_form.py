"""Read a form with its sensitive answers, for a purpose; who read it and why is on the trace."""

from __future__ import annotations

from flask import current_app

from concierge.kernel.actor import Actor
from concierge.kernel.sealing import opened
from concierge.kernel.storage import keys_of
from concierge.kernel.work import work
from concierge.service.events import ServiceFormRead
from concierge.service.queries.case_file import case_file
from concierge.service.rules.course import decide_reason


def read_form(case_id: int, purpose: str, *, by: Actor) -> dict[str, str]:
    """Every answer of a form by field code, the sealed ones opened.

    Raises: Missing; ReasonNeeded, without a purpose; SealBroken.
    Source: SF-10, purpose bound, with an access log.
    """
    with work(by) as w:
        file, why = case_file(w.session, case_id, by), decide_reason(purpose)
        keys = keys_of(current_app.config["CONCIERGE"])
        w.record(ServiceFormRead(case_id, file.case.project_id, why))
        return {
            field.code: field.answer
            if field.sealed is None
            else b"".join(opened([field.sealed], keys)).decode()
            for field in file.fields
        }
