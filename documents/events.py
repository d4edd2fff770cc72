"""What happened to documents, templates and packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DocumentAsked:
    """A document has its number and its facts; the page is being written."""

    document_id: int
    project_id: int | None
    kind: str
    about: str
    about_id: int
    number: str
    version: int
    department: str = ""


@dataclass(frozen=True)
class DocumentMade:
    """A document can be read as a Word file."""

    document_id: int
    project_id: int | None
    kind: str
    about: str
    about_id: int
    number: str
    version: int
    department: str = ""


@dataclass(frozen=True)
class DocumentFailed:
    """A document could not be written; ``fault`` says why, as the row keeps it."""

    document_id: int
    project_id: int | None
    kind: str
    fault: str


@dataclass(frozen=True)
class PackageRequested:
    """What goes to a department is settled; its ZIP is being built."""

    package_id: int
    project_id: int
    department: str
    number: str
    revision: int


@dataclass(frozen=True)
class PackageReady:
    """A package can be fetched. Shape: for a step or for a joint review."""

    package_id: int
    project_id: int
    department: str
    number: str
    revision: int
    step_id: int | None = None
    review_id: int | None = None


@dataclass(frozen=True)
class PackageFailed:
    """A package could not be built; ``fault`` says why."""

    package_id: int
    project_id: int
    fault: str


@dataclass(frozen=True)
class PackageTaken:
    """Somebody fetched a package. Shape: ``by_link`` for a department without an account."""

    package_id: int
    project_id: int
    number: str
    revision: int
    by_link: bool


@dataclass(frozen=True)
class PackageReceived:
    """A department has the package, and said so or signed for it.

    Units: ``received_on`` is a civil day.
    """

    package_id: int
    project_id: int
    department: str
    number: str
    revision: int
    received_on: date
    received_by: str


@dataclass(frozen=True)
class DocumentPrinted:
    """A document's PDF is there."""

    document_id: int
    project_id: int | None
    pages: int


@dataclass(frozen=True)
class DocumentNotPrinted:
    """A document stays a Word file; ``fault`` says why, as the row keeps it."""

    document_id: int
    project_id: int | None
    fault: str


@dataclass(frozen=True)
class DocumentTemplateSent:
    """Somebody sent in an edited template; its trial is under way."""

    template_id: int
    kind: str
    number: int
    sha256: str


@dataclass(frozen=True)
class DocumentTemplateTried:
    """The trial of a template is over. Shape: ``state`` is faulty or ready."""

    template_id: int
    kind: str
    number: int
    state: str
    findings: int


@dataclass(frozen=True)
class DocumentTemplatePublished:
    """A second person published a template: documents of its kind are made from it from a day on."""

    template_id: int
    kind: str
    number: int
    sha256: str
    effective_on: date


@dataclass(frozen=True)
class DocumentTemplateRetired:
    """A template was taken back; from that day its kind is made from the shipped one again."""

    template_id: int
    kind: str
    number: int
    ended_on: date
    why: str


@dataclass(frozen=True)
class DocumentTemplateDropped:
    """A version that was never published will not be."""

    template_id: int
    kind: str
    number: int


@dataclass(frozen=True)
class OfficeWordsKept:
    """The office wrote down how its documents name it."""

    office_id: int
    name: str
    number_word: str
    is_sealed: bool


@dataclass(frozen=True)
class FormAnswered:
    """Fields of a project's merged forms were filled in; no later form asks for them again."""

    project_id: int
    fields: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class SealMade:
    """A seal was set up. Shape: ``keeper`` says where its key lies."""

    seal_id: int
    name: str
    keeper: str
    fingerprint: str


@dataclass(frozen=True)
class SealHandedOut:
    """A person keeps a seal from now on."""

    seal_id: int
    person_id: int


@dataclass(frozen=True)
class SealTakenBack:
    """A person no longer keeps a seal."""

    seal_id: int
    person_id: int


@dataclass(frozen=True)
class SealRetired:
    """A seal is not used any more."""

    seal_id: int
    why: str


@dataclass(frozen=True)
class SealAsked:
    """Somebody asked for a seal on a document or package. Shape: ``waits`` for a second person's word."""

    use_id: int
    project_id: int | None
    seal_id: int
    subject: str
    subject_id: int
    waits: bool


@dataclass(frozen=True)
class SealConfirmed:
    """A second person confirmed the use of a seal."""

    use_id: int
    project_id: int | None
    seal_id: int


@dataclass(frozen=True)
class SealDeclined:
    """A use of a seal was declined."""

    use_id: int
    project_id: int | None
    seal_id: int
    why: str


@dataclass(frozen=True)
class DocumentSealed:
    """A document's PDF is under seal."""

    document_id: int
    project_id: int | None
    seal_id: int
    sha256: str


@dataclass(frozen=True)
class PackageSealed:
    """The list of a package's files is signed."""

    package_id: int
    project_id: int | None
    seal_id: int


@dataclass(frozen=True)
class SealFailed:
    """A use of a seal came to nothing; ``fault`` says why, as the row keeps it."""

    use_id: int
    project_id: int | None
    seal_id: int
    fault: str


@dataclass(frozen=True)
class FormReturned:
    """A form came back filled in and was read. Shape: ``way`` is by link or from staff."""

    returned_id: int
    project_id: int
    kind: str
    number: str
    way: str


@dataclass(frozen=True)
class FormSettled:
    """A person decided on a returned form. Shape: ``taken`` are the fields that were taken over."""

    returned_id: int
    project_id: int
    kind: str
    taken: tuple[str, ...]


@dataclass(frozen=True)
class ArchiveAsked:
    """A project's file is to be laid down in the archive."""

    archive_id: int
    project_id: int
    number: str
    edition: int


@dataclass(frozen=True)
class ProjectArchived:
    """A project's file lies in the archive. Units: ``keep_until_on`` is a civil day, None for good."""

    archive_id: int
    project_id: int
    number: str
    files: int
    keep_until_on: date | None


@dataclass(frozen=True)
class ArchiveFailed:
    """A project's file could not be laid down; ``fault`` says why, as the row keeps it."""

    archive_id: int
    project_id: int
    fault: str


@dataclass(frozen=True)
class ArchiveTakenOut:
    """Somebody took a copy of a project's file out of the archive."""

    archive_id: int
    project_id: int
    number: str
