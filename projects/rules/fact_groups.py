"""The facts of a project as an office asks for them: by theme, and what can be done to be quicker."""

from __future__ import annotations

from dataclasses import dataclass

from approvals.rules.catalogue import Catalogue, Template
from approvals.rules.facts import FactValue
from concierge.kernel.errors import N_
from projects.rules.scenarios import deciding_facts
from projects.rules.terms import GatesMode

ASKED_FIRST = ("investment_wan", "land_area_ha", "floor_area_m2", "eia_category")
GATES = "gates"
ASSESSMENTS = "regional_assessments"
STAGED = "needs_staged_permit"


@dataclass(frozen=True)
class Theme:
    """Facts that belong together on a form."""

    key: str
    name: str
    facts: tuple[str, ...]


THEMES = (
    Theme(
        "investment",
        N_("Investment and approval"),
        ("investment_wan", "investment_type", "project_class", "approval_mode", "major_public_impact"),
    ),
    Theme(
        "land",
        N_("Land"),
        (
            "land_area_ha",
            "land_supply",
            "standard_land",
            "start_on_land",
            "needs_land_acquisition",
            "needs_land_conversion",
            "inside_urban_boundary",
            "forest_area_ha",
            "temp_land",
        ),
    ),
    Theme(
        "site",
        N_("Site and regional assessments"),
        (
            "in_development_zone",
            "regional_assessments",
            "geo_hazard_zone",
            "mineral_overlay",
            "relics_possible",
            "heritage_control_zone",
            "near_weather_station",
            "major_seismic_project",
        ),
    ),
    Theme(
        "size",
        N_("Size of the building"),
        (
            "floor_area_m2",
            "is_civil_building",
            "civil_floor_area_m2",
            "storeys",
            "height_m",
            "over_limit_highrise",
            "cad_due_area_m2",
            "cad_relocation",
            "earthwork_m3",
        ),
    ),
    Theme(
        "environment",
        N_("Environment, soil and water, energy"),
        (
            "eia_category",
            "discharges_pollutants",
            "water_soil_area",
            "river_or_flood_area",
            "takes_water",
            "annual_energy_tce",
            "annual_coal_t",
            "annual_power_kwh",
            "energy_local_power_test",
        ),
    ),
    Theme(
        "safety",
        N_("Safety and fire protection"),
        ("hazardous", "flammable_explosive", "labour_intensive", "fire_special"),
    ),
    Theme(
        "works",
        N_("Tendering, drawing review and works"),
        (
            "must_tender",
            "must_supervise",
            "drawing_review_exempt",
            "needs_staged_permit",
            "earth_export",
            "dewatering",
            "night_work",
            "construction_working_days",
        ),
    ),
    Theme(
        "utilities",
        N_("Roads, green land and utilities"),
        (
            "digs_road",
            "touches_greenland",
            "crosses_highway",
            "traffic_large",
            "needs_gas",
            "needs_heat",
        ),
    ),
)
OTHERS = Theme("others", N_("Other facts"), ())


@dataclass(frozen=True, kw_only=True)
class SpeedUp:
    """One lawful way to be quicker: a fact, or relaxed gates.

    Shape: ``fact`` is empty for the gates; ``having`` and ``lacking`` are what the choice sets.
    """

    key: str
    name: str
    note: str
    fact: str = ""
    having: FactValue | GatesMode = True
    lacking: FactValue | GatesMode = False


def themes(catalogue: Catalogue) -> tuple[Theme, ...]:
    """Every fact of a catalogue by theme; those no theme knows come last, so that none is out of reach."""
    grouped = {name for theme in THEMES for name in theme.facts}
    known = catalogue.attribute_of
    strangers = tuple(name for name in known if name not in grouped)
    there = [
        Theme(theme.key, theme.name, tuple(name for name in theme.facts if name in known)) for theme in THEMES
    ]
    if strangers:
        there.append(Theme(OTHERS.key, OTHERS.name, strangers))
    return tuple(theme for theme in there if theme.facts)


def speed_ups(catalogue: Catalogue, template_code: str) -> tuple[SpeedUp, ...]:
    """The ways to be quicker that mean something to projects of this template.

    Raises: UnknownTemplate.
    Source: PR-6, PR-9, DF-15 for the gates.
    """
    template = catalogue.template(template_code)
    deciding = deciding_facts(catalogue, template_code)
    return (_gates(template), *(way for way in _BY_FACT if way.fact in deciding))


def relaxed_mode(template: Template, *, is_relaxed: bool) -> GatesMode:
    """The gates of a project that runs quickly, or in the usual order; a template may be quick by itself."""
    if template.mode.relax_edges:
        return GatesMode.TEMPLATE if is_relaxed else GatesMode.NORMAL
    return GatesMode.RELAXED if is_relaxed else GatesMode.TEMPLATE


def is_relaxed(template: Template, gates: GatesMode) -> bool:
    """Whether these gates are the quick ones for projects of this template."""
    return gates is GatesMode.RELAXED or (gates is GatesMode.TEMPLATE and template.mode.relax_edges)


def _gates(template: Template) -> SpeedUp:
    starts_on_land = template.mode.start_on_land
    return SpeedUp(
        key=GATES,
        name=N_("Start on land grant: design and pre-review while the land is on offer")
        if starts_on_land
        else N_("Review side by side, accept with results still to come"),
        note=N_("Departments give a pre-review opinion; the papers follow on the day of the land title")
        if starts_on_land
        else N_("A review need not wait for another department's paper, only its decision does"),
        having=relaxed_mode(template, is_relaxed=True),
        lacking=relaxed_mode(template, is_relaxed=False),
    )


_BY_FACT = (
    SpeedUp(
        key="standard_land",
        fact="standard_land",
        name=N_("Standard land"),
        note=N_("Indicators are agreed before the land is offered"),
    ),
    SpeedUp(
        key="drawing_review_exempt",
        fact="drawing_review_exempt",
        name=N_("No review of construction drawings"),
        note=N_("Where the province exempts it; the designer answers for the drawings"),
    ),
    SpeedUp(
        key=STAGED,
        fact=STAGED,
        name=N_("Construction permit in stages"),
        note=N_("The groundwork begins on a permit of its own"),
    ),
)
