"""What a flood meets: a limit of logins by address, and logins forgotten in time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db, writing
from concierge.kernel.security.forgetting import forget_old_logins
from concierge.kernel.security.models import LoginGuard, LoginSession
from concierge.kernel.security.signing_in import WrongLogin, sign_in
from concierge.kernel.work import Work, work
from tests.kernel.fixtures_office import PASSWORD, Office, apart


@dataclass(frozen=True)
class DirectRun:
    """A task run on the spot."""

    @contextmanager
    def work(self) -> Iterator[Work]:
        """The work of the task."""
        with work(SYSTEM) as w:
            yield w


def test_an_address_may_try_sixty_times_a_minute_and_not_once_more(office: Office) -> None:
    browser = office.stranger()

    statuses = [apart(browser.post, "/login/").status_code for _ in range(61)]

    assert statuses == [400] * 60 + [429]  # without a token each is refused before any password is hashed
    assert apart(browser.get, "/login/").status_code == 200


def test_logins_of_half_a_year_ago_are_forgotten(office: Office) -> None:
    rae = office.employs("rae", "Reader")
    with pytest.raises(WrongLogin):
        sign_in("rae", PASSWORD + "!", address="10.0.0.1", program="test")
    office.lets_in(rae.id, "rae")
    first = office.asked(select(LoginSession.id))[0]
    then = clock.moment() - timedelta(days=184)
    with writing(), Session(db.engine) as session, session.begin():
        session.execute(update(LoginSession).where(LoginSession.id == first).values(seen_at=then))
        session.execute(update(LoginGuard).values(failed_at=then))

    run: Any = DirectRun()
    forget_old_logins(run)

    assert first not in office.asked(select(LoginSession.id))
    assert len(office.asked(select(LoginSession.id))) == 1
    assert office.asked(select(LoginGuard.key)) == []
