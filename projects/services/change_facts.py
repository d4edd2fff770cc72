"""Change what is recorded of a project, and with it the steps on its list."""

from __future__ import annotations

import json
from collections.abc import Mapping

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Stale
from concierge.kernel.work import work
from projects.events import FactsChanged
from projects.models.project import Project
from projects.queries.ending import check_live
from projects.rules.expand import ExpansionChange, expand, expansion_change
from projects.services.open_project import NothingToDo, list_steps


class FactsOvertaken(Stale):
    """Somebody recorded other facts since the page was opened; ``now`` are the facts as they are."""


def change_facts(
    project_id: int, facts: Mapping[str, object], *, opened: Mapping[str, object] | None = None, by: Actor
) -> ExpansionChange:
    """Record these facts of a project in place of those before, and put its list of steps right.

    Shape: ``facts`` are the recorded ones only, all of them; ``opened`` what they were when the page was
        made.
    Raises: Missing; FactsOvertaken, when they are not that any more; NothingToDo; UnknownFact;
        FactOfWrongType.
    Effects: the plan follows by the handler of ``FactsChanged``; a step nobody has touched goes, one under
        way stays as not required.
    """
    with work(by) as w:
        project = w.get(Project, project_id)
        check_live(project)
        before = json.loads(project.facts)
        if opened is not None and plain_facts(opened) != before:
            raise FactsOvertaken(now=before)
        catalogue = catalogue_queries.catalogue(project.edition_id, w.session)
        old = expand(catalogue, project.template, before)
        new = expand(catalogue, project.template, facts)
        if not new.steps:
            raise NothingToDo
        change = expansion_change(old, new)
        if plain_facts(facts) == before:
            return change
        project.facts = json.dumps(plain_facts(facts), ensure_ascii=False, sort_keys=True)
        investment = new.value("investment_wan")
        project.investment_wan = round(investment) if isinstance(investment, int | float) else 0
        project.revision += 1
        list_steps(w, project.id, new)
        w.record(
            FactsChanged(
                project.id,
                change.facts,
                tuple(step.code for step in change.added),
                tuple(item.matter.code for item in change.removed),
            )
        )
        return change


def plain_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as JSON keeps them: members of a list in a list."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
