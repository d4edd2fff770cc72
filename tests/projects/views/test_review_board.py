"""The review board: who waits, which half-day is best, what follows, announcing it and calling it off."""

import html
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from approvals.events.reviews import SittingAnnounced
from approvals.models.review import RoomRow, SittingRow, SittingRuleRow
from approvals.models.step import Step, StepState
from approvals.queries import reviews
from approvals.rules.sittings import Answer, Half, SittingState, departments_of
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.record_availability import record_availability
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import reading, work
from projects.handlers import plan_after_announcing
from projects.models.portfolio import BookedYear, BookingRow
from projects.models.project import Plan, Project
from projects.rules.booked_days import Booked, TakenDays, read_days
from projects.services.make_plan import make_plan
from tests.builders import a_project

TODAY = date(2026, 4, 15)  # a Wednesday
THURSDAY, FRIDAY, MONDAY = date(2026, 4, 16), date(2026, 4, 17), date(2026, 4, 20)
SCHEME = "design-scheme-review"
MOST_QUERIES = 24


@pytest.fixture
def boss(county):
    return county.employs("boss", "Chief", sees=(None,))


@pytest.fixture
def room(county):
    (number,) = county.keeps(RoomRow(name="政务3楼302", places=30))
    return number


@pytest.fixture
def scheme(county):
    """Opens projects whose scheme was accepted on Monday 13 April and waits for its joint review."""

    def opened(*, has_land=False, **told):
        project_id = a_project(template="private-building", **told)
        with work(SYSTEM) as w:
            for step in w.session.scalars(select(Step).where(Step.project_id == project_id)):
                if step.code == SCHEME:
                    step.state, step.accepted_on = StepState.ACCEPTED, date(2026, 4, 13)
                elif has_land and not step.code.startswith(("construction", "fire", "quality", "joint")):
                    step.state = StepState.PASSED
                    step.accepted_on = step.finished_on = date(2026, 4, 10)
            w.get(Project, project_id).revision += 1
            make_plan(w, project_id, "StepMoved")
        return project_id

    return opened


@pytest.fixture
def table(county):
    """Everybody at the table of the joint scheme review, its lead first."""
    return departments_of(reviews.review_groups(db.session)["JR_SCHEME"])


@pytest.fixture
def answers(table):
    """Records what every department says of the next eight working days; some say otherwise of one."""

    def said(*, but=None):
        days = [TODAY + timedelta(days=n) for n in range(1, 12)]
        for code in table:
            told = {(day, half): Answer.CAN for day in days for half in Half}
            told.update(
                {
                    when: answer
                    for (who, *when_), answer in (but or {}).items()
                    for when in [tuple(when_)]
                    if who == code
                }
            )
            record_availability(code, told, said_by="电话", by=SYSTEM)

    return said


