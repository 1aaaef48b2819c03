"""The mails of a development instance, which sends none."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from overskill import container
from overskill.clients.mail import OutboxMail
from overskill.errors import NotFound
from overskill.models import utc_now
from overskill.state.time_words import ago


@dataclass(frozen=True)
class MailRow:
    recipient: str
    subject: str
    when: str
    text: str
    button: str
    link: str


class MailboxState(rx.State):
    is_loaded: bool = False
    is_real: bool = False  # a mail server is set: there is nothing to see here
    mails: list[MailRow] = []

    @rx.event
    async def load(self) -> None:
        services = container.get()
        if services.settings.is_production or not services.settings.is_private:
            raise NotFound("Mail is shown during development only, on the machine itself.")
        mail = services.mail
        sent = await asyncio.to_thread(mail.sent) if isinstance(mail, OutboxMail) else []
        now = utc_now()
        self.is_real = not isinstance(mail, OutboxMail)
        self.mails = [
            MailRow(
                entry.message.to,
                entry.message.subject,
                ago(entry.sent_at, now),
                "\n\n".join((*entry.message.paragraphs, entry.message.closing)),
                entry.message.button,
                entry.message.link,
            )
            for entry in sent
        ]
        self.is_loaded = True
