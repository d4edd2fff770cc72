"""What the forms of a case send, as calls of its services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from concierge.kernel.db import db
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.typed_values import typed_day
from concierge.kernel.web import actor, may, whole_number
from concierge.service.queries.case_file import CaseFile, case_file
from concierge.service.rules.case import DeliveryState, DeliveryWay, ItemState, Outcome, PaperState, Record
from concierge.service.services.fill_form import fill_form
from concierge.service.services.finish_step import end_case, finish_step, skip_step
from concierge.service.services.give_case import give_case
from concierge.service.services.issue_slip import issue_acceptance, issue_entrustment, sign_entrustment
from concierge.service.services.move_set import move_set
from concierge.service.services.note_paper import note_paper
from concierge.service.services.record_act import NewRecord, record_act
from concierge.service.services.send_result import NewDelivery, send_result, track_result
from concierge.service.services.settle_item import settle_item
from concierge.service.services.suspend_case import resume_case, suspend_case
from concierge.service.services.transfer_case import take_case, transfer_case
from concierge.service.views.words import ON

Form = Mapping[str, str]
LONGEST, LONGEST_LINE, MOST = 2000, 200, 10**9


class DeedNotChosen(Invalid):
    """A list nobody chose from."""

    message = N_("Choose one from the list.")


def _chosen(kind: Any, typed: str | None) -> Any:
    for one in kind:
        if one.value == typed:
            return one
    raise DeedNotChosen


def _number(form: Form, name: str) -> int:
    return whole_number(form.get(name), default=0, most=MOST)


def _day_or_none(form: Form, name: str) -> date | None:
    return typed_day(form[name], name) if form.get(name, "").strip() else None


def _line(form: Form, name: str) -> str:
    return form.get(name, "")[:LONGEST_LINE]


def _words(form: Form, name: str) -> str:
    return form.get(name, "")[:LONGEST]


def _file(case_id: int) -> CaseFile:
    file = case_file(db.session, case_id, actor())
    db.session.rollback()  # the services open their own transaction
    return file


def _fill(case_id: int, form: Form) -> None:
    answers = {name.removeprefix("f-"): text for name, text in form.items() if name.startswith("f-")}
    fill_form(case_id, answers, by=actor())


def _papers(case_id: int, form: Form) -> None:
    for paper in _file(case_id).papers:
        typed = form.get(f"paper-{paper.id}")
        if typed is None:
            continue
        state, due_on = _chosen(PaperState, typed), None
        if state is PaperState.LATER:
            due_on = _day_or_none(form, f"due-{paper.id}")
        if (state, due_on) != (paper.state, paper.due_on):
            note_paper(paper.id, state, due_on, by=actor())


def _items(case_id: int, form: Form) -> None:
    for item in _file(case_id).items:
        typed = form.get(f"item-{item.id}")
        if typed is None:
            continue
        state, note = _chosen(ItemState, typed), _words(form, f"note-{item.id}").strip()
        if (state, note) != (item.state, item.note):
            settle_item(item.id, state, note, by=actor())


def _record(case_id: int, form: Form) -> None:
    level = _number(form, "satisfaction")
    new = NewRecord(
        kind=_chosen(Record, form.get("kind")),
        happened_on=typed_day(form.get("happened_on"), "happened_on"),
        whom=_line(form, "whom"),
        words=_words(form, "words"),
        satisfaction=level or None,
    )
    record_act(case_id, new, by=actor())


def _send(case_id: int, form: Form) -> None:
    new = NewDelivery(
        what=_line(form, "what"),
        way=_chosen(DeliveryWay, form.get("way")),
        to_whom=_line(form, "to_whom"),
        to_where=_line(form, "to_where"),
        carrier=_line(form, "carrier"),
        tracking=_line(form, "tracking"),
    )
    send_result(case_id, new, by=actor())


def _track(case_id: int, form: Form) -> None:
    delivery_id = _number(form, "delivery_id")
    if delivery_id not in {one.id for one in _file(case_id).deliveries}:
        raise Missing
    to = _chosen(DeliveryState, form.get(f"to-{delivery_id}"))
    words, signed_by = _words(form, f"at-{delivery_id}"), _line(form, f"by-{delivery_id}")
    track_result(delivery_id, to, words, signed_by, by=actor())


def _sign(case_id: int, form: Form) -> None:
    day = typed_day(form.get("signed_on"), "signed_on")
    sign_entrustment(case_id, _line(form, "signed_by"), day, by=actor())


def _suspend(case_id: int, form: Form) -> None:
    until_on = typed_day(form.get("until_on"), "until_on")
    suspend_case(case_id, _words(form, "stop_reason"), _line(form, "basis"), until_on, by=actor())


def _set(case_id: int, form: Form) -> None:
    move_set(case_id, _day_or_none(form, "sent_on"), _day_or_none(form, "received_on"), by=actor())


def _end(case_id: int, form: Form) -> None:
    end_case(case_id, _chosen(Outcome, form.get("outcome")), _words(form, "end_reason"), by=actor())


DEEDS: Mapping[str, Callable[[int, Form], object]] = {
    "entrustment": lambda case_id, form: issue_entrustment(case_id, by=actor()),  # noqa: ARG005  (every deed takes the form)
    "signature": _sign,
    "form": _fill,
    "papers": _papers,
    "acceptance": lambda case_id, form: issue_acceptance(case_id, by=actor()),  # noqa: ARG005  (every deed takes the form)
    "items": _items,
    "record": _record,
    "step": lambda case_id, form: finish_step(case_id, _number(form, "place"), by=actor()),
    "skip": lambda case_id, form: skip_step(
        case_id, _number(form, "place"), _words(form, "skip_reason"), by=actor()
    ),
    "suspension": _suspend,
    "resumption": lambda case_id, form: resume_case(case_id, _words(form, "why"), by=actor()),
    "transfer": lambda case_id, form: transfer_case(
        case_id, _line(form, "to_office"), _words(form, "hop_reason"), by=actor()
    ),
    "take": lambda case_id, form: take_case(case_id, by=actor(), may_take_any=may("skip", ON)),  # noqa: ARG005  (every deed takes the form)
    "holder": lambda case_id, form: give_case(case_id, _number(form, "holder_id"), by=actor()),
    "set": _set,
    "result": _send,
    "delivery": _track,
    "end": _end,
}

DONE = {
    "entrustment": N_("The entrustment letter is ready. Print it and have it signed."),
    "signature": N_("The signature is on record."),
    "form": N_("The form is saved."),
    "papers": N_("The set is saved."),
    "acceptance": N_("The case is accepted, and its promise begins. Give the slip to the customer."),
    "items": N_("The services are saved."),
    "record": N_("It is on record."),
    "step": N_("The step is over; the next one begins."),
    "skip": N_("The step is left out; the reason is on record."),
    "suspension": N_("The case is suspended. Give the slip to the customer."),
    "resumption": N_("The case goes on. Give the letter to the customer."),
    "transfer": N_("The case is on its way. It is still yours to follow until it is taken over there."),
    "take": N_("The case is in your hands."),
    "holder": N_("The case is in your colleague's hands."),
    "set": N_("The days of the set are saved."),
    "result": N_("The delivery is on record."),
    "delivery": N_("The delivery is followed."),
    "end": N_("The case is closed. Give the closing slip to the customer."),
}
