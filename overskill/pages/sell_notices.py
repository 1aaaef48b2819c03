"""What the staff decided about one's listings, reviews and account, and the way to disagree."""

from typing import Any

import reflex as rx

from overskill.components.button import link_button, submit_button
from overskill.components.card import card
from overskill.components.feedback import badge, callout, empty, skeleton
from overskill.components.field import CONTROL
from overskill.components.icon import icon
from overskill.components.layout import narrow_page, page
from overskill.components.local_time import local_time
from overskill.components.market.desk import desk_page
from overskill.state.notices import (
    LONGEST_APPEAL_TEXT,
    AppealState,
    EvidenceLine,
    NoticeCard,
    NoticesState,
    ReportCard,
)

_ICONS = ("circle_check", "undo_2", "wallet", "eye_off")
_LINK = "font-medium text-ink underline-offset-2 hover:underline wrap-anywhere"


def notices_page() -> rx.Component:
    return desk_page(
        "notices",
        "Notices",
        "What the staff decided about your listings, reviews and account: why, and how to disagree.",
        rx.cond(
            NoticesState.is_loaded,
            rx.fragment(_notices(), _reports()),
            rx.el.div(*[skeleton("h-36 rounded-xl") for _ in range(3)], class_name="flex flex-col gap-4"),
        ),
    )


def appeal_page() -> rx.Component:
    """What a mail's link leads to, also for who can't sign in."""
    return rx.match(
        rx.cond(AppealState.is_loaded, rx.cond(AppealState.problem != "", "broken", "there"), "wait"),
        ("there", _one_decision()),
        ("broken", _broken_link()),
        page(skeleton("mx-auto mt-16 h-64 max-w-2xl rounded-xl")),
    )


def _one_decision() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.h1("A decision of the staff", class_name="text-2xl font-semibold tracking-[-0.02em]"),
            rx.el.p(
                "Why it was made, and how to disagree. You need not be signed in.",
                class_name="mt-1 mb-6 text-sm text-soft",
            ),
            _decision(rx.Var.create(AppealState.notice), _appeal_form(on_submit=AppealState.appeal)),
            class_name="mx-auto max-w-2xl py-12",
        ),
    )


def _broken_link() -> rx.Component:
    return narrow_page(
        rx.el.h1("A decision of the staff", class_name="sr-only"),
        empty(
            "link_2_off",
            "This link shows nothing",
            AppealState.problem,
            link_button("Sign in", href="/sign-in?next=/sell/notices", variant="primary", size="sm"),
        ),
    )


def _notices() -> rx.Component:
    return rx.cond(
        NoticesState.notices.length() > 0,
        rx.el.div(rx.foreach(NoticesState.notices, _notice), class_name="flex flex-col gap-4"),
        empty(
            "shield_check",
            "Nothing was decided about you",
            "When the staff approves, sends back, hides or suspends something of yours, it says here why.",
        ),
    )


def _notice(notice: rx.Var[NoticeCard]) -> rx.Component:
    which = rx.el.input(type="hidden", name="notice", value=notice.id, read_only=True)
    return _decision(notice, _appeal_form(which, on_submit=NoticesState.appeal))


def _decision(notice: rx.Var[NoticeCard], form: rx.Component) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                rx.match(notice.icon, *[(name, icon(name, size=19)) for name in _ICONS], icon("octagon_x", size=19)),
                class_name=rx.cond(
                    notice.is_against,
                    "grid size-10 shrink-0 place-items-center rounded-xl bg-danger-soft text-danger",
                    "grid size-10 shrink-0 place-items-center rounded-xl bg-positive-soft text-positive",
                ),
            ),
            rx.el.div(
                rx.el.h2(
                    _titled(notice.title, notice.link),
                    " ",
                    notice.words,
                    class_name="text-[15px] text-ink",
                ),
                rx.el.p(local_time(notice.at, shape="moment"), class_name="mt-0.5 text-[13px] text-faint"),
                rx.el.p(notice.reason, class_name="mt-3 text-sm leading-relaxed whitespace-pre-line text-soft"),
                rx.cond(
                    notice.evidence.length() > 0,
                    rx.el.ul(
                        rx.foreach(notice.evidence, _evidence),
                        class_name="mt-3 flex list-disc flex-col gap-1 pl-4",
                    ),
                ),
                _appeal(notice, form),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex gap-4 p-5 sm:p-6",
        ),
    )


def _evidence(line: rx.Var[EvidenceLine]) -> rx.Component:
    return rx.el.li(
        line.text,
        rx.cond(line.link != "", rx.el.a(" Look", href=line.link, class_name=_LINK)),
        class_name="text-sm text-soft wrap-anywhere",
    )


def _appeal(notice: rx.Var[NoticeCard], form: rx.Component) -> rx.Component:
    return rx.match(
        notice.appeal,
        (
            "open",
            callout(
                "You appealed. Somebody answers by ",
                local_time(notice.due_at, shape="moment"),
                ", and you hear it by mail.",
                _quoted(notice.appeal_text),
                class_name="mt-4",
            ),
        ),
        ("granted", callout("Your appeal was granted. ", notice.answer, tone="positive", class_name="mt-4")),
        ("refused", callout("Your appeal was refused. ", notice.answer, tone="warning", class_name="mt-4")),
        rx.cond(notice.can_appeal, form),
    )


def _appeal_form(*fields: rx.Component, **form: Any) -> rx.Component:
    return rx.el.form(
        *fields,
        rx.el.textarea(
            name="text",
            rows=2,
            max_length=LONGEST_APPEAL_TEXT,
            placeholder="Why is it wrong? You may leave this out.",
            custom_attrs={"aria-label": "Why the decision is wrong"},
            class_name=f"{CONTROL} px-3 py-2",
        ),
        rx.el.div(
            submit_button("Appeal", variant="secondary", icon="scale"),
            rx.el.p("Somebody answers within 72 hours.", class_name="text-[13px] text-faint"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        class_name="mt-4 flex flex-col gap-3",
        **form,
    )


def _quoted(words: rx.Var[str]) -> rx.Component:
    return rx.cond(words != "", rx.el.p("“", words, "”", class_name="mt-1.5 whitespace-pre-line wrap-anywhere"))


def _reports() -> rx.Component:
    return rx.cond(
        NoticesState.reports.length() > 0,
        rx.el.section(
            rx.el.h2("What you reported", class_name="text-[17px] font-semibold text-ink"),
            card(
                rx.foreach(NoticesState.reports, _report),
                class_name="mt-4 divide-y divide-line",
            ),
            class_name="mt-12",
        ),
    )


def _report(report: rx.Var[ReportCard]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            _titled(report.title, report.link),
            rx.cond(report.is_open, badge(report.status, tone="accent"), badge(report.status)),
            class_name="flex flex-wrap items-center justify-between gap-2 text-sm",
        ),
        rx.el.p(report.reason, " · ", local_time(report.at, shape="moment"), class_name="mt-1 text-[13px] text-faint"),
        rx.cond(report.answer != "", rx.el.p(report.answer, class_name="mt-2 text-sm text-soft wrap-anywhere")),
        class_name="p-4 sm:px-6",
    )


def _titled(title: rx.Var[str], link: rx.Var[str]) -> rx.Component:
    return rx.cond(
        link != "",
        rx.el.a(title, href=link, class_name=_LINK),
        rx.el.span(title, class_name="font-medium text-ink wrap-anywhere"),
    )
