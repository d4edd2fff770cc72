"""The security administrator's screen: accounts opened, changed, unlocked, closed; no project in sight."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db, writing
from concierge.kernel.security.models import Account
from concierge.kernel.security.signing_in import WrongLogin, sign_in
from tests.kernel.fixtures_office import PASSWORD, Office, Somebody
from tests.kernel.office.models import Folder


@pytest.fixture
def sue(office: Office) -> Somebody:
    """The security administrator."""
    return office.employs("sue", "SecurityAdmin", sees=(None,))


def one_time(page: str) -> str:
    """The password shown on a page."""
    found = re.search(r'id="one-time">([^<]+)<', page)
    assert found
    return found[1]


def seal(page: str) -> str:
    """What an account was when its page was opened."""
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found
    return found[1]


def test_an_account_is_opened_with_a_password_shown_once(office: Office, sue: Somebody) -> None:
    answer = sue.sends(
        "/accounts/new", {"name": "王艾米", "username": "wang.am", "mail": "", "roles": ["Reader", "Keeper"]}
    )

    password = one_time(answer.text)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in("Wang.AM", password, address="10.0.0.1", program="test").user_id == 2
    assert password not in sue.opens("/accounts/list/").text + sue.opens("/accounts/2").text
    assert not any(password in facts for facts in office.asked(select(AuditLine.facts)))
    assert "王艾米" in sue.opens("/accounts/list/?q=艾米").text
    (user,) = office.asked(select(User).where(User.id == 2))
    assert user.email == "wang.am@account.invalid"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Give the person&#39;s name."),
        ({"username": "a b"}, "A user name has 2 to 64 letters"),
        ({"username": "SUE"}, "There is an account “SUE” already."),
        ({"mail": "sue@account.invalid"}, "Another account has this mail address."),
        (
            {"roles": ["SystemAdmin", "AuditAdmin"]},
            "One person may not be SystemAdmin and AuditAdmin at once.",
        ),
        ({"roles": ["Root"]}, "There is no role “Root”."),
    ],
)
def test_an_account_that_cannot_be_comes_back_as_typed(
    office: Office, sue: Somebody, typed: dict[str, object], sentence: str
) -> None:
    answer = sue.sends("/accounts/new", {"name": "Amy", "username": "amy", "mail": "amy@example.cn", **typed})

    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    assert "amy" in answer.text
    assert len(office.asked(select(User))) == 1


def test_roles_and_name_are_changed_with_their_trace(office: Office, sue: Somebody) -> None:
    rae = office.employs("rae", "Reader")
    page = sue.opens(f"/accounts/{rae.id}").text

    answer = sue.sends(
        f"/accounts/{rae.id}", {"name": "Rae Li", "roles": ["Keeper"], "is_active": "on", "seal": seal(page)}
    )

    assert answer.status_code == 302
    assert office.lets_in(rae.id, "rae").opens("/shelves/list/").status_code == 200
    (told,) = office.asked(select(AuditLine).where(AuditLine.act == "RolesChanged"))
    assert told.actor == "Sue"
    assert '"before":["Reader"]' in told.facts.replace(" ", "")


def test_two_administrators_at_one_account_do_not_undo_each_other(office: Office, sue: Somebody) -> None:
    rae, sam = office.employs("rae", "Reader"), office.employs("sam", "SecurityAdmin")
    slow, quick = (seal(who.opens(f"/accounts/{rae.id}").text) for who in (sue, sam))
    sam.sends(f"/accounts/{rae.id}", {"name": "Rae", "roles": ["Reader"], "seal": quick})  # closed by Sam

    answer = sue.sends(
        f"/accounts/{rae.id}", {"name": "Rae", "roles": ["Keeper"], "is_active": "on", "seal": slow}
    )

    assert answer.status_code == 409
    assert "Somebody has changed this" in answer.text
    assert office.has(User, rae.id).active is False


def test_a_closed_account_signs_in_nowhere(office: Office, sue: Somebody) -> None:
    rae = office.employs("rae", "Reader")
    sue.sends(f"/accounts/{rae.id}", {"name": "Rae", "seal": seal(sue.opens(f"/accounts/{rae.id}").text)})

    assert rae.opens("/password").status_code == 302
    with pytest.raises(WrongLogin):
        sign_in("rae", PASSWORD, address="10.0.0.1", program="test")


def test_a_reset_gives_a_new_password_and_ends_the_sessions(office: Office, sue: Somebody) -> None:
    rae = office.employs("rae", "Reader")

    password = one_time(sue.sends(f"/accounts/{rae.id}/reset").text)

    assert rae.opens("/password").status_code == 302
    with pytest.raises(WrongLogin):
        sign_in("rae", PASSWORD, address="10.0.0.1", program="test")
    assert sign_in("rae", password, address="10.0.0.1", program="test").user_id == rae.id
    assert sue.sends(f"/accounts/{sue.id}/reset").status_code == 302  # not one's own


def test_all_sessions_of_an_account_can_be_ended(office: Office, sue: Somebody) -> None:
    rae = office.employs("rae", "Reader")
    assert "1 open session" in sue.opens(f"/accounts/{rae.id}").text

    sue.sends(f"/accounts/{rae.id}/end-sessions")

    assert rae.opens("/password").status_code == 302


def test_accounts_nobody_uses_are_listed(office: Office, sue: Somebody) -> None:
    rae = office.employs("rae", "Reader")
    assert "Rae" not in sue.opens("/accounts/list/?only=unused").text
    long_ago = clock.moment() - timedelta(days=91)
    with writing(), Session(db.engine) as session, session.begin():
        session.execute(update(Account).where(Account.user_id == rae.id).values(opened_at=long_ago))

    assert "Rae" in sue.opens("/accounts/list/?only=unused").text


def test_the_security_administrator_sees_no_project_whatever_the_scope_says(
    office: Office, sue: Somebody
) -> None:
    office.keeps(Folder(project_id=7, title="Secret"))

    assert sue.opens("/folders/list/").status_code == 403
    assert sue.opens("/folders/show/1").status_code == 403


@pytest.mark.parametrize(
    "path", ["/accounts/99", "/accounts/99999999999999", "/accounts/list/?page=x&only=odd"]
)
def test_odd_addresses_of_accounts_do_no_harm(sue: Somebody, path: str) -> None:
    assert sue.opens(path).status_code == (200 if "list" in path else 404)
