"""The app's repository on GitHub: made with two clicks, then kept equal by itself."""

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.editor.browser import time_ago
from overskill.components.editor.settings.parts import code, section
from overskill.components.feedback import badge, callout
from overskill.components.field import field, text_input
from overskill.components.native import native_form
from overskill.state.repository import PreviewRow, RepositoryState


def repository() -> rx.Component:
    """Nothing where the operator has set up no GitHub App."""
    return rx.cond(
        RepositoryState.is_offered,
        section(
            "GitHub",
            "Each version becomes a commit of a repository of yours, as a project that runs with plain npm and Vite. "
            "What you push there becomes a version here.",
            rx.cond(RepositoryState.full_name != "", _connected(), _form()),
            key="repository",
        ),
        rx.fragment(),
    )


def _form() -> rx.Component:
    return native_form(
        rx.el.div(
            field(
                "Name of the repository",
                text_input(
                    "name",
                    id="repository-name",
                    default_value=RepositoryState.slug,
                    required=True,
                    max_length=100,
                    pattern=r"[A-Za-z0-9._\-]+",
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
            ),
            field(
                "Organization",
                text_input(
                    "owner",
                    id="repository-owner",
                    max_length=40,
                    placeholder="Your own account",
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
            ),
            class_name="grid items-start gap-4 @md:grid-cols-2",
        ),
        rx.el.div(
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="private",
                    value="yes",
                    default_checked=True,
                    class_name="size-4 shrink-0 cursor-pointer accent-accent",
                ),
                "Only people you invite on GitHub can see it",
                class_name="flex cursor-pointer items-center gap-2.5 text-[13px] text-soft",
            ),
            rx.cond(RepositoryState.unreachable == "", _publishes_choice(), rx.fragment()),
            class_name="flex flex-col gap-2.5",
        ),
        rx.el.div(
            rx.el.p(RepositoryState.unreachable, class_name="min-w-0 flex-1 basis-56 text-[13px] text-faint"),
            submit_button("Create on GitHub"),
            class_name="flex flex-wrap items-end justify-end gap-3",
        ),
        action=rx.Var.create(f"/api/studio/{RepositoryState.slug}/repository/connect"),
        class_name="flex flex-col gap-4 p-5 sm:p-6",
    )


def _publishes_choice() -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="publishes",
            value="yes",
            default_checked=True,
            class_name="size-4 shrink-0 cursor-pointer accent-accent",
        ),
        "Publish what people push there: main to production, staging to staging",
        class_name="flex cursor-pointer items-center gap-2.5 text-[13px] text-soft",
    )


def _connected() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.el.a(
                    RepositoryState.full_name,
                    href=RepositoryState.url,
                    target="_blank",
                    rel="noreferrer",
                    class_name="wrap-anywhere font-mono text-sm font-medium underline-offset-2 hover:underline",
                ),
                _state(),
                class_name="flex flex-wrap items-center gap-x-2.5 gap-y-1",
            ),
            rx.el.p(
                rx.cond(
                    RepositoryState.pushed_version > 0,
                    rx.fragment(
                        "Version ",
                        RepositoryState.pushed_version,
                        " is there, as ",
                        rx.el.a(
                            code(RepositoryState.commit),
                            href=RepositoryState.commit_url,
                            target="_blank",
                            rel="noreferrer",
                            class_name="underline underline-offset-2",
                        ),
                        " on ",
                        code(RepositoryState.branch),
                        ", ",
                        time_ago(RepositoryState.updated_at, class_name="inline"),
                    ),
                    "The first commit is on its way.",
                ),
                class_name="mt-1 text-[13px] leading-relaxed text-faint",
            ),
            class_name="p-5 sm:p-6",
        ),
        rx.cond(RepositoryState.error != "", _problem(), rx.fragment()),
        rx.cond(RepositoryState.unreachable != "", _unreachable(), _publishing()),
        rx.cond(RepositoryState.previews.length() > 0, _previews(), rx.fragment()),
        _actions(),
    )


def _unreachable() -> rx.Component:
    return rx.el.p(
        RepositoryState.unreachable,
        class_name="border-t border-line px-5 py-4 text-[13px] leading-relaxed text-soft sm:px-6",
    )


