"""The sixteen points of the contract of progress links, asked of every address that opens without a login."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from approvals.rules.lifecycle import StopKind
from concierge.desk.channels.sms import LONGEST_VALUE
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.letters import LetterRow, read
from concierge.kernel.work import work
from concierge.progress.models.links import ProgressLinkRow, ProgressOpeningRow, WrongCodeRow
from concierge.progress.rules.links import MOST_DAYS, LastDayOutOfRange, LinkTerms, RecipientMissing
from concierge.progress.rules.public_progress import PublicProgress, SlipReason
from concierge.progress.rules.slip import Followed, largest_slip
from concierge.progress.services.change_link import extend_link, renew_link, revoke_link
from concierge.progress.services.make_link import make_link
from concierge.progress.services.query_code import make_query_code
from concierge.progress.services.warn_of_ends import warn_of_ends
from projects.models.project import Project
from projects.rules.ending import Ending
from projects.services.close_project import close_project
from scheduler import WorkCalendar
from tests.builders import a_project
from tests.kernel.fixtures_office import Office, apart

WANTED = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}
MOST_BYTES = 60 * 1024


@pytest.fixture
def project_id(county: Office) -> int:
    """A project with a pair."""
    county.app.appbuilder.sm.limiter.enabled = False  # type: ignore[attr-defined]
    return a_project()


@dataclass(frozen=True)
class Visitor:
    """Somebody without an account at a browser; each request stands alone, as with a real server."""

    browser: FlaskClient

    def get(self, path: str, **facts: Any) -> TestResponse:
        """Open an address."""
        return apart(self.browser.get, path, **facts)

    def post(self, path: str, **facts: Any) -> TestResponse:
        """Send a form."""
        return apart(self.browser.post, path, **facts)


def somebody(county: Office) -> Visitor:
    """A visitor who has opened nothing yet."""
    return Visitor(county.app.test_client())


def a_link(project_id: int, **terms: Any) -> tuple[int, str]:
    """A link of the project; answers its number and its key."""
    asked = {"recipient": "吴倩，第1号企业", "may_upload": True, "may_rate": True, **terms}
    link_id, minted = make_link(LinkTerms(project_id=project_id, **asked), by=SYSTEM)
    return link_id, minted.token


def entered(county: Office, token: str, lang: str = "en") -> tuple[Visitor, str]:
    """A visitor who opened a key, and the address they went on to."""
    visitor = somebody(county)
    answer = visitor.get(f"/p/{token}?lang={lang}")
    assert answer.status_code == 303
    return visitor, answer.headers["Location"]


def public_paths(county: Office, token: str) -> Iterator[tuple[Visitor, str]]:
    """Every address below ``/p``, ``/q`` and ``/directory`` that answers to GET, with who may ask it."""
    visitor, front = entered(county, token)
    handle = front.split("/")[3].split("?")[0]
    yield visitor, f"/p/{token}"
    for act in ("rate", "stuck", "materials"):
        yield visitor, f"/p/{token}/{act}"
    yield visitor, "/p/nobody-knows-this"
    yield somebody(county), front
    for rule in county.app.url_map.iter_rules():
        is_ours = rule.endpoint.startswith(("progress_links.", "progress_query.", "progress_directory."))
        if is_ours and "GET" in (rule.methods or ()) and rule.arguments <= {"handle"}:
            yield visitor, re.sub(r"<[^>]*>", handle, str(rule))


def test_1_a_key_has_192_random_bits_and_only_its_keyed_hash_is_kept(county, project_id):
    link_id, token = a_link(project_id)
    assert len(token.removeprefix("qyg_p_")) == 32 + 6  # 24 bytes in base64, and a check of six signs
    row = db.session.get(ProgressLinkRow, link_id)
    kept = [str(getattr(row, column.name)) for column in row.__table__.columns]
    assert not any(token in text for text in kept)
    again = renew_link(link_id, by=SYSTEM)
    assert somebody(county).get(f"/p/{token}").status_code == 404
    assert somebody(county).get(f"/p/{again.token}").status_code == 303


def test_2_a_link_is_for_one_named_person_and_opens_one_project_only(county, project_id):
    with pytest.raises(RecipientMissing):
        make_link(LinkTerms(project_id=project_id, recipient=" "), by=SYSTEM)
    other = a_project()
    _, token = a_link(project_id)
    _, other_token = a_link(other)
    visitor, _ = entered(county, token)
    _, others_front = entered(county, other_token)
    assert visitor.get(others_front).status_code == 404
    names = [db.session.get(Project, one).name for one in (project_id, other)]
    visitor, front = entered(county, token)
    told = visitor.get(front).get_data(as_text=True)
    assert names[0] in told
    assert names[1] not in told


def test_3_a_link_ends_half_a_year_from_now_at_most_and_only_staff_extend_it(county, project_id):
    today = clock.today()
    with pytest.raises(LastDayOutOfRange):
        a_link(project_id, last_on=today + timedelta(days=MOST_DAYS + 1))
    link_id, token = a_link(project_id, last_on=today + timedelta(days=10))
    entered(county, token)
    db.session.rollback()
    assert db.session.get(ProgressLinkRow, link_id).expires_on == today + timedelta(days=10)
    for expected in (1, 0):
        with work(SYSTEM) as w:
            assert warn_of_ends(w) == expected
    extend_link(link_id, today + timedelta(days=60), by=SYSTEM)
    db.session.rollback()
    assert db.session.get(ProgressLinkRow, link_id).expires_on == today + timedelta(days=60)


def _ended(link_id: int) -> None:
    with work(SYSTEM) as w:
        w.get(ProgressLinkRow, link_id).expires_on = clock.today() - timedelta(days=1)


def test_4_an_ended_link_says_whom_to_call_and_a_new_one_goes_to_the_address_on_file(
    county, project_id, monkeypatch
):
    monkeypatch.setattr("concierge.kernel.letters.can_carry", lambda way: way == "sms")
    link_id, token = a_link(project_id, address="138 0000 6620")
    _ended(link_id)
    visitor = somebody(county)
    ended = visitor.get(f"/p/{token}?lang=en")
    assert ended.status_code == 410
    assert "Send me a new link" in ended.text
    assert county.app.config["CONCIERGE"].office_phone in ended.text
    known = visitor.post(f"/p/{token}?lang=en")
    unknown = visitor.post("/p/qyg_p_nobody?lang=en")
    assert known.data == unknown.data
    visitor.post(f"/p/{token}?lang=en")
    db.session.rollback()
    letters = db.session.scalars(select(LetterRow)).all()
    assert [(one.way, one.hint) for one in letters] == [("sms", "138…6620")]
    told = read(db.session, letters[0].id).short
    assert max(len(one) for one in told.values()) <= LONGEST_VALUE  # no variable is cut off on its way
    assert somebody(county).get(f"/p/{told['key1']}{told['key2']}").status_code == 303


def test_5_taking_back_is_hard_and_instant_and_answered_like_a_key_nobody_knows(county, project_id):
    link_id, token = a_link(project_id)
    visitor, front = entered(county, token)
    assert visitor.get(front).status_code == 200
    revoke_link(link_id, by=SYSTEM)
    after, revoked = visitor.get(front), visitor.get(f"/p/{token}?lang=en")
    unknown = somebody(county).get(f"/p/qyg_p_{'A' * 38}?lang=en")
    assert (after.status_code, revoked.status_code, unknown.status_code) == (404, 404, 404)
    assert revoked.data == unknown.data
    assert visitor.post(f"/p/{token}?lang=en").data == visitor.post("/p/x?lang=en").data


def test_6_every_answer_below_a_key_keeps_the_key_to_itself(county, project_id):
    _, token = a_link(project_id)
    asked = 0
    for visitor, path in public_paths(county, token):
        answer = visitor.get(path)
        for name, value in WANTED.items():
            assert answer.headers[name] == value, (path, name)
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, path
        assert "default-src 'self'" in policy, path
        assert not re.search(r"""(src|href|action)=["'](https?:)?//""", answer.text), path
        asked += 1
    assert asked >= 10


