"""What the trial addon does when a paper is filed."""

import os
import signal
import threading

from concierge.kernel.work import Work
from tests.kernel.trial import stamps
from tests.kernel.trial.events import PaperFiled

seen: list[PaperFiled] = []
noted_by: list[str] = []


def stamp_paper(w: Work, paper: PaperFiled) -> None:
    """Stamp it, and then come to grief if the paper's name says so."""
    stamps.press(w.session, paper.name)
    if paper.name == "torn":
        raise ValueError("the paper is torn")
    if paper.name == os.environ.get("DIE_STAMPING"):
        os.kill(os.getpid(), signal.SIGKILL)


def note_paper(_w: Work, paper: PaperFiled) -> None:
    """Remember what came, as it came, and who was at it."""
    seen.append(paper)
    noted_by.append(threading.current_thread().name)
