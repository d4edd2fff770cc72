"""Publishing: the draft becomes an edition, an unsound or unchanged one does not, and old editions stay."""

import pytest
from sqlalchemy import select

from approvals.models.catalogue import MatterRow
from approvals.models.edition import EditionRow
from approvals.queries import catalogue as queries
from approvals.services.publish_edition import CatalogueUnsound, NothingToPublish, publish_edition
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Stale
from concierge.kernel.work import reading, work

AMY = Actor(None, "Amy")


def draft_digest():
    with reading() as session:
        return queries.draft_catalogue(session).digest


def promise(code, workdays):
    with work(SYSTEM) as w:
        row = w.session.scalars(select(MatterRow).where(MatterRow.code == code)).one()
        row.promised_workdays = workdays


def published():
    with reading() as session:
        return [(edition.number, edition.note, edition.published_by) for edition in queries.editions(session)]


def test_the_draft_becomes_the_next_edition_and_the_old_one_stays(catalogue_office):
    with reading() as session:
        first = queries.latest_edition_id(session)
    was = queries.catalogue(first).matter("construction-permit").promised_workdays
    promise("construction-permit", 2)

    number = publish_edition(" shorter promise ", draft_digest=draft_digest(), by=AMY)

    assert number == 2
    assert published()[0] == (2, "shorter promise", "Amy")
    with reading() as session:
        second = queries.latest_edition_id(session)
        line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert queries.catalogue(second).matter("construction-permit").promised_workdays == 2
    assert queries.catalogue(first).matter("construction-permit").promised_workdays == was
    assert line.act == "EditionPublished"


def test_an_unchanged_draft_is_refused_with_the_edition_it_equals(catalogue_office):
    with pytest.raises(NothingToPublish) as refused:
        publish_edition("", draft_digest=draft_digest(), by=AMY)

    assert refused.value.facts["number"] == 1
    assert len(published()) == 1


def test_a_draft_with_errors_is_refused_with_their_number(catalogue_office):
    # the permit of the planning bureau: 20 working days by law, so 21 promised is one error
    promise("construction-planning-permit", 21)

    with pytest.raises(CatalogueUnsound) as refused:
        publish_edition("", draft_digest=draft_digest(), by=AMY)

    assert refused.value.facts["count"] == 1
    assert len(published()) == 1


def test_a_draft_that_changed_since_it_was_looked_at_is_stale(catalogue_office):
    looked_at = draft_digest()
    promise("construction-permit", 2)

    with pytest.raises(Stale):
        publish_edition("", draft_digest=looked_at, by=AMY)


def test_an_office_may_go_back_to_what_an_older_edition_said(catalogue_office):
    with reading() as session:
        was = queries.draft_catalogue(session).matter("construction-permit").promised_workdays
    promise("construction-permit", 2)
    publish_edition("", draft_digest=draft_digest(), by=AMY)
    promise("construction-permit", was)

    publish_edition("back", draft_digest=draft_digest(), by=AMY)

    with reading() as session:
        digests = list(session.scalars(select(EditionRow.digest).order_by(EditionRow.number)))
    assert digests[0] == digests[2] != digests[1]
