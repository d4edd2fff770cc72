"""The demonstration county has offices, lists and cases at every stage."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel.work import reading
from concierge.service.models.case import CaseStep, ServiceCase
from concierge.service.models.file import CaseSlip
from concierge.service.models.office import Listing, Office, Transfer
from concierge.service.rules.case import CaseState, Slip, StepState
from concierge.service.services.load_demonstration import load_demonstration
from tests.builders import a_project
from tests.kernel.fixtures_office import Office as Desk


def test_six_offices_and_cases_at_every_stage(county: Desk) -> None:
    people = {
        name: county.employs(name, "Concierge").id
        for name in ("hejia", "tangyuan", "zhoumin", "chenli", "liruo", "penghai")
    }
    a_project(code="2601-439921-04-01-238617", pair=(people["hejia"], people["tangyuan"]))

    found = load_demonstration()

    with reading() as session:
        cases = session.scalars(select(ServiceCase).order_by(ServiceCase.id)).all()
        assert len(cases) == len(found["service_cases"]) == 6
        assert [case.state for case in cases].count(CaseState.CLOSED) == 1
        assert [case.state for case in cases].count(CaseState.SUSPENDED) == 1
        running = select(CaseStep.case_id).where(CaseStep.state == StepState.CURRENT)
        assert len(session.scalars(running).all()) == 5
        assert len(session.scalars(select(Office)).all()) == 6
        assert len(session.scalars(select(Listing)).all()) > 30
        (hop,) = session.scalars(select(Transfer)).all()
        assert (hop.from_office, hop.taken_at) == ("shiqiao", None)
        kinds = set(session.scalars(select(CaseSlip.kind)))
        assert kinds == {Slip.ENTRUSTMENT, Slip.ACCEPTANCE, Slip.SUSPENSION, Slip.CLOSING}
