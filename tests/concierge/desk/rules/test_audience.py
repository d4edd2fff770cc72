"""Who is told: the two officers of a project, the acting one marked, and its liaison."""

from datetime import date

from concierge.desk.rules.audience import Charge, Told, audience
from concierge.staff.rules.absence import Away, Duty

AMY, BO, LIN = 1, 2, 3
DUTY = Duty(project_id=7, a_id=AMY, b_id=BO)
WEDNESDAY = date(2026, 4, 15)
AMY_AWAY = Away(person_id=AMY, first_on=WEDNESDAY, last_on=WEDNESDAY)
BO_AWAY = Away(person_id=BO, first_on=WEDNESDAY, last_on=WEDNESDAY)


def test_a_acts_and_b_and_the_liaison_hear_it_too():
    told = audience(Charge(duty=DUTY, liaison_id=LIN), WEDNESDAY, ())

    assert told == (Told(AMY, is_acting=True), Told(BO), Told(LIN))


def test_b_acts_from_the_first_minute_of_as_absence_and_a_still_hears_it():
    told = audience(Charge(duty=DUTY), WEDNESDAY, [AMY_AWAY])

    assert told == (Told(BO, is_acting=True), Told(AMY))


def test_nobody_is_marked_when_both_are_away():
    told = audience(Charge(duty=DUTY), WEDNESDAY, [AMY_AWAY, BO_AWAY])

    assert told == (Told(AMY), Told(BO))


def test_who_did_it_knows_already():
    assert audience(Charge(duty=DUTY, liaison_id=LIN), WEDNESDAY, (), but=AMY) == (Told(BO), Told(LIN))


def test_a_liaison_who_is_one_of_the_two_hears_it_once():
    assert audience(Charge(duty=DUTY, liaison_id=AMY), WEDNESDAY, ()) == (
        Told(AMY, is_acting=True),
        Told(BO),
    )


def test_a_project_with_nobody_in_charge_tells_nobody():
    assert audience(Charge(duty=None), WEDNESDAY, ()) == ()
