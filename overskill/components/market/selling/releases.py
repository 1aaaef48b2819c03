"""Submitting a listing, its releases with their notes, and the way off the shelves."""

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.editor.browser import time_ago
from overskill.components.feedback import badge, callout, spinner
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.components.market.proof_card import proof_card
from overskill.components.market.selling.parts import form_key, refusal_of, step_section
from overskill.state.sell_listing import SellListingState
from overskill.state.sell_release import LONGEST_RELEASE_NOTES, STAGES, SellReleaseState
from overskill.state.sell_rows import ReleaseRow, StepRow


def releases_step() -> rx.Component:
    return rx.fragment(
        rx.cond(SellReleaseState.is_checking, _checking(), rx.fragment()),
        rx.match(
            SellListingState.status,
            ("draft", _submit()),
            ("published", _next_release()),
            rx.fragment(),
        ),
        rx.cond(SellListingState.proof.is_there, _proof(), rx.fragment()),
        rx.cond(SellListingState.releases.length() > 0, _history(), rx.fragment()),
        _end(),
    )


def mending() -> rx.Component:
    """What next, after the checks refused the newest release."""
    return rx.cond(
        SellListingState.mends != "",
        rx.el.div(
            rx.cond(
                SellListingState.is_mended,
                rx.fragment(
                    rx.el.p("The app has changed since. Have its newest version checked.", class_name="text-sm"),
                    button("Go on", size="sm", on_click=SellListingState.show_step("releases")),
                ),
                rx.fragment(
                    button("Ask the studio to fix it", size="sm", icon="wrench", on_click=SellReleaseState.mend),
                    rx.el.p("Then have the mended version checked here.", class_name="text-[13px]"),
                ),
            ),
            class_name="mt-3 flex flex-wrap items-center gap-3",
        ),
        rx.fragment(),
    )


def _checking() -> rx.Component:
    has_begun = SellReleaseState.lines.length() > 0
    return step_section(
        "Being checked",
        "We build it, test it in a browser, and audit its packages. You can leave this page: you get a mail.",
        rx.el.div(
            spinner(),
            rx.el.span(
                rx.cond(has_begun, "Checks are running", "Waiting for its turn"),
                class_name="text-sm font-medium text-ink",
            ),
            rx.cond(
                SellListingState.usual_seconds > 0,
                rx.el.span(
                    "Usually about ", SellListingState.usual_seconds, " seconds", class_name="text-[13px] text-faint"
                ),
                rx.fragment(),
            ),
            role="status",
            class_name="flex flex-wrap items-center gap-x-2.5 gap-y-1",
        ),
        rx.el.progress(
            value=SellReleaseState.lines.length().to_string(),
            max=str(STAGES),
            custom_attrs={"aria-label": "How far the checks are"},
            class_name=(
                "mt-4 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-hover "
                "[&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent "
                "[&::-moz-progress-bar]:bg-accent"
            ),
        ),
        rx.el.ol(
            rx.foreach(SellReleaseState.lines, lambda line: rx.el.li(line, class_name="text-[13px] text-soft")),
            class_name="mt-4 flex flex-col gap-1.5 empty:hidden",
        ),
    )


def _submit() -> rx.Component:
    return step_section(
        "Submit",
        "This makes a release of the app's newest version. Once its checks find nothing, it is published.",
        rx.el.ul(rx.foreach(SellListingState.steps, _step), class_name="flex flex-col gap-2.5"),
        rx.cond(
            SellListingState.owes != "",
            callout(SellListingState.owes, " Submitting agrees to it.", class_name="mt-5"),
            rx.fragment(),
        ),
        rx.el.form(
            _notes("first-notes", "What buyers get with this release"),
            rx.el.div(
                link_button(
                    "See it as buyers will",
                    href=rx.Var.create(f"/apps/{SellListingState.slug}"),
                    icon="eye",
                    target="_blank",
                ),
                submit_button(
                    "Submit for checks",
                    icon="send",
                    disabled=~SellListingState.can_submit | SellReleaseState.is_checking,
                ),
                class_name="flex flex-wrap justify-end gap-2",
            ),
            on_submit=SellReleaseState.submit,
            class_name="mt-6 flex flex-col gap-4 border-t border-line pt-6",
        ),
    )


def _step(row: StepRow) -> rx.Component:
    return rx.el.li(
        rx.cond(
            row.is_done,
            icon("circle_check", size=17, class_name="mt-0.5 text-positive"),
            icon("circle_dashed", size=17, class_name="mt-0.5 text-faint"),
        ),
        rx.el.span(row.words, rx.el.span(rx.cond(row.is_done, ": done", ": missing"), class_name="sr-only")),
        rx.cond(
            row.is_done,
            rx.fragment(),
            rx.el.button(
                "Do it",
                type="button",
                on_click=SellListingState.show_step(row.key),
                custom_attrs={"aria-label": rx.Var.create(f"Do it: {row.words}")},
                class_name="font-medium text-accent-ink hover:underline",
            ),
        ),
        key=row.key,
        class_name="flex items-start gap-2.5 text-sm text-soft",
    )


