"""The system administrator sees what the system runs on, and no secret."""

from __future__ import annotations

from pathlib import Path

from concierge.kernel.config import Settings
from concierge.kernel.views.settings_page import shown_settings
from tests.kernel.fixtures_office import Office


def test_every_setting_is_shown_and_no_secret(office: Office) -> None:
    settings = Settings(
        home=Path("var"),
        secret_key="a very secret key of forty characters!!!",  # noqa: S106  (it must not be shown)
        database_url="postgresql://concierge:hunter2@db/concierge",
        broker_url="redis://:hunter2@broker/0",
        s3_secret_key="hunter2",  # noqa: S106  (it must not be shown)
        county_name="青禾县",
    )

    with office.app.test_request_context():
        lines = shown_settings(settings)

    told = {line.env: line.value for line in lines}
    assert not any("hunter2" in value or "very secret" in value for value in told.values())
    assert (told["CONCIERGE_SECRET_KEY"], told["CONCIERGE_COUNTY_NAME"]) == ("已设", "青禾县")
    assert len(lines) == len(Settings.__dataclass_fields__)


def test_only_the_system_administrator_opens_it(office: Office) -> None:
    page = office.employs("sam", "SystemAdmin").opens("/system/settings/")

    assert page.status_code == 200
    assert "CONCIERGE_SESSION_MINUTES" in page.text
    assert office.employs("sue", "SecurityAdmin").opens("/system/settings/").status_code == 403