def test_7_a_key_stands_in_no_answer_title_header_or_log_after_it_was_opened(county, project_id, caplog):
    _, token = a_link(project_id)
    with caplog.at_level(logging.DEBUG):
        for visitor, path in public_paths(county, token):
            answer = visitor.get(path)
            assert token not in answer.text, path
            assert not any(token in value for value in answer.headers.values()), path
    assert token not in caplog.text
    visitor, front = entered(county, token)
    assert token not in front
    assert somebody(county).get(front).status_code == 404  # a copied address alone opens nothing


def test_7_the_last_four_digits_cannot_be_gone_round_by_a_copied_address(county, project_id):
    _, token = a_link(project_id, address="13800006620", asks_tail=True)
    visitor = somebody(county)
    asked = visitor.get(f"/p/{token}?lang=en")
    assert asked.status_code == 200
    assert "Last four digits" in asked.text
    handle = db.session.scalar(select(ProgressLinkRow.handle))
    assert visitor.get(f"/p/at/{handle}").status_code == 404
    assert visitor.get(f"/p/{token}/materials").status_code == 200  # asks as well
    tried = [visitor.post(f"/p/{token}", data={"tail": "0000"}).status_code for _ in range(6)]
    assert tried == [422] * 5 + [429]
    assert visitor.post(f"/p/{token}", data={"tail": "6620"}).status_code == 429
    minutes_pass(16)
    assert visitor.post(f"/p/{token}", data={"tail": "6620"}).status_code == 303


