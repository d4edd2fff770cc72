"""A real office starts with one account, printed once; the embedded default with its demonstration."""

from __future__ import annotations

import re

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.kernel.security.first_start import open_first_account
from concierge.kernel.security.signing_in import sign_in
from tests.kernel.fixtures_office import Office


def test_the_embedded_default_opens_no_account(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    open_first_account()

    assert capsys.readouterr().out == ""
    assert office.asked(select(User)) == []


@pytest.mark.postgres
def test_a_real_office_prints_its_first_account_once(
    postgres_office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    open_first_account()

    told = capsys.readouterr().out
    password = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", told)
    assert password
    assert sign_in("security", password[0], address="10.0.0.1", program="test").user_id == 1
    open_first_account()
    assert capsys.readouterr().out == ""
