"""Minutes that stand, and tasks somebody can do."""

from datetime import date

import pytest

from approvals.rules.joint_reviews import ReviewKind, ReviewState
from approvals.rules.minutes import (
    DoneInFuture,
    HeldOnWrong,
    LeadNotThere,
    MinutesExpected,
    NewMinutes,
    NewTask,
    NobodyThere,
    NoMinutesNow,
    Present,
    StrangerThere,
    Task,
    TaskDone,
    TaskDueTooEarly,
    TaskIncomplete,
    TwoOfficersNeeded,
    check_done,
    check_minutes,
    check_tasks,
)
from tests.approvals.joint_reviews import SENT, a_member, a_review

LEVELS = {"NRP": "county", "EEB": "county-branch", "GPW": "utility", "INT": "market", "ENT": "enterprise"}
NAMES = {"NRP": "自然资源", "EEB": "生态环境"}
TODAY = date(2026, 4, 21)
VISIT = a_review(a_member("NRP"), a_member("EEB"), kind=ReviewKind.SITE_VISIT)


def there(**officers):
    return tuple(Present(code, number) for code, number in officers.items())


def checked(review=VISIT, **told):
    usual = {"held_on": TODAY, "text": "已看现场", "present": there(NRP=2, EEB=2)}
    check_minutes(NewMinutes(**{**usual, **told}), review, LEVELS, NAMES, today=TODAY)


def test_two_officers_of_each_authority_see_the_site_and_one_of_a_utility_will_do():
    checked(present=there(NRP=2, EEB=3, GPW=1, INT=1, ENT=1))

    with pytest.raises(TwoOfficersNeeded) as refused:
        checked(present=there(NRP=1, EEB=1, GPW=1))
    assert refused.value.departments == "自然资源、生态环境"


def test_in_a_meeting_one_of_each_is_enough():
    checked(a_review(kind=ReviewKind.MEETING), present=there(NRP=1))


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"text": " "}, MinutesExpected),
        ({"held_on": date(2026, 4, 22)}, HeldOnWrong),
        ({"held_on": date(2026, 4, 14)}, HeldOnWrong),
        ({"present": ()}, NobodyThere),
        ({"present": there(EEB=2)}, LeadNotThere),
        ({"present": there(NRP=2, XYZ=2)}, StrangerThere),
    ],
)
def test_minutes_that_would_not_stand_are_sent_back(told, refusal):
    assert date(2026, 4, 14) < SENT

    with pytest.raises(refusal):
        checked(**told)


def test_a_cancelled_review_has_no_minutes():
    with pytest.raises(NoMinutesNow):
        checked(a_review(state=ReviewState.CANCELLED))


@pytest.mark.parametrize(
    ("task", "refusal"),
    [
        (NewTask(" ", "ENT", TODAY), TaskIncomplete),
        (NewTask("补图", "XYZ", TODAY), TaskIncomplete),
        (NewTask("补图", "ENT", None), TaskIncomplete),
        (NewTask("补图", "ENT", date(2026, 4, 20)), TaskDueTooEarly),
    ],
)
def test_a_task_says_what_who_and_by_when(task, refusal):
    check_tasks([NewTask("补图", "ENT", TODAY)], LEVELS, first_on=TODAY)

    with pytest.raises(refusal):
        check_tasks([task], LEVELS, first_on=TODAY)


def test_a_task_is_finished_once_and_not_ahead_of_its_time():
    task = Task(id=1, version=1, project_id=1, review_id=1, what="补图", department="ENT", due_on=TODAY)
    done = Task(
        id=1, version=2, project_id=1, review_id=1, what="补图", department="ENT", due_on=TODAY, done_on=TODAY
    )

    check_done(task, TODAY, today=TODAY)
    with pytest.raises(TaskDone):
        check_done(done, TODAY, today=TODAY)
    with pytest.raises(DoneInFuture):
        check_done(task, date(2026, 4, 22), today=TODAY)
    assert task.is_overdue(date(2026, 4, 22))
    assert not task.is_overdue(TODAY)
    assert not done.is_overdue(date(2026, 4, 22))