def _publishing() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3(
                "Publish from GitHub",
                rx.cond(
                    RepositoryState.switching_to != "",
                    badge("A moment", icon="loader_circle"),
                    rx.cond(RepositoryState.publishing == "on", badge("On", tone="positive", dot=True), rx.fragment()),
                ),
                class_name="flex min-h-6 flex-wrap items-center gap-x-2.5 gap-y-1 text-sm font-medium",
            ),
            rx.el.p(
                "What people push to ",
                code(RepositoryState.branch),
                " is built there and published to production, ",
                code("staging"),
                " to staging. A protected environment waits for its approval. It takes a workflow and a token that "
                "publishes this app alone.",
                class_name="mt-1 text-[13px] leading-relaxed text-faint",
            ),
            class_name="min-w-0 flex-1 basis-72",
        ),
        rx.cond(
            RepositoryState.publishing == "on",
            button(
                "Turn off",
                size="sm",
                disabled=RepositoryState.switching_to != "",
                on_click=RepositoryState.publish_from_github(False),
            ),
            button(
                "Turn on",
                size="sm",
                disabled=(RepositoryState.publishing == "") | (RepositoryState.switching_to != ""),
                on_click=RepositoryState.publish_from_github(True),
            ),
        ),
        class_name="flex flex-wrap items-center gap-3 border-t border-line px-5 py-4 sm:px-6",
    )


def _previews() -> rx.Component:
    return rx.el.div(
        rx.el.h3("Previews of what is no version yet", class_name="text-sm font-medium"),
        rx.el.ul(rx.foreach(RepositoryState.previews, _preview), class_name="mt-2 flex flex-col gap-2.5"),
        class_name="border-t border-line px-5 py-4 sm:px-6",
    )


def _preview(row: PreviewRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                row.is_branch,
                rx.el.span("Branch ", code(row.label)),
                rx.el.span("Pull request ", row.label),
            ),
            rx.cond(
                row.url != "",
                rx.el.a(
                    "Open ",
                    code(row.commit),
                    href=row.url,
                    target="_blank",
                    rel="noreferrer",
                    class_name="underline underline-offset-2",
                ),
                rx.fragment(),
            ),
            class_name="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-ink",
        ),
        rx.cond(
            row.is_branch,
            rx.el.p(
                "It has commits that ",
                code(RepositoryState.branch),
                " does not have, so it is shown at an address of its own. The staging environment keeps its version "
                "until they are merged.",
                class_name="mt-0.5 leading-relaxed text-faint",
            ),
            rx.fragment(),
        ),
        rx.cond(row.error != "", rx.el.p(row.error, class_name="mt-0.5 text-warning"), rx.fragment()),
        class_name="text-[13px] wrap-anywhere",
    )


def _state() -> rx.Component:
    return rx.cond(
        RepositoryState.conflicts.length() > 0,
        badge("Your choice is needed", tone="warning", icon="git_merge"),
        rx.cond(
            RepositoryState.is_paused,
            badge("Paused", icon="pause"),
            rx.cond(
                RepositoryState.error != "",
                badge("Waiting", tone="warning", icon="triangle_alert"),
                rx.cond(
                    RepositoryState.waiting > 0,
                    badge("Changes to push", tone="accent", icon="arrow_up"),
                    badge("Up to date", tone="positive", icon="check"),
                ),
            ),
        ),
    )


def _problem() -> rx.Component:
    return rx.el.div(
        callout(
            rx.el.p(RepositoryState.error),
            rx.cond(
                RepositoryState.conflicts.length() > 0,
                rx.fragment(
                    rx.el.ul(
                        rx.foreach(RepositoryState.conflicts, lambda path: rx.el.li(code(path, "break-all"))),
                        class_name="mt-2 list-disc pl-5",
                    ),
                    rx.el.div(
                        button("Keep what is here", size="sm", on_click=RepositoryState.settle("ours")),
                        button("Keep what is on GitHub", size="sm", on_click=RepositoryState.settle("theirs")),
                        class_name="mt-3 flex flex-wrap gap-2",
                    ),
                ),
                rx.fragment(),
            ),
            tone="warning",
        ),
        class_name="px-5 pb-5 sm:px-6",
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            RepositoryState.is_paused,
            button("Resume", icon="play", on_click=RepositoryState.set_paused(False)),
            rx.fragment(
                button("Push and pull now", icon="refresh_cw", on_click=RepositoryState.sync),
                button("Pause", variant="ghost", icon="pause", on_click=RepositoryState.set_paused(True)),
            ),
        ),
        link_button(
            "Open on GitHub",
            href=RepositoryState.url,
            native=True,
            icon="external_link",
            target="_blank",
            rel="noreferrer",
        ),
        dialog(
            "Disconnect the repository?",
            "It stays on GitHub as it is. Later versions are not pushed there, and pushes there are not heard here.",
            dialog_actions(cancel_button(), button("Disconnect", variant="danger", on_click=RepositoryState.leave)),
            trigger=button("Disconnect", variant="ghost", icon="unlink"),
        ),
        class_name="flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-5 py-4 sm:px-6",
    )
