"""Timed and queued work of the desk: messages go out here, never inside the work that made them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from approvals.queries.catalogue import latest_catalogue, work_calendar
from concierge.desk.events import NearThing
from concierge.desk.queries.channels import reached
from concierge.desk.queries.messages import to_send
from concierge.desk.queries.todos import listeners, todos_of
from concierge.desk.rules.channels import SHANGHAI, digests, near_until
from concierge.desk.services.gather_morning import gather_morning
from concierge.desk.services.hand_over import hand_over
from concierge.desk.services.settle_message import drop, settle
from concierge.desk.services.tell_near import tell_near
from concierge.kernel import clock
from concierge.kernel.jobs import Run
from concierge.kernel.work import Work, reading

LOOK_AHEAD_AT = time(7, 0)


def send_message(run: Run, message_id: int) -> None:
    """Send one message; a failure rests it, and never fails this job: the message keeps its own log."""
    with reading() as session:
        message, catalogue = to_send(session, message_id), latest_catalogue(session)
    if message is None:
        return
    if message.is_empty or not message.to:
        with run.work() as w:
            drop(w, message_id)
        return
    attempt = hand_over(message, catalogue)
    with run.work() as w:
        settle(w, message_id, attempt, message.notice_ids)


def plan_mornings(run: Run) -> None:
    """A new day: on a working day, have everybody looked after at the hour of each."""
    today = clock.today()
    with run.work() as w:
        if not work_calendar(w.session).is_workday(today):
            return
        people = [user.id for user in listeners(w.session)]
        ways = reached(w.session, people)
        for person_id in people:
            _at(w, LOOK_AHEAD_AT, "look_ahead", person_id)
            way = ways.get(person_id)
            if way is not None and digests([row.facts() for row in way.rows]):
                _at(w, way.hours.digest_at, "send_morning", person_id)


def look_ahead(run: Run, person_id: int) -> None:
    """Tell one person what falls due within two days and was not told yet."""
    today = clock.today()
    with reading() as session:
        until = near_until(today, work_calendar(session).next_workday(today))
    things = tuple(
        NearThing(
            key=todo.key, text=task.text, due_on=todo.due_on, project_id=todo.project_id, page=todo.href
        )
        for todo, task in todos_of(person_id, today)
        if todo.due_on is not None and todo.due_on <= until
    )
    with run.work() as w:
        tell_near(w, person_id, things)


def send_morning(run: Run, person_id: int) -> None:
    """Put together one person's morning message."""
    today = clock.today()
    with reading() as session:
        until = near_until(today, work_calendar(session).next_workday(today))
    tasks = [
        task for todo, task in todos_of(person_id, today) if todo.due_on is not None and todo.due_on <= until
    ]
    with run.work() as w:
        gather_morning(w, person_id, tasks)


def _at(w: Work, at: time, task: str, person_id: int) -> None:
    """Have something done for a person at a time of this day, once."""
    today = clock.today()
    rest = datetime.combine(today, at, SHANGHAI) - clock.now()
    w.enqueue(
        f"concierge.desk.tasks:{task}",
        dedupe_key=f"{task}:{person_id}:{today.isoformat()}",
        after=max(rest, timedelta()),
        person_id=person_id,
    )
