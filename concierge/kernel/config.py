"""Every setting of the system: name, type, default and meaning, in one place.

Secrets come from the environment only. In the embedded default (no ``CONCIERGE_DATABASE_URL``) a secret key
is made once and kept in the home directory; anywhere else a missing key refuses to start.
"""

# ruff: noqa: RUF009  (setting() is dataclasses.field by another name)
from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from pathlib import Path
from typing import Any

from concierge.kernel.errors import N_, Misconfigured

SHORTEST_KEY_BYTES = 32
MEGABYTE = 1024 * 1024
FILES_IN_A_REQUEST = 4  # of the largest size; smaller ones may be more


def setting(env: str, default: Any, means: str) -> Any:
    """Declare one setting: its environment name, its default and what it means."""
    return field(default=default, metadata={"env": env, "means": means})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one running system, checked when built."""

    home: Path = setting("CONCIERGE_HOME", Path("var"), N_("Data directory of the embedded default"))
    port: int = setting("PORT", 8080, N_("Port of the web server"))
    host: str = setting("CONCIERGE_HOST", "127.0.0.1", N_("Address the web server listens on"))
    database_url: str = setting("CONCIERGE_DATABASE_URL", "", N_("PostgreSQL address; empty: SQLite in home"))
    broker_url: str = setting(
        "CONCIERGE_BROKER_URL", "", N_("Broker address; empty: a worker in this process")
    )
    s3_endpoint: str = setting("CONCIERGE_S3_ENDPOINT", "", N_("S3 server host:port; empty: files in home"))
    s3_access_key: str = setting("CONCIERGE_S3_ACCESS_KEY", "", N_("S3 access key"))
    s3_secret_key: str = setting("CONCIERGE_S3_SECRET_KEY", "", N_("S3 secret key"))
    s3_bucket: str = setting("CONCIERGE_S3_BUCKET", "concierge", N_("S3 bucket"))
    s3_secure: bool = setting("CONCIERGE_S3_SECURE", True, N_("Whether S3 is spoken over TLS"))
    secret_key: str = setting(
        "CONCIERGE_SECRET_KEY", "", N_("Key that signs sessions and hashes links, 32 bytes or more")
    )
    old_secret_keys: str = setting(
        "CONCIERGE_OLD_SECRET_KEYS",
        "",
        N_("Earlier secret keys, by comma, that old files still open with"),
    )
    largest_file_mb: int = setting(
        "CONCIERGE_LARGEST_FILE_MB", 50, N_("Largest file that may be sent, in megabytes")
    )
    public_url: str = setting(
        "CONCIERGE_PUBLIC_URL", "", N_("Address people use, for links, mails and QR codes")
    )
    trusted_hosts: str = setting(
        "CONCIERGE_TRUSTED_HOSTS", "", N_("Host names served besides the public one, by comma")
    )
    proxy_hops: int = setting(
        "CONCIERGE_PROXY_HOPS", 0, N_("Number of reverse proxies in front whose headers are true")
    )
    today: date | None = setting(
        "CONCIERGE_TODAY", None, N_("A fixed date, for demonstrations and tests only")
    )
    allow_time_travel: bool = setting(
        "CONCIERGE_ALLOW_TIME_TRAVEL", False, N_("Allow a fixed date on a real database")
    )
    county_name: str = setting("CONCIERGE_COUNTY_NAME", "青禾县", N_("County or zone shown in the header"))
    county_name_en: str = setting("CONCIERGE_COUNTY_NAME_EN", "Qinghe County", N_("The same in English"))
    office_phone: str = setting(
        "CONCIERGE_OFFICE_PHONE", "12345", N_("Telephone of the concierge office, on pages without a login")
    )
    closing_time: time = setting(
        "CONCIERGE_CLOSING_TIME", time(17, 30), N_("Counter closing time: later is the next working day")
    )
    rating_invite_days: int = setting(
        "CONCIERGE_RATING_INVITE_DAYS",
        3,
        N_("Days after closing before an unrated service is asked about once"),
    )
    rating_rectify_workdays: int = setting(
        "CONCIERGE_RATING_RECTIFY_WORKDAYS",
        5,
        N_("Working days proposed for putting right what a negative rating names; never more than 15"),
    )
    appraisal_weights: str = setting(
        "CONCIERGE_APPRAISAL_WEIGHTS",
        "on_time 25, satisfied 25, chased 20, first_time 10, handed_over 10, cases 10",
        N_("Weights of the appraisal of officers: measures with their points, by comma"),
    )
    session_minutes: int = setting(
        "CONCIERGE_SESSION_MINUTES", 30, N_("Minutes of idling after which a login ends")
    )
    login_failures: int = setting(
        "CONCIERGE_LOGIN_FAILURES", 5, N_("Wrong passwords before an account or address is locked")
    )
    login_lock_minutes: int = setting("CONCIERGE_LOGIN_LOCK_MINUTES", 15, N_("Minutes a lock lasts"))
    secure_cookies: bool = setting(
        "CONCIERGE_SECURE_COOKIES",
        False,
        N_("Send cookies over TLS only; on whenever the public address is https"),
    )
    smtp_host: str = setting("CONCIERGE_SMTP_HOST", "", N_("Mail server; empty: no mail goes out"))
    smtp_port: int = setting("CONCIERGE_SMTP_PORT", 587, N_("Port of the mail server"))
    smtp_security: str = setting(
        "CONCIERGE_SMTP_SECURITY", "starttls", N_("How mail is spoken: starttls, tls or none")
    )
    smtp_user: str = setting("CONCIERGE_SMTP_USER", "", N_("Account at the mail server; empty: none"))
    smtp_password: str = setting("CONCIERGE_SMTP_PASSWORD", "", N_("Password of that account"))
    mail_from: str = setting("CONCIERGE_MAIL_FROM", "", N_("Address mails come from"))
    sms_access_key: str = setting(
        "CONCIERGE_SMS_ACCESS_KEY", "", N_("AccessKey ID at the SMS service; empty: no SMS goes out")
    )
    sms_access_secret: str = setting("CONCIERGE_SMS_ACCESS_SECRET", "", N_("Secret of that AccessKey"))
    sms_endpoint: str = setting(
        "CONCIERGE_SMS_ENDPOINT", "", N_("Address of the SMS service, as its contract names it")
    )
    sms_sign: str = setting("CONCIERGE_SMS_SIGN", "", N_("Signature the SMS service has approved"))
    sms_notice_template: str = setting(
        "CONCIERGE_SMS_NOTICE_TEMPLATE", "", N_("SMS template for notices: count, what, due")
    )
    sms_code_template: str = setting(
        "CONCIERGE_SMS_CODE_TEMPLATE", "", N_("SMS template for confirming a number: code")
    )
    sms_substitution_template: str = setting(
        "CONCIERGE_SMS_SUBSTITUTION_TEMPLATE",
        "",
        N_("SMS template that tells an enterprise who stands in: first, last, who, phone"),
    )
    sms_milestone_template: str = setting(
        "CONCIERGE_SMS_MILESTONE_TEMPLATE",
        "",
        N_("SMS template for a milestone: what, on, code of the project, query"),
    )
    sms_link_template: str = setting(
        "CONCIERGE_SMS_LINK_TEMPLATE",
        "",
        N_("SMS template for a new progress link: key1 and key2, together behind /p/, and day"),
    )
    sms_rating_template: str = setting(
        "CONCIERGE_SMS_RATING_TEMPLATE",
        "",
        N_("SMS template for the invitation to rate: key1 and key2, together between /p/ and /rate"),
    )
    sms_answer_template: str = setting(
        "CONCIERGE_SMS_ANSWER_TEMPLATE",
        "",
        N_("SMS template that says a report or complaint is answered: number, day"),
    )
    sms_package_template: str = setting(
        "CONCIERGE_SMS_PACKAGE_TEMPLATE",
        "",
        N_("SMS template for a department's package: number, and key1 and key2, together behind /d/"),
    )
    dingtalk_webhook_url: str = setting(
        "CONCIERGE_DINGTALK_WEBHOOK", "", N_("Address of the office group's DingTalk robot")
    )
    dingtalk_secret: str = setting(
        "CONCIERGE_DINGTALK_SECRET", "", N_("Secret the DingTalk robot's messages are signed with")
    )
    wecom_webhook_url: str = setting(
        "CONCIERGE_WECOM_WEBHOOK", "", N_("Address of the office group's WeCom robot")
    )
    feishu_webhook_url: str = setting(
        "CONCIERGE_FEISHU_WEBHOOK", "", N_("Address of the office group's Feishu robot")
    )
    feishu_secret: str = setting(
        "CONCIERGE_FEISHU_SECRET", "", N_("Secret the Feishu robot's messages are signed with")
    )
    soffice: str = setting("CONCIERGE_SOFFICE", "soffice", N_("Program that prints documents: LibreOffice"))
    fonts_folder: Path = setting(
        "CONCIERGE_FONTS",
        Path("fonts"),
        N_("Folder of the office's licensed fonts; a name alone lies in home"),
    )
    pkcs11_module: str = setting(
        "CONCIERGE_PKCS11_MODULE", "", N_("PKCS#11 library of the seal's key device; empty: none")
    )
    pkcs11_token: str = setting("CONCIERGE_PKCS11_TOKEN", "", N_("Label of that device"))
    pkcs11_pin: str = setting("CONCIERGE_PKCS11_PIN", "", N_("PIN of that device"))
    timestamp_url: str = setting(
        "CONCIERGE_TIMESTAMP_URL", "", N_("Timestamp server of seals (RFC 3161); empty: no timestamp")
    )
    seal_platform_url: str = setting(
        "CONCIERGE_SEAL_PLATFORM_URL", "", N_("Address of the government's seal platform; empty: none")
    )
    seal_platform_key: str = setting("CONCIERGE_SEAL_PLATFORM_KEY", "", N_("Key for that platform"))
    s3_archive_bucket: str = setting(
        "CONCIERGE_S3_ARCHIVE_BUCKET",
        "concierge-archive",
        N_("S3 bucket of the archive, made with object lock; never the bucket of files"),
    )
    archive_fonds: str = setting(
        "CONCIERGE_ARCHIVE_FONDS", "", N_("Number of the office's fonds, in front of archive numbers")
    )
    addons: str = setting(
        "CONCIERGE_ADDONS",
        "concierge.staff,approvals,projects,documents,concierge.supervision,concierge.service,"
        "concierge.ratings,concierge.outreach,concierge.handover,concierge.escalation,concierge.today,"
        "concierge.feeds,concierge.progress,concierge.desk",
        N_("Installed addons, by comma"),
    )
    log_level: str = setting("CONCIERGE_LOG_LEVEL", "INFO", N_("Least serious log line that is written"))

    def __post_init__(self) -> None:
        if self.today and not self.is_embedded and not self.allow_time_travel:
            raise Misconfigured(
                what="CONCIERGE_TODAY fixes the date of a real database; unset it, or set"
                " CONCIERGE_ALLOW_TIME_TRAVEL=1 if this is a test"
            )
        if self.secret_key and len(self.secret_key.encode()) < SHORTEST_KEY_BYTES:
            raise Misconfigured(
                what="CONCIERGE_SECRET_KEY is shorter than 32 bytes; make one with `openssl rand -hex 32`"
            )
        if self.largest_file_mb < 1:
            raise Misconfigured(what="CONCIERGE_LARGEST_FILE_MB is a number of megabytes, 1 or more")
        if not self.secret_key and not self.is_embedded:
            raise Misconfigured(
                what="CONCIERGE_SECRET_KEY is required with CONCIERGE_DATABASE_URL;"
                " make one with `openssl rand -hex 32`"
            )
        if self.s3_archive_bucket == self.s3_bucket:
            raise Misconfigured(
                what="CONCIERGE_S3_ARCHIVE_BUCKET is another bucket than CONCIERGE_S3_BUCKET: nothing in the"
                " archive may be removed"
            )
        self._check_channels()

    def _check_channels(self) -> None:
        """Half a channel would lose messages later: it refuses to start instead."""
        if self.smtp_security not in ("starttls", "tls", "none"):
            raise Misconfigured(what="CONCIERGE_SMTP_SECURITY is starttls, tls or none")
        if self.smtp_host and not self.mail_from:
            raise Misconfigured(
                what="CONCIERGE_SMTP_HOST needs CONCIERGE_MAIL_FROM, the address mails come from"
            )
        with_sms = (
            self.sms_endpoint,
            self.sms_access_secret,
            self.sms_sign,
            self.sms_notice_template,
            self.sms_code_template,
        )
        if self.sms_access_key and not all(with_sms):
            raise Misconfigured(
                what="CONCIERGE_SMS_ACCESS_KEY needs CONCIERGE_SMS_ENDPOINT, CONCIERGE_SMS_ACCESS_SECRET,"
                " CONCIERGE_SMS_SIGN, CONCIERGE_SMS_NOTICE_TEMPLATE and CONCIERGE_SMS_CODE_TEMPLATE"
            )
        named = {
            "CONCIERGE_SMS_ENDPOINT": self.sms_endpoint,
            "CONCIERGE_DINGTALK_WEBHOOK": self.dingtalk_webhook_url,
            "CONCIERGE_WECOM_WEBHOOK": self.wecom_webhook_url,
            "CONCIERGE_FEISHU_WEBHOOK": self.feishu_webhook_url,
            "CONCIERGE_SEAL_PLATFORM_URL": self.seal_platform_url,
        }
        for env, address in named.items():
            if address and not address.startswith(("https://", "http://127.0.0.1:")):
                raise Misconfigured(what=f"{env} is an https:// address; what it carries is secret")

    @property
    def is_embedded(self) -> bool:
        """Whether this is the embedded default: SQLite in home, nothing else to run."""
        return not self.database_url

    @property
    def sqlalchemy_url(self) -> str:
        """The database address as SQLAlchemy wants it."""
        if self.is_embedded:
            return f"sqlite:///{(self.home / 'concierge.sqlite').resolve()}"
        for plain in ("postgresql://", "postgres://"):
            if self.database_url.startswith(plain):
                return "postgresql+psycopg://" + self.database_url[len(plain) :]
        return self.database_url

    @property
    def largest_file_bytes(self) -> int:
        """The most one file may weigh."""
        return self.largest_file_mb * MEGABYTE

    @property
    def largest_request_bytes(self) -> int:
        """The most one form with files may weigh."""
        return FILES_IN_A_REQUEST * self.largest_file_bytes + MEGABYTE

    @property
    def base_url(self) -> str:
        """The address people use, without a slash at its end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def addon_names(self) -> tuple[str, ...]:
        """The installed addons, in the order they were named."""
        return tuple(name.strip() for name in self.addons.split(",") if name.strip())

    def signing_key(self) -> str:
        """The secret key; in the embedded default it is made once and kept in home.

        Effects: may write ``secret_key`` into home, readable by its owner only.
        """
        if self.secret_key:
            return self.secret_key
        path = self.home / "secret_key"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w", encoding="ascii") as target:
                target.write(secrets.token_hex(SHORTEST_KEY_BYTES))
        return path.read_text(encoding="ascii").strip()


def _read(kind: str, raw: str, env: str) -> Any:
    try:
        if kind == "int":
            return int(raw)
        if kind == "bool":
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                raw.lower()
            ]
        if kind == "Path":
            return Path(raw)
        if kind == "time":
            return time.fromisoformat(raw)
        if kind.startswith("date"):
            return date.fromisoformat(raw) if raw else None
    except (ValueError, KeyError):
        raise Misconfigured(what=f"{env}={raw!r} is not a {kind.split(' ')[0]}") from None
    return raw


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read the settings from an environment.

    Raises: Misconfigured, naming the variable and what is wrong with it.
    """
    given = {
        f.name: _read(str(f.type), environ[f.metadata["env"]], f.metadata["env"])
        for f in fields(Settings)
        if environ.get(f.metadata["env"])
    }
    return Settings(**given)
