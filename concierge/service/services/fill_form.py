"""Fill in the one form; sensitive answers are sealed before they reach the database."""

from __future__ import annotations

import io
from collections.abc import Mapping

from flask import current_app
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.sealing import sealed
from concierge.kernel.storage import keys_of
from concierge.kernel.work import Work, work
from concierge.service.events import ServiceFormFilled
from concierge.service.models.case import ServiceCase
from concierge.service.models.file import FormField
from concierge.service.rules.asking import WrongAnswer, checked_answer
from concierge.service.services.pick_up_case import pick_up_case


def fill_form(case_id: int, answers: Mapping[str, str], *, by: Actor) -> None:
    """Write down answers; a sensitive field left empty keeps what is there.

    Raises: Missing; CaseClosed; WrongAnswer, naming the field.
    Source: SF-6, one form; SF-10, least data.
    """
    with work(by) as w:
        case = pick_up_case(w, case_id, may_be_suspended=True)
        put_answers(w, case, answers)


def put_answers(w: Work, case: ServiceCase, answers: Mapping[str, str], *, is_lenient: bool = False) -> None:
    """Write answers into a form inside the caller's transaction.

    Shape: with ``is_lenient`` an answer that cannot be right is left out instead of refused: data from a
        ledger open a case even where one entry of it is wrong.
    Raises: WrongAnswer.
    """
    asked = select(FormField).where(FormField.case_id == case.id, FormField.code.in_(answers))
    changed = []
    for row in w.session.scalars(asked.order_by(FormField.place)):
        try:
            said = checked_answer(row.kind, row.code, row.name_zh, answers[row.code])
        except WrongAnswer:
            if is_lenient:
                continue
            raise
        if _put(row, said):
            row.answered_at = clock.now()
            changed.append(row.code)
    if changed:
        w.record(ServiceFormFilled(case.id, case.project_id, tuple(changed)))


def _put(row: FormField, said: str) -> bool:
    if row.is_sensitive:
        if not said:
            return False
        key = keys_of(current_app.config["CONCIERGE"])[0]
        row.sealed = b"".join(sealed(io.BytesIO(said.encode()), key))
        return True
    if said == row.answer:
        return False
    row.answer = said
    return True
