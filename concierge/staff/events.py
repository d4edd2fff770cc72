"""What happens to the people of a project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PairAssigned:
    """A project has its A and B from today on."""

    project_id: int
    a_id: int
    b_id: int
