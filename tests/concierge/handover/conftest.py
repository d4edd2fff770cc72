"""People of a county who hand over to each other."""

from dataclasses import dataclass

import pytest

from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.staff.services.assign_pair import assign_pair
from tests.builders import a_project
from tests.documents.kinds.conftest import told as told
from tests.kernel.fixtures_office import Office, Somebody


@dataclass
class Crew:
    """Amy is A and Bo is B of one project; Cai has nothing on the desk; the chief sees everything."""

    county: Office
    amy: Somebody
    bo: Somebody
    cai: Somebody
    chief: Somebody
    liaison: Somebody
    project_id: int


@pytest.fixture
def crew(county):
    amy, bo, cai = (county.employs(name, "Concierge") for name in ("amy", "bo", "cai"))
    chief, liaison = county.employs("chief", "Chief"), county.employs("lin", "Liaison")
    project_id = a_project(by=liaison.actor)
    with work(SYSTEM) as w:
        assign_pair(w, project_id, amy.id, bo.id)
    jobs.run_due()
    return Crew(county, amy, bo, cai, chief, liaison, project_id)
