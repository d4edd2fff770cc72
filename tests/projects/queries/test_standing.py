"""How a project stands, asked again and again."""

from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading
from projects.models.project import Project
from projects.queries.standing import expansion_of
from projects.services.change_facts import change_facts
from tests.builders import a_project


def expanded(project_id):
    with reading() as session:
        return expansion_of(session, session.get_one(Project, project_id))[1]


def test_the_same_facts_are_worked_out_once_and_other_facts_anew(county):
    project_id = a_project(template="private-building", facts={"investment_wan": 40000})
    first, again = expanded(project_id), expanded(project_id)

    change_facts(project_id, {"investment_wan": 90000}, by=SYSTEM)
    other = expanded(project_id)

    assert again is first
    assert (first.value("investment_wan"), other.value("investment_wan")) == (40000, 90000)
