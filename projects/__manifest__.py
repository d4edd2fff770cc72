"""Projects: enterprises, their projects, and the plans that follow from template and facts."""

from concierge.kernel.addon import Addon, Grant, Screen, Task

ADDON = Addon(
    name="projects",
    summary="Enterprises, projects, and their plans",
    depends=("approvals", "concierge.staff"),
    models=("projects.models.project",),
    screens=(
        Screen("projects.views.portfolio:PortfolioView", menu="/Projects", icon="proj", href="/projects/"),
    ),
    roles={
        "Liaison": (Grant("Project", "list", "show", "open", "change", "move"),),
        "Concierge": (Grant("Project", "list", "show", "change", "move"),),
        "Chief": (Grant("Project", "list", "show", "open", "change", "move", "assign"),),
        "Supervisor": (Grant("Project", "list", "show"),),
    },
    data=("data/demonstration.yaml",),
)
