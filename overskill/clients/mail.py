"""Mail: SMTP when SMTP_URL is set; otherwise an outbox that /dev/mail shows during development."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from html import escape
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import unquote, urlsplit

import orjson

from overskill.config import Settings
from overskill.errors import Unavailable

if TYPE_CHECKING:
    from redis import Redis

TIMEOUT_SECONDS = 15
OUTBOX_KEY = "overskill:outbox"
OUTBOX_LENGTH = 50
_ENDS = "Switch these mails off"


@dataclass(frozen=True, slots=True)
class Message:
    """One mail: a few paragraphs around one link."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    button: str
    link: str
    closing: str = ""
    ends_at: str = ""  # where mails of this kind are switched off; "" for those that have to be sent

    @property
    def text(self) -> str:
        ends = f"{_ENDS}:\n{self.ends_at}" if self.ends_at else ""
        parts = (*self.paragraphs, f"{self.button}:\n{self.link}", self.closing, ends)
        return "\n\n".join(part for part in parts if part)

    @property
    def html(self) -> str:
        body = "".join(f'<p style="margin:0 0 16px">{escape(paragraph)}</p>' for paragraph in self.paragraphs)
        ends = f' <a href="{escape(self.ends_at)}" style="color:#6a6977">{_ENDS}</a>' if self.ends_at else ""
        return (
            '<div style="font:16px/1.55 system-ui,-apple-system,Segoe UI,sans-serif;color:#33323f;max-width:480px;'
            f'margin:0 auto;padding:32px 20px">{body}'
            f'<p style="margin:24px 0"><a href="{escape(self.link)}" style="background:#5b46e5;color:#fff;'
            'text-decoration:none;padding:12px 20px;border-radius:8px;display:inline-block;font-weight:600">'
            f"{escape(self.button)}</a></p>"
            f'<p style="margin:0;font-size:14px;color:#6a6977">{escape(self.closing)}{ends}</p>'
            "</div>"
        )


@dataclass(frozen=True, slots=True)
class SentMessage:
    message: Message
    sent_at: datetime


class Mail(Protocol):
    def send(self, message: Message) -> None:
        """Hand the mail over. Raises Unavailable when nobody takes it."""
        ...


class SmtpMail:
    """`smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465`."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, message: Message) -> None:
        try:
            with self._connect() as server:
                server.send_message(self._compose(message))
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("The mail server did not take the mail. Check SMTP_URL, or try again.") from error

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        if self._url.scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 25, timeout=TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server

    def _compose(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to, message.subject
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="overskill")
        if message.ends_at:
            mail["List-Unsubscribe"] = f"<{message.ends_at}>"
            if message.ends_at.startswith("https://"):  # RFC 8058: with one click only so
                mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        return mail


class OutboxMail:
    """Keeps the last mails instead of sending them."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def send(self, message: Message) -> None:
        entry: dict[str, Any] = {"message": asdict(message), "sent_at": datetime.now(UTC).isoformat()}
        self._redis.lpush(OUTBOX_KEY, orjson.dumps(entry))
        self._redis.ltrim(OUTBOX_KEY, 0, OUTBOX_LENGTH - 1)

    def sent(self) -> Sequence[SentMessage]:
        """Newest first."""
        entries = cast("list[bytes]", self._redis.lrange(OUTBOX_KEY, 0, -1))
        return [_read(entry) for entry in entries]


def _read(entry: bytes) -> SentMessage:
    stored = orjson.loads(entry)
    message = stored["message"]
    return SentMessage(
        Message(**{**message, "paragraphs": tuple(message["paragraphs"])}), datetime.fromisoformat(stored["sent_at"])
    )


@dataclass
class FakeMail:
    messages: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        self.messages.append(message)


def build_mail(settings: Settings, redis: "Redis") -> Mail:
    url = settings.smtp_url.get_secret_value()
    return SmtpMail(url, settings.mail_from) if url else OutboxMail(redis)
