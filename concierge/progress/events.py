"""What happened to progress links, and what came in by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ProgressLinkMade:
    """A link was made for one person. Shape: ``hint`` is the first signs of its key, never more."""

    link_id: int
    project_id: int
    opens: str
    recipient: str
    hint: str
    expires_on: date


@dataclass(frozen=True)
class ProgressLinkRenewed:
    """A link got a new key; the one before opens nothing any more. Shape: ``is_sent`` by message."""

    link_id: int
    project_id: int
    recipient: str
    hint: str
    expires_on: date
    is_sent: bool


@dataclass(frozen=True)
class ProgressLinkExtended:
    """Staff gave a link another last day."""

    link_id: int
    project_id: int
    recipient: str
    before_on: date
    expires_on: date


@dataclass(frozen=True)
class ProgressLinkRevoked:
    """A link was taken back."""

    link_id: int
    project_id: int
    recipient: str
    hint: str


@dataclass(frozen=True)
class ProgressLinkAsked:
    """Somebody with an ended link asks for a new one, and there is no address it could be sent to."""

    link_id: int
    project_id: int
    recipient: str


@dataclass(frozen=True)
class ProgressLinkEnding:
    """A link ends within a fortnight: staff should extend it, or let it end."""

    link_id: int
    project_id: int
    recipient: str
    expires_on: date


@dataclass(frozen=True)
class QueryCodeMade:
    """A project got a new query code; the one before tells nothing any more."""

    project_id: int
    hint: str


@dataclass(frozen=True)
class ShowingChanged:
    """Staff decided what of a project is shown to the enterprise."""

    project_id: int
    kind: str
    item_id: int
    is_shown: bool


@dataclass(frozen=True)
class ThingCameIn:
    """An enterprise sent something by its link: what kind of thing; its words stay in their row."""

    incoming_id: int
    project_id: int
    link_id: int
    kind: str
    material: str
    answer_by_on: date


@dataclass(frozen=True)
class IncomingHandled:
    """The office dealt with a thing that came in. Shape: ``about_id`` is the row another addon made of it."""

    incoming_id: int
    project_id: int
    kind: str
    state: str
    about_id: int | None


@dataclass(frozen=True)
class CommitmentCodeAsked:
    """A code went out to sign a commitment; neither code nor number is told."""

    signing_id: int
    project_id: int
    deferral_id: int


@dataclass(frozen=True)
class CommitmentSigned:
    """A commitment was signed by link and code. Shape: ``statement_sha256`` is what was signed."""

    signing_id: int
    project_id: int
    deferral_id: int
    statement_sha256: str


@dataclass(frozen=True)
class CertificateCodeAsked:
    """A code went out so that certificates can be fetched; neither code nor number is told."""

    proof_id: int
    project_id: int
    link_id: int


@dataclass(frozen=True)
class CertificateFetched:
    """A certificate was fetched by link and code. Shape: ``sha256`` is what went out."""

    project_id: int
    link_id: int
    material: str
    sha256: str


@dataclass(frozen=True)
class MilestonesSubscribed:
    """Somebody confirmed that they want to hear of milestones; the address is not told."""

    subscription_id: int
    project_id: int
    way: str


@dataclass(frozen=True)
class MilestonesStopped:
    """Somebody wants to hear of milestones no more."""

    subscription_id: int
    project_id: int
    way: str


@dataclass(frozen=True)
class ScenarioShared:
    """Staff shared a what-if of a project with the enterprise."""

    scenario_id: int
    project_id: int
    link_id: int
    recipient: str


@dataclass(frozen=True)
class ScenarioReplied:
    """The enterprise said what it thinks of a shared what-if."""

    scenario_id: int
    project_id: int
    reply: str


@dataclass(frozen=True)
class UploadOpened:
    """Somebody of the office opened a file an enterprise sent."""

    incoming_id: int
    project_id: int
    material: str