def _next_release() -> rx.Component:
    return step_section(
        "Next release",
        rx.cond(
            SellListingState.changes.length() > 0,
            "Buyers of a copy are offered it, merged with what they changed themselves.",
            "The newest version is what is sold. Change the app in the studio, then release it here.",
        ),
        rx.cond(
            SellListingState.changes.length() > 0,
            rx.fragment(
                rx.el.p(
                    "Changed since version ",
                    SellListingState.sold_version,
                    class_name="text-[13px] font-medium text-faint",
                ),
                rx.el.ul(
                    rx.foreach(SellListingState.changes, lambda words: rx.el.li(words, class_name="wrap-anywhere")),
                    class_name="mt-2 flex max-h-48 flex-col gap-1 overflow-y-auto text-sm text-soft",
                ),
            ),
            rx.fragment(),
        ),
        rx.el.form(
            _notes("next-notes", "What is better in this release"),
            rx.el.div(
                rx.el.div(
                    field(
                        "Version",
                        text_input(
                            "version",
                            id="release-version",
                            max_length=9,
                            placeholder=SellListingState.newest_version.to_string(),
                            auto_complete="off",
                        ),
                        hint="Empty: the newest.",
                        error=refusal_of("release.version"),
                    ),
                    class_name="w-40",
                ),
                submit_button("Make release", icon="package_check", disabled=SellReleaseState.is_checking),
                class_name="flex flex-wrap items-end justify-between gap-3",
            ),
            key=form_key("release"),
            on_submit=SellReleaseState.make_release,
            class_name="mt-5 flex flex-col gap-4 first:mt-0",
        ),
    )


def _notes(name: str, placeholder: str) -> rx.Component:
    return field(
        "Notes",
        rx.el.textarea(
            name="notes",
            max_length=LONGEST_RELEASE_NOTES,
            rows=4,
            placeholder=placeholder,
            custom_attrs={"id": name},
            class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
        ),
        hint="Markdown. Buyers read it in the changelog and with the update.",
        error=refusal_of("release.notes"),
    )


def _proof() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Proof", class_name="text-[17px] font-semibold"),
        rx.el.p(
            "What the checks of the newest release found out. Buyers see it of what is sold.",
            class_name="mb-4 mt-1 max-w-prose text-sm leading-relaxed text-soft",
        ),
        proof_card(SellListingState.proof, what="that of the newest release"),
        class_name="mt-10 first:mt-0 [&+section]:mt-10",
    )


def _history() -> rx.Component:
    return step_section(
        "Releases",
        "What was sold, and what its checks said.",
        rx.el.ul(rx.foreach(SellListingState.releases, _release), class_name="-my-4 divide-y divide-line"),
    )


def _release(row: ReleaseRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h3("Release ", row.number, class_name="text-sm font-semibold"),
            rx.match(
                row.status,
                ("ready", badge(row.status_words, tone="positive", icon="badge_check")),
                ("checking", badge(row.status_words, tone="accent", dot=True)),
                ("refused", badge(row.status_words, tone="danger", icon="circle_x")),
                badge(row.status_words),
            ),
            rx.el.span("Version ", row.version, " · ", time_ago(row.at), class_name="text-[13px] text-faint"),
            class_name="flex flex-wrap items-center gap-2.5",
        ),
        rx.cond(
            row.error != "",
            callout(
                rx.el.p(row.error, class_name="whitespace-pre-wrap wrap-anywhere"),
                rx.cond((row.error == SellListingState.mends) & (SellListingState.reason == ""), mending()),
                tone="warning",
                class_name="mt-3",
            ),
            rx.fragment(),
        ),
        rx.el.details(
            rx.el.summary(
                rx.cond(row.notes != "", row.notes, "No notes yet"),
                class_name="cursor-pointer truncate text-sm text-soft hover:text-ink",
            ),
            rx.el.form(
                rx.el.input(type="hidden", name="number", value=row.number.to_string()),
                rx.el.textarea(
                    name="notes",
                    default_value=row.notes,
                    max_length=LONGEST_RELEASE_NOTES,
                    rows=4,
                    custom_attrs={"aria-label": rx.Var.create(f"Notes of release {row.number}")},
                    class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
                ),
                rx.el.div(submit_button("Save notes", variant="secondary"), class_name="flex justify-end"),
                on_submit=SellReleaseState.save_notes,
                class_name="mt-3 flex flex-col gap-3",
            ),
            class_name="mt-2",
        ),
        key=row.id,
        class_name="py-4",
    )


def _end() -> rx.Component:
    return rx.match(
        SellListingState.status,
        (
            "published",
            _row(
                "Withdraw it",
                "Nobody can buy it any more. Who bought it keeps it, and you can list it again.",
                dialog(
                    "Withdraw this listing?",
                    "It leaves search and Explore at once. Who bought it keeps it.",
                    dialog_actions(
                        cancel_button("Keep it"),
                        button("Withdraw", variant="danger", on_click=SellReleaseState.withdraw),
                    ),
                    trigger=button("Withdraw", variant="danger", size="sm"),
                ),
            ),
        ),
        (
            "review",
            _row(
                "Take it back",
                "It is a draft again, and what its checks find is not published.",
                button("Take it back", size="sm", on_click=SellReleaseState.withdraw),
            ),
        ),
        (
            "withdrawn",
            _row(
                "List it again",
                "It is sold as it was, with the release and the prices it had.",
                button("List it again", size="sm", variant="primary", on_click=SellReleaseState.relist),
            ),
        ),
        rx.fragment(),
    )


def _row(title: str, text: str, action: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="text-sm font-semibold"),
            rx.el.p(text, class_name="mt-0.5 text-[13px] text-faint"),
            class_name="min-w-0 flex-1 basis-64",
        ),
        action,
        class_name="mt-10 flex flex-wrap items-center gap-4 rounded-xl border border-line px-5 py-4",
    )
