"""The catalogue of services as shipped, read once for each set of departments."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.catalogue import DepartmentRow
from concierge.service.rules.catalogue import Names, ServiceCatalogue
from concierge.service.rules.reading import CatalogueFiles, read_catalogue

DATA = Path(__file__).parents[1] / "data"


def service_catalogue(session: Session) -> ServiceCatalogue:
    """What can be asked for, with the departments' names as the approvals have them.

    Raises: CatalogueFault.
    """
    rows = session.execute(
        select(DepartmentRow.code, DepartmentRow.name_zh, DepartmentRow.name_en).order_by(DepartmentRow.code)
    )
    return _read(tuple((code, name_zh, name_en) for code, name_zh, name_en in rows))


@lru_cache(maxsize=4)
def _read(departments: tuple[tuple[str, str, str], ...]) -> ServiceCatalogue:
    return read_catalogue(_files(), {code: Names(zh, en) for code, zh, en in departments})


def _files() -> CatalogueFiles:
    return CatalogueFiles(
        services=_yaml("services"),
        fields=_csv("fields"),
        materials=_csv("materials"),
        bundles=_yaml("bundles"),
        workflows=_yaml("workflows"),
        parties=_csv("parties"),
    )


def _yaml(name: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))[name]
    return rows


def _csv(name: str) -> list[Mapping[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
