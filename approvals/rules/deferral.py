"""May this paper come later, who may say so, and by when?"""

from __future__ import annotations

import enum


class WhyMain(enum.Enum):
    """Why a main document counts as a secondary one for once.

    Source: DF-1.
    """

    LACKS_ONLY_STAMP = "lacks_only_stamp"
    SLIP_EXISTS = "slip_exists"


class GrantLevel(enum.Enum):
    """Who says that a paper may come later.

    Source: DF-4.
    """

    WINDOW = "window"
    CHIEF_REPRESENTATIVE = "chief_representative"
    STAGE_LEAD = "stage_lead"
    COORDINATOR = "coordinator"
