"""The ledger as a file: the same projects as the table, whatever the table was filtered by."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from projects.models.project import Project


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [("", True), ("whose=mine", True), ("agent={amy}", True), ("agent={nobody}", False), ("text=zzz", False)],
)
def test_the_file_holds_what_the_table_was_filtered_by(county, amy, project_id, asked, is_there):
    (project,) = county.asked(select(Project).where(Project.id == project_id))

    answer = amy.opens("/projects/ledger.csv?" + asked.format(amy=amy.id, nobody=10**6))

    assert answer.status_code == 200
    codes = [row[0] for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))][1:]
    assert codes == ([project.code] if is_there else [])