def minutes_pass(minutes: int) -> None:
    """The lock of wrong tries as if so many minutes had passed."""
    with work(SYSTEM) as w:
        earlier = clock.moment() - timedelta(minutes=minutes)
        w.session.execute(update(WrongCodeRow).values(since_at=earlier, locked_until=earlier))


def test_8_the_public_object_holds_plain_values_and_nothing_of_the_office(county, project_id):
    plain = (str, int, bool, date, datetime, Enum, type(None))

    def walk(kind: type) -> None:
        for name, hint in get_type_hints(kind).items():
            if not is_dataclass(kind) or name not in {one.name for one in fields(kind)}:
                continue
            for part in _parts(hint):
                assert is_dataclass(part) or issubclass(part, plain), (kind, name, part)
                if is_dataclass(part):
                    walk(part)

    walk(PublicProgress)


def _parts(hint: Any) -> Iterator[type]:
    inner = [one for one in get_args(hint) if one is not Ellipsis]
    if not inner:
        yield hint
    for one in inner:
        yield from _parts(one)


def test_9_a_place_that_tried_too_many_keys_waits_with_the_right_one_too(county, project_id):
    county.app.appbuilder.sm.limiter.enabled = True
    _, token = a_link(project_id)
    visitor = somebody(county)
    answers = [visitor.get(f"/p/qyg_p_{number:038d}").status_code for number in range(60)]
    assert answers[:30] == [404] * 30
    assert visitor.get(f"/p/{token}").status_code == 429
    assert not re.search(r"/p/at/\d{1,6}\b", token)


def test_10_the_page_says_conclusion_then_what_is_owed_then_steps_then_people(county, project_id):
    _, token = a_link(project_id)
    visitor, front = entered(county, token)
    told = visitor.get(front).text
    places = [told.index(mark) for mark in ("<h1", 'id="you"', 'id="gov"', 'id="tl"', 'id="who"', "bd-pf2")]
    assert places == sorted(places)
    assert len(told.encode()) < MOST_BYTES


