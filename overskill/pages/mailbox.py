"""`/dev/mail`: what a development instance would have sent."""

import reflex as rx

from overskill.components.button import button, link_button
from overskill.components.card import card
from overskill.components.feedback import callout, empty, skeleton
from overskill.components.layout import page, page_title
from overskill.state.mailbox import MailboxState, MailRow


def mailbox_page() -> rx.Component:
    return page(
        page_title(
            "Mail",
            "This instance sends no mail; here is what it would have sent. Set SMTP_URL to send it.",
            button("Look again", icon="refresh_cw", on_click=MailboxState.load),
        ),
        rx.match(
            rx.cond(
                MailboxState.is_loaded,
                rx.cond(MailboxState.is_real, "real", rx.cond(MailboxState.mails, "mails", "none")),
                "wait",
            ),
            ("real", callout("A mail server is set (SMTP_URL), so mail goes out and is not kept here.")),
            ("mails", rx.el.div(rx.foreach(MailboxState.mails, _mail), class_name="flex flex-col gap-4")),
            ("none", empty("mail", "No mail yet", "Ask for a password reset, and its mail appears here.")),
            skeleton("h-56 rounded-xl"),
        ),
        width="max-w-3xl",
    )


def _mail(mail: MailRow) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.h2(mail.subject, class_name="text-[15px] font-semibold"),
                rx.el.p("To ", mail.recipient, class_name="mt-0.5 truncate text-[13px] text-faint"),
                class_name="min-w-0",
            ),
            rx.el.span(mail.when, class_name="whitespace-nowrap text-[13px] text-faint"),
            class_name="flex items-start justify-between gap-4 border-b border-line px-5 py-4",
        ),
        rx.el.div(
            rx.el.p(mail.text, class_name="whitespace-pre-line text-sm leading-relaxed"),
            link_button(mail.button, href=mail.link, native=True, variant="primary", class_name="mt-5"),
            rx.el.p(mail.link, class_name="mt-3 break-all font-mono text-xs text-faint"),
            class_name="px-5 py-5",
        ),
    )
