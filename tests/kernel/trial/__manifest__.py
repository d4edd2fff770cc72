"""An addon for the tests of the kernel: it counts stamps."""

from concierge.kernel.addon import Addon, Task

ADDON = Addon(
    name="tests.kernel.trial",
    summary="Stamps papers, so that the tests can count them",
    tasks=(
        Task("tests.kernel.trial.tasks:stamp"),
        Task("tests.kernel.trial.tasks:stamp_slowly"),
        Task("tests.kernel.trial.tasks:say_nothing"),
        Task("tests.kernel.trial.tasks:stamp_each_morning", daily="07:30"),
        Task("tests.kernel.trial.tasks:stamp_each_minute", every_seconds=60),
    ),
    handlers={
        "tests.kernel.trial.events:PaperFiled": (
            "tests.kernel.trial.handlers:stamp_paper",
            "tests.kernel.trial.handlers:note_paper",
        )
    },
)