def words(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


def chosen(page):
    return re.search(r'id="slot-([^"]+)" value="[^"]+" checked', page.text)[1]


def key(project_id):
    return f"{project_id}-{SCHEME}"


def form(project_id, slot="2026-04-17-morning", **more):
    return {"case": key(project_id), "slot": slot, **more}


def sittings(county):
    return county.asked(select(SittingRow))


def lists(county):
    """The sittings with their lists, as the database has them now."""
    with reading() as session:
        return [reviews.sitting(session, row.id) for row in sittings(county)]


def test_a_step_waits_until_its_review_has_a_sitting(county, boss, scheme, room, answers):
    project_id = scheme(target_on=date(2026, 9, 30))
    answers()

    page = boss.opens("/reviews/?lang=zh")

    assert page.status_code == 200
    assert f"case={key(project_id)}" in page.text
    assert "建设工程设计方案" in words(page)
    assert "11个，" in words(page)  # eleven departments at the table


def test_the_first_half_day_everybody_can_come_is_preselected(boss, scheme, room, answers):
    project_id = scheme()
    answers(but={("HCB", FRIDAY, Half.MORNING): Answer.CANNOT})

    page = boss.opens(f"/reviews/?case={key(project_id)}&lang=zh")

    # members are told two working days before: Friday 17 April is the first day, its afternoon the first full
    assert re.findall(r'id="slot-([^"]+)"', page.text)[:2] == ["2026-04-17-morning", "2026-04-17-afternoon"]
    assert chosen(page) == "2026-04-17-afternoon"
    assert "11个部门全部到会" in words(page)
    assert "政务3楼302" in words(page)


def permits(page):
    """The permit that follows from each half-day, as the board says it, with its verdict."""
    row = page.text.split("预计取得许可")[1].split("</tr>")[0]
    found = re.findall(r"<b>(\d+)月(\d+)日</b><span class=\"bd-sub\">([^<]+)", row)
    return [(date(2026, int(month), int(day)), said) for month, day, said in found]


def test_each_half_day_says_which_permit_follows(county, boss, scheme, room, answers):
    project_id = scheme(has_land=True)
    answers()
    permit = county.has(Plan, county.has(Project, project_id).plan_id).permit_on

    found = permits(boss.opens(f"/reviews/?case={key(project_id)}&lang=zh"))

    # Accepted on Monday 13 April; in public for 7 calendar days, until the 20th; then 7 working days of work:
    # 21-24, 27-29 April. Opinions of Wednesday 22 April are in on the 29th too: 23, 24, 27-29. Those of
    # Thursday 23 are in a day later, and the scheme holds the permit.
    later = permit + timedelta(days=1)
    assert found == [*[(permit, "同当前预计")] * 8, (later, "晚1天")]


def test_a_target_in_the_way_is_said_by_every_half_day_that_touches_it(county, boss, scheme, room, answers):
    project_id = scheme(has_land=True)
    answers()
    permit = county.has(Plan, county.has(Project, project_id).plan_id).permit_on
    with work(SYSTEM) as w:
        w.get(Project, project_id).target_on = permit

    said = [words for _, words in permits(boss.opens(f"/reviews/?case={key(project_id)}&lang=zh"))]

    assert said == [*["压目标线"] * 8, "超目标1天"]


def test_while_nobody_has_answered_the_way_to_record_answers_is_shown(boss, scheme, room):
    project_id = scheme()

    page = boss.opens(f"/reviews/?case={key(project_id)}&lang=zh")

    assert "还没有部门答复" in words(page)
    assert "/answers/list/?first=2026-04-17" in page.text
    assert chosen(page) == "2026-04-17-morning"


def test_without_a_full_half_day_the_best_three_name_who_is_missing(boss, scheme, room, answers, table):
    project_id = scheme()
    half_days = [
        (day, half) for day in (FRIDAY, *(MONDAY + timedelta(days=n) for n in range(4))) for half in Half
    ]
    answers(but={("CAD", day, half): Answer.CANNOT for day, half in half_days})

    said = words(boss.opens(f"/reviews/?case={key(project_id)}&lang=zh"))

    assert "没有全部能到的半天" in said
    assert said.count("可书面意见") >= 3
    assert "国防动员办公室不能到会" in said


def test_announcing_keeps_the_half_day_for_everybody_and_plans_again(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()
    before = county.has(Project, project_id).plan_id

    sent = boss.sends("/reviews/", form(project_id, slot="2026-04-22-morning", room=room))
    jobs.run_due()

    (sitting,) = sittings(county)
    assert sent.status_code == 303
    assert sent.location.endswith(f"/reviews/{sitting.id}")
    assert (sitting.on, sitting.half, sitting.room_id) == (date(2026, 4, 22), Half.MORNING, room)
    plan = county.has(Plan, county.has(Project, project_id).plan_id)
    assert plan.id != before
    assert plan.cause == "SittingAnnounced"
    assert key(project_id) not in boss.opens("/reviews/").text
    assert "4月22日" in words(boss.opens(sent.location + "?lang=zh"))


def test_what_was_announced_meanwhile_is_refused_and_the_board_says_why(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()
    boss.sends("/reviews/", form(project_id, room=room))

    again = boss.sends("/reviews/?lang=zh", form(project_id, slot="2026-04-20-morning", room=room))

    assert again.status_code == 409
    assert "这一步已不再待排会期" in words(again)
    assert len(sittings(county)) == 1


def test_two_projects_share_a_sitting_and_every_department_a_journey(county, boss, scheme, room, answers):
    first, second = scheme(), scheme()
    answers()

    page = boss.opens(f"/reviews/?case={key(first)}&lang=zh")
    assert re.search(rf'value="{key(second)}" checked', page.text)
    assert "合并后少开1场会，11个部门各省一次往返。" in words(page)
    boss.sends("/reviews/", form(first, room=room, **{"with": key(second)}))

    (sitting,) = lists(county)
    assert [(item.project_id, item.position) for item in sitting.items] == [(first, 1), (second, 2)]


def test_a_review_that_is_not_ticked_is_not_announced(county, boss, scheme, room, answers):
    first, second = scheme(), scheme()
    answers()

    boss.sends("/reviews/", form(first, room=room))

    (sitting,) = lists(county)
    assert [item.project_id for item in sitting.items] == [first]
    assert f"case={key(second)}" in boss.opens("/reviews/").text


def test_a_project_joins_the_sitting_its_group_has_then_already(county, boss, scheme, room, answers):
    first, second = scheme(), scheme()
    answers()
    boss.sends("/reviews/", form(first, room=room))

    page = boss.opens(f"/reviews/?case={key(second)}&slot=2026-04-17-morning&lang=zh")
    assert "本组当场已有会" in words(page)
    boss.sends("/reviews/", form(second))

    (sitting,) = lists(county)
    assert [item.project_id for item in sitting.items] == [first, second]


def test_looking_at_a_half_day_saves_nothing_and_can_be_shared(county, boss, scheme, room, answers):
    first, second = scheme(), scheme()
    answers()

    sent = boss.sends("/reviews/look", form(first, slot="2026-04-20-afternoon", **{"with": key(second)}))

    assert sent.status_code == 303
    assert not sittings(county)
    page = boss.opens(sent.location)
    assert chosen(page) == "2026-04-20-afternoon"
    assert re.search(rf'value="{key(second)}" checked', page.text)


@pytest.mark.parametrize("slot", ["2026-04-16-morning", "2026-04-18-morning", "2030-01-01-morning"])
def test_a_half_day_too_soon_or_outside_the_rhythm_is_refused(county, boss, scheme, room, answers, slot):
    project_id = scheme()
    answers()

    sent = boss.sends("/reviews/?lang=zh", form(project_id, slot=slot, room=room))

    assert sent.status_code == 409
    assert "这个半天已不能再选" in words(sent)
    assert not sittings(county)


@pytest.mark.parametrize("slot", ["", "today", "2026-13-45-morning", "2026-04-17-night"])
def test_something_that_is_no_half_day_is_refused(county, boss, scheme, room, slot):
    sent = boss.sends("/reviews/?lang=zh", form(scheme(), slot=slot, room=room))

    assert sent.status_code == 422
    assert "在表中选一个半天" in words(sent)
    assert not sittings(county)


def test_a_room_somebody_else_took_is_refused_and_the_choice_kept(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()
    other = a_project()
    steps = (ListedStep(other, "eia-form"),)
    new = NewSitting(
        review_group="JR_ASSESS", on=date(2026, 4, 21), half=Half.MORNING, room_id=room, steps=steps
    )
    announce_sitting(new, by=SYSTEM)

    sent = boss.sends("/reviews/?lang=zh", form(project_id, slot="2026-04-21-morning", room=room))

    assert sent.status_code == 409
    assert "政务3楼302" in words(sent)
    assert chosen(sent) == "2026-04-21-morning"
    assert len(sittings(county)) == 1


def test_a_room_that_is_on_no_list_is_refused(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()

    sent = boss.sends("/reviews/?lang=zh", form(project_id, room=room + 7))

    assert sent.status_code == 409
    assert "这个会议室" in words(sent)
    assert not sittings(county)


def test_nobody_sees_or_announces_for_a_project_out_of_charge(county, scheme, room, answers):
    project_id = scheme()
    answers()
    amy = county.employs("amy", "Concierge")

    seen = amy.opens("/reviews/?lang=zh")
    sent = amy.sends("/reviews/?lang=zh", form(project_id, room=room))

    assert seen.status_code == 200
    assert "没有待排会期的评审" in words(seen)
    assert sent.status_code == 409
    assert not sittings(county)


def test_a_supervisor_sees_the_board_and_announces_nothing(county, scheme, room, answers):
    project_id = scheme()
    answers()
    eye = county.employs("eye", "Supervisor", sees=(None,))

    page = eye.opens(f"/reviews/?case={key(project_id)}&lang=zh")

    assert "能到" in words(page)
    assert "定为会期" not in words(page)
    assert eye.sends("/reviews/", form(project_id, room=room)).status_code == 403
    assert not sittings(county)


def test_a_meeting_called_off_keeps_its_reason_and_its_step_waits_again(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()
    boss.sends("/reviews/", form(project_id, room=room))
    jobs.run_due()
    (sitting,) = sittings(county)

    mute = boss.sends(f"/reviews/{sitting.id}/withdraw", {"reason": " "})
    sent = boss.sends(f"/reviews/{sitting.id}/withdraw", {"reason": "牵头部门临时有防汛任务"})
    jobs.run_due()

    assert mute.status_code == 422
    assert sent.status_code == 303
    (kept,) = sittings(county)
    assert (kept.state, kept.withdrawn_reason) == (SittingState.WITHDRAWN, "牵头部门临时有防汛任务")
    assert f"case={key(project_id)}" in boss.opens("/reviews/").text
    assert "牵头部门临时有防汛任务" in words(boss.opens(f"/reviews/{sitting.id}"))
    refused = boss.sends(f"/reviews/{sitting.id}/withdraw?lang=zh", {"reason": "再撤一次"})
    assert refused.status_code == 409


def test_whoever_may_not_see_a_project_on_the_list_cannot_call_the_meeting_off(
    county, boss, scheme, room, answers
):
    first, second = scheme(), scheme()
    answers()
    boss.sends("/reviews/", form(first, room=room, **{"with": key(second)}))
    (sitting,) = sittings(county)
    amy = county.employs("amy", "Concierge", sees=(first,))

    page = amy.opens(f"/reviews/{sitting.id}?lang=zh")
    sent = amy.sends(f"/reviews/{sitting.id}/withdraw", {"reason": "不该可以"})

    assert "另一个项目" in words(page)
    assert "由首席代办员撤销" in words(page)
    assert sent.status_code == 404
    assert sittings(county)[0].state is SittingState.ANNOUNCED


def test_a_meeting_of_projects_out_of_charge_does_not_exist(county, boss, scheme, room, answers):
    answers()
    boss.sends("/reviews/", form(scheme(), room=room))
    (sitting,) = sittings(county)
    amy = county.employs("amy", "Concierge")

    for path in (f"/reviews/{sitting.id}", f"/reviews/{sitting.id}/sitting.ics", "/reviews/77"):
        assert amy.opens(path).status_code == 404
    assert "还没有已定会议" in words(amy.opens("/reviews/announced?lang=zh"))


def test_a_meeting_as_a_calendar_file_stands_at_its_hour_and_is_cancelled_when_called_off(
    county, boss, scheme, room, answers
):
    answers()
    boss.sends("/reviews/", form(scheme(), room=room))
    (sitting,) = sittings(county)

    stands = boss.opens(f"/reviews/{sitting.id}/sitting.ics").text
    boss.sends(f"/reviews/{sitting.id}/withdraw", {"reason": "改期"})
    off = boss.opens(f"/reviews/{sitting.id}/sitting.ics").text

    # nine in the morning of Friday 17 April in Shanghai; sixty minutes
    assert "DTSTART:20260417T010000Z" in stands
    assert "DTEND:20260417T020000Z" in stands
    assert "STATUS:CONFIRMED" in stands
    assert "STATUS:CANCELLED" in off
    uid = re.compile(r"UID:\S+")
    assert uid.search(stands)[0] == uid.search(off)[0]


def test_the_slots_go_on_paper(boss, scheme, room, answers):
    project_id = scheme()
    answers()

    page = boss.opens(f"/reviews/print?case={key(project_id)}&lang=zh")

    assert page.status_code == 200
    assert "联合评审排期表" in words(page)
    assert 'type="radio"' not in page.text
    assert boss.opens("/reviews/print?case=").status_code == 200


def test_without_a_rule_nobody_waits_and_the_page_says_what_to_set_down(county, boss, scheme):
    scheme()
    with work(SYSTEM) as w:
        for rule in w.session.scalars(select(SittingRuleRow)):
            rule.is_active = False

    page = boss.opens("/reviews/?lang=zh")

    assert "还没有评审组按规则开会" in words(page)
    assert boss.opens("/reviews/print").status_code == 404


def test_the_menu_counts_what_waits(boss, scheme):
    before = re.search(r"联合评审<b>(\d+)</b>", boss.opens("/projects/?lang=zh").text)
    scheme()

    after = re.search(r"联合评审<b>(\d+)</b>", boss.opens("/projects/?lang=zh").text)

    assert int(before[1]) == 0
    assert int(after[1]) == len(
        re.findall(r'class="bd-q" href="/reviews/\?case=', boss.opens("/reviews/").text)
    )


def test_the_board_asks_as_much_of_ten_projects_as_of_one(boss, scheme, room, answers, statements):
    scheme()
    answers()
    boss.opens("/reviews/")
    with statements() as one:
        boss.opens("/reviews/")
    for _ in range(9):
        scheme()
    boss.opens("/reviews/")  # the figures of the menu are counted anew after what happened

    with statements() as ten:
        answer = boss.opens("/reviews/")

    assert answer.status_code == 200
    assert len(ten) == len(one), "\n".join(ten)
    assert len(one) <= MOST_QUERIES, "\n".join(one)


def test_the_board_speaks_the_readers_language(boss, scheme, room, answers):
    project_id = scheme()
    answers()

    said = words(boss.opens(f"/reviews/?case={key(project_id)}&lang=en"))

    assert "Announce this slot" in said
    assert "all 11 departments attend" in said
    assert "定为会期" not in said


def test_a_project_and_its_step_lead_to_the_board_and_then_to_the_meeting(
    county, boss, scheme, room, answers
):
    project_id = scheme()
    answers()
    (step,) = county.asked(select(Step).where(Step.project_id == project_id, Step.code == SCHEME))
    pages = (f"/projects/{project_id}", f"/projects/{project_id}/steps/{step.number}")

    for path in pages:
        page = boss.opens(f"{path}?lang=zh")
        way = re.search(rf'href="(/reviews/\?[^"]*case={key(project_id)}[^"]*)"', page.text)
        assert way
        assert chosen(boss.opens(html.unescape(way[1])))
    boss.sends("/reviews/", form(project_id, room=room))
    (sitting,) = sittings(county)

    for path in pages:
        page = boss.opens(f"{path}?lang=zh")
        assert "联合评审定于4月17日" in words(page)
        assert f'href="/reviews/{sitting.id}"' in page.text


def test_no_bound_is_claimed_before_a_plan_of_all_projects_stands(boss, scheme):
    project_id = scheme()

    said = words(boss.opens(f"/reviews/?case={key(project_id)}&lang=zh"))

    lead = said.split("排会期")[1].split("待排会期")[0]
    assert "共省" in lead
    assert "上限" not in lead
    assert "本计划" in said  # the one project's own bound is its longest chain


def test_news_of_a_sitting_may_arrive_twice(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()
    boss.sends("/reviews/", form(project_id, slot="2026-04-22-morning", room=room))
    jobs.run_due()
    (sitting,) = sittings(county)
    told = SittingAnnounced(
        sitting.id, project_id, SCHEME, "JR_SCHEME", sitting.on, "morning", sitting.begins_at, ""
    )
    before = booked(county, project_id), county.has(Project, project_id).plan_id

    with work(SYSTEM) as w:
        plan_after_announcing(w, told)

    assert (booked(county, project_id), county.has(Project, project_id).plan_id) == before
    assert before[0] == [(date(2026, 4, 22), 0, True)]


def test_a_meeting_called_off_is_no_longer_booked(county, boss, scheme, room, answers):
    project_id = scheme()
    answers()
    boss.sends("/reviews/", form(project_id, slot="2026-04-22-morning", room=room))
    jobs.run_due()
    (sitting,) = sittings(county)

    boss.sends(f"/reviews/{sitting.id}/withdraw", {"reason": "改期"})
    jobs.run_due()

    # planned anew, told to nobody: on the first half-day everybody can come
    assert booked(county, project_id) == [(date(2026, 4, 17), 0, False)]
    seats = county.asked(select(BookedYear).where(BookedYear.kind == Booked.SEAT))
    taken = TakenDays({row.of: read_days(row.taken) for row in seats}).by_day()
    assert sitting.on not in {seat.day for seat in taken}


def booked(county, project_id):
    """The half-day the scheme's review is booked for, and whether others were told."""
    rows = county.asked(
        select(BookingRow).where(BookingRow.project_id == project_id, BookingRow.code == SCHEME)
    )
    return [(row.sitting_on, row.sitting_half, row.is_told) for row in rows]


def test_the_log_of_a_project_says_when_its_review_was_announced(boss, scheme, room, answers):
    project_id = scheme()
    answers()
    boss.sends("/reviews/", form(project_id, room=room))

    said = words(boss.opens(f"/projects/{project_id}?lang=zh"))

    assert said.count("联合评审定于4月17日") == 2  # what is to come, and what has happened
    assert "2026-04-17" not in said
