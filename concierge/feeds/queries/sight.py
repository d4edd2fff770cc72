"""The projects a question is about, with the words of the catalogue each of them keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from approvals.rules.catalogue import Catalogue
from approvals.rules.facts import Label
from projects.models.project import Project


@dataclass(frozen=True)
class Sight:
    """Some projects and their catalogues. Shape: both by number of the project; enterprises are loaded."""

    session: Session
    projects: Mapping[int, Project]
    catalogues: Mapping[int, Catalogue]

    def step_name(self, project_id: int, code: str) -> Label:
        """What a step is called in both languages."""
        known = self.catalogues[project_id].matter_of.get(code)
        return Label(known.name_zh, known.name_en) if known else Label(code, code)

    def group_name(self, project_id: int, code: str) -> Label:
        """What a review group is called in both languages."""
        groups = self.catalogues[project_id].review_groups
        known = next((group for group in groups if group.code == code), None)
        return Label(known.name_zh, known.name_en) if known else Label(code, code)

    def material_name(self, project_id: int, step: str, code: str) -> Label:
        """What a paper is called in both languages; one that is on no list is called as it was written."""
        papers = self.catalogues[project_id].materials_of.get(step, ())
        known = next((paper for paper in papers if paper.code == code), None)
        return Label(known.spoken("zh"), known.spoken("en")) if known else Label(code, code)

    def department(self, project_id: int, code: str) -> Label:
        """What a department is called in both languages."""
        known = self.catalogues[project_id].department_of.get(code)
        return Label(known.name_zh, known.name_en) if known else Label(code, code)

    def enterprise(self, project_id: int) -> tuple[tuple[str, str], ...]:
        """The calendar of a project's enterprise."""
        return ((f"enterprise:{self.projects[project_id].enterprise_id}", ""),)
