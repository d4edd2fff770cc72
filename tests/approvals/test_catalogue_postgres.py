"""The catalogue on PostgreSQL: shipped, edited, imported and published as on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from approvals.models.catalogue import MatterRow
from approvals.queries import catalogue as queries
from approvals.services.export_catalogue import export_archive
from approvals.services.import_catalogue import dry_run, import_catalogue
from approvals.services.keep_row import keep_row
from approvals.services.publish_edition import publish_edition
from approvals.services.ship_catalogue import shipped_catalogue
from approvals.services.unpack_catalogue import unpack
from concierge.kernel import addon
from concierge.kernel.actor import SYSTEM
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.db import db
from concierge.kernel.setup import set_up
from concierge.kernel.work import reading, work
from tests.approvals.conftest import ADDONS
from tests.approvals.files import with_row

pytestmark = pytest.mark.postgres


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str) -> Iterator[None]:
    """An app set up on PostgreSQL, its context pushed."""
    before = addon.installed()
    app = create_app(Settings(home=tmp_path, database_url=postgres_url, secret_key="k" * 40, addons=ADDONS))
    with app.app_context():
        set_up(app)
        yield
        db.session.remove()
        db.engine.dispose()
    addon._loaded = before


def test_the_catalogue_lives_on_postgresql_as_it_does_on_sqlite(on_postgres):
    with reading() as session:
        draft = queries.draft_catalogue(session)
        assert draft == shipped_catalogue()
        assert queries.catalogue(queries.latest_edition_id(session)) == draft
        assert queries.work_calendar(session) is queries.work_calendar(session)
        files, _ = unpack("catalogue.zip", export_archive(draft))
        assert dry_run(session, files).changes == ()

    with work(SYSTEM) as w:
        row = w.session.scalars(select(MatterRow).where(MatterRow.code == "construction-permit")).one()
        row.promised_workdays = 2
        keep_row(w, row)
    with reading() as session:
        digest = queries.draft_catalogue(session).digest
    import_catalogue(
        with_row("departments.csv", "Development zone committee", "Zone committee"),
        draft_digest=digest,
        by=SYSTEM,
    )
    with reading() as session:
        now = queries.draft_catalogue(session)
        too_long = dry_run(session, with_row("departments.csv", "Development zone committee", "Z" * 300))
    number = publish_edition("", draft_digest=now.digest, by=SYSTEM)

    assert number == 2
    assert now.matter("construction-permit").promised_workdays == 2
    assert now.department_of["DZC"].name_en == "Zone committee"
    assert len(too_long.faults) == 1