def test_11_a_moved_day_is_told_with_the_step_that_moved_it_and_why():
    first = Followed(
        code="design",
        accept_on=date(2026, 4, 13),
        finish_on=date(2026, 4, 20),
        first_accept_on=date(2026, 4, 13),
        first_finish_on=date(2026, 4, 16),
        stops=frozenset({StopKind.EXPERT_REVIEW}),
    )
    after = Followed(
        code="permit",
        accept_on=date(2026, 4, 21),
        finish_on=date(2026, 4, 24),
        first_accept_on=date(2026, 4, 17),
        first_finish_on=date(2026, 4, 21),
    )
    slip = largest_slip([first, after], WorkCalendar([], {2026}))
    # by hand: the 16th to the 20th are two working days (the 17th and the 20th); the permit is three late,
    # of which two were passed on
    assert slip is not None
    assert (slip.code, slip.workdays, slip.reason) == ("design", 2, SlipReason.PAUSED)


def test_13_a_query_code_tells_stage_and_day_and_locks_after_five_wrong_tries(county, project_id):
    code = make_query_code(project_id, by=SYSTEM)
    name = db.session.get(Project, project_id).name
    visitor = somebody(county)
    told = visitor.post("/q?lang=en", data={"code": f"{code[:5].lower()} - {code[5:]}"})
    assert told.status_code == 200
    assert "In the stage" in told.text
    assert name not in told.text
    wrong = "2" * 10
    tried = [visitor.post("/q?lang=en", data={"code": wrong}).status_code for _ in range(6)]
    assert tried == [404] * 5 + [429]
    assert visitor.post("/q", data={"code": code}).status_code == 429
    minutes_pass(16)
    assert visitor.post("/q", data={"code": code}).status_code == 200
    scanned = somebody(county).get(f"/q/{code}?lang=en")
    assert scanned.status_code == 200
    assert "In the stage" in scanned.text
    assert code not in scanned.text
    assert name not in scanned.text
    newer = make_query_code(project_id, by=SYSTEM)
    assert somebody(county).get(f"/q/{code}").status_code == 404
    assert visitor.post("/q", data={"code": code}).status_code == 404
    assert visitor.post("/q", data={"code": newer}).status_code == 200


def test_14_the_page_needs_no_script_and_stays_below_sixty_kilobytes(county, project_id):
    _, token = a_link(project_id)
    visitor, front = entered(county, token, "zh")
    told = visitor.get(front).text
    assert len(told.encode()) < MOST_BYTES
    assert "onclick" not in told
    assert " style=" not in told


def test_15_the_current_step_is_marked_and_the_figures_stand_in_title_and_list(county, project_id):
    _, token = a_link(project_id)
    visitor, front = entered(county, token)
    told = visitor.get(front).text
    assert told.count('aria-current="step"') == 1
    assert re.search(r"<title>[^<]*\d+ of \d+ steps done", told)
    assert "Beijing time" in told
    here = clock.local(clock.now())
    assert re.search(rf"Counted on {here.day} \w+ 2026 at", told)  # the day there, not that of Greenwich


def test_16_staff_see_openings_and_new_devices_and_closing_the_project_takes_every_link_back(
    county, project_id
):
    link_id, token = a_link(project_id)
    for program in ("MicroMessenger iPhone", "MicroMessenger iPhone", "Firefox/128"):
        somebody(county).get(f"/p/{token}", headers={"User-Agent": program})
    db.session.rollback()
    rows = db.session.scalars(select(ProgressOpeningRow).order_by(ProgressOpeningRow.id)).all()
    assert [(row.client, row.is_new_device) for row in rows] == [
        ("WeChat, phone", False),
        ("WeChat, phone", False),
        ("Firefox", True),
    ]
    close_project(project_id, Ending.GIVEN_UP, "不再建设", by=SYSTEM)
    jobs.run_due()
    assert somebody(county).get(f"/p/{token}").status_code == 404
    db.session.rollback()
    assert db.session.get(ProgressLinkRow, link_id).revoked_at is not None
