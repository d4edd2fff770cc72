"""Mail, over SMTP with STARTTLS or TLS from the start."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

from concierge.desk.channels.outgoing import AddressRefused, NotTaken, Outgoing
from concierge.desk.channels.web_post import told

LIMIT_SECONDS = 15.0
FOR_GOOD = 500


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail server and our account there. Shape: ``security`` is “starttls”, “tls” or “none”."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, message: Outgoing) -> str:
        """Hand one mail to the server; answers its Message-ID, the same at every attempt.

        Raises: NotTaken; AddressRefused, when the server says 5xx of the recipient.
        """
        mail = self._written(message)
        try:
            with self._opened() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            why = f"{code} {_words(said)}"
            raise (AddressRefused if code >= FOR_GOOD else NotTaken)(why=why) from None
        except smtplib.SMTPResponseException as error:
            raise NotTaken(why=f"{error.smtp_code} {_words(error.smtp_error)}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(why=f"{type(error).__name__}: {told(error)}") from None
        return str(mail["Message-ID"])

    def _opened(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=LIMIT_SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=LIMIT_SECONDS)
        if self.security == "starttls":
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server

    def _written(self, message: Outgoing) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = self.sender, message.to
        mail["Subject"] = " ".join(message.subject.split())
        mail["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(message.text, charset="utf-8")
        return mail


def _words(said: bytes | str) -> str:
    return told(said.decode(errors="replace") if isinstance(said, bytes) else said)
