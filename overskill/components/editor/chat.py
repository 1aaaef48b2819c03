"""The chat: what was asked, what came of it, and the box for what comes next."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.browser import ChatScroll, Composer, TurnStream, time_ago
from overskill.components.feedback import badge, callout
from overskill.components.icon import icon
from overskill.state.chat import LONGEST_MESSAGE, ChangedFile, ChatState, TurnCard
from overskill.state.editor import EditorState

# How what an author says looks: it comes as plain HTML, without classes.
SAID = (
    "text-[15px] leading-relaxed text-soft break-words [&>*+*]:mt-2.5 [&_strong]:font-semibold [&_strong]:text-ink "
    "[&_ul]:list-disc [&_ol]:list-decimal [&_:is(ul,ol)]:pl-5 [&_:is(ul,ol)]:space-y-1 [&_li]:marker:text-faint "
    "[&_:is(h1,h2,h3,h4)]:mt-4! [&_:is(h1,h2,h3,h4)]:font-semibold [&_a]:text-accent-ink [&_a]:underline "
    "[&_code]:rounded-md [&_code]:bg-hover [&_code]:px-1.5 [&_code]:py-0.5 [&_code]:font-mono [&_code]:text-[13px] "
    "[&_pre]:overflow-x-auto [&_pre]:rounded-lg [&_pre]:bg-sunken [&_pre]:p-3 [&_pre_code]:bg-transparent "
    "[&_pre_code]:p-0 [&_blockquote]:border-l-2 [&_blockquote]:border-strong [&_blockquote]:pl-3 "
    "[&_:is(th,td)]:border-b [&_:is(th,td)]:border-line [&_:is(th,td)]:py-1 [&_:is(th,td)]:pr-3 [&_th]:text-left"
)


def chat_pane() -> rx.Component:
    return rx.el.section(
        ChatScroll.create(
            rx.el.div(
                rx.cond(ChatState.has_earlier, _earlier(), rx.fragment()),
                rx.foreach(ChatState.turns, turn),
                rx.cond(ChatState.suggestions.length() > 0, _suggestions(), rx.fragment()),
                class_name="flex flex-col gap-7 px-4 pb-6 pt-5",
            ),
            label="Chat",
        ),
        rx.el.div(
            Composer.create(
                app_id=EditorState.app_slug,
                limit=LONGEST_MESSAGE,
                turn_id=ChatState.following,
                sent_count=ChatState.sent_count,
                refused_count=ChatState.refused_count,
                draft=ChatState.draft,
                on_send=ChatState.send,
                on_stop=ChatState.stop_following,
            ),
            class_name="px-3 pb-3 pt-1",
        ),
        custom_attrs={"aria-label": "Chat"},
        class_name="flex min-h-0 flex-1 flex-col",
    )


def turn(card: TurnCard) -> rx.Component:
    return rx.el.article(
        _prompt(card),
        rx.match(
            card.stage,
            ("live", TurnStream.create(turn_id=card.id, on_done=EditorState.turn_ended)),
            ("waiting", _waiting(card)),
            _past(card),
        ),
        key=card.id,
        custom_attrs={"data-status": card.status},
        class_name="flex flex-col gap-3.5",
    )


def _prompt(card: TurnCard) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            card.prompt,
            class_name=(
                "max-w-[88%] whitespace-pre-wrap break-words rounded-2xl rounded-br-md bg-accent-soft px-3.5 py-2.5 "
                "text-[15px] leading-relaxed text-ink"
            ),
        ),
        time_ago(card.at, class_name="pr-1 text-xs text-faint"),
        class_name="flex flex-col items-end gap-1",
    )


def _waiting(card: TurnCard) -> rx.Component:
    return rx.el.div(
        icon("clock", size=14),
        rx.el.span("Waits for the turn before it", class_name="flex-1"),
        button("Take back", variant="ghost", size="sm", on_click=ChatState.stop(card.id)),
        class_name=(
            "flex items-center gap-2 rounded-xl border border-dashed border-strong py-1 pl-3.5 pr-1 "
            "text-[13px] text-soft"
        ),
    )


def _past(card: TurnCard) -> rx.Component:
    return rx.el.div(
        rx.cond(
            card.answer != "",
            rx.el.div(
                custom_attrs={"dangerouslySetInnerHTML": {"__html": card.answer}},
                class_name=SAID,
            ),
            rx.fragment(),
        ),
        rx.cond(card.version > 0, _result(card), rx.fragment()),
        rx.cond(card.error != "", _failure(card), _no_result(card)),
        _facts(card),
        class_name="flex flex-col gap-3",
    )


def _result(card: TurnCard) -> rx.Component:
    """The version this turn made, what it changed, and the way back to it."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                icon("layers", size=14),
                class_name="grid size-7 shrink-0 place-items-center rounded-lg bg-accent-soft text-accent-ink",
            ),
            rx.el.span(
                rx.el.span("Version ", card.version, class_name="font-medium text-ink"),
                rx.cond(
                    card.files_words != "",
                    rx.el.span(" · ", card.files_words, class_name="text-faint"),
                    rx.fragment(),
                ),
                class_name="min-w-0 flex-1 truncate",
            ),
            rx.cond(card.status == "stopped", badge("Stopped", tone="warning"), rx.fragment()),
            rx.cond(card.version == EditorState.version, badge("Now", tone="accent"), _restore(card.version)),
            icon("chevron_down", size=15, class_name="text-faint transition-transform duration-150 in-open:rotate-180"),
            class_name=(
                "flex h-11 list-none items-center gap-2.5 rounded-xl px-2 text-[13px] "
                "[&::-webkit-details-marker]:hidden focus-visible:outline-offset-[-2px]"
            ),
        ),
        rx.el.ul(
            rx.foreach(card.files, _changed_file),
            class_name="max-h-64 overflow-y-auto border-t border-line py-1.5",
        ),
        class_name="group overflow-hidden rounded-xl border border-line bg-surface shadow-card",
    )


def _restore(version: rx.Var[int] | int) -> rx.Component:
    return button(
        "Restore",
        variant="ghost",
        size="sm",
        class_name="h-7! px-2! text-xs!",
        on_click=EditorState.restore(version).prevent_default,
    )


def _changed_file(file: ChangedFile) -> rx.Component:
    return rx.el.li(
        icon("file_code_2", size=13, class_name="text-faint"),
        rx.el.span(file.path, class_name="min-w-0 flex-1 truncate font-mono text-xs text-soft"),
        rx.el.span(file.change, class_name="shrink-0 text-xs tabular-nums text-faint"),
        class_name="flex h-7 items-center gap-2 px-3.5",
    )


def _failure(card: TurnCard) -> rx.Component:
    return callout(
        rx.el.p(card.error),
        rx.el.div(
            button("Try again", size="sm", icon="rotate_cw", on_click=ChatState.try_again(card.id)),
            class_name="mt-2.5",
        ),
        tone="danger",
    )


def _no_result(card: TurnCard) -> rx.Component:
    return rx.cond(
        (card.status == "stopped") & (card.version == 0),
        rx.el.p(
            icon("square", size=12),
            "Stopped before anything was changed.",
            class_name="flex items-center gap-2 text-[13px] text-faint",
        ),
        rx.fragment(),
    )


def _facts(card: TurnCard) -> rx.Component:
    """Who wrote it, and what it took."""
    return rx.el.p(
        rx.cond(card.author == "recipe", _recipes(), rx.fragment()),
        rx.el.span(card.facts),
        class_name="flex flex-wrap items-center gap-x-1.5 text-xs text-faint",
    )


def _recipes() -> rx.Component:
    return rx.el.span(
        icon("blocks", size=12, class_name="mr-1 inline -mt-0.5"),
        "Recipes · ",
        rx.el.a("connect a model", href="/settings#model", class_name="font-medium text-accent-ink hover:underline"),
        " ·",
    )


def _earlier() -> rx.Component:
    return button(
        "Show earlier", variant="ghost", size="sm", class_name="self-center", on_click=EditorState.show_earlier
    )


def _suggestions() -> rx.Component:
    return rx.el.div(
        rx.foreach(ChatState.suggestions, _suggestion),
        role="group",
        custom_attrs={"aria-label": "Suggestions"},
        class_name="flex flex-wrap gap-2",
    )


def _suggestion(words: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        words,
        key=words,
        type="button",
        on_click=ChatState.suggest(words),
        class_name=(
            "rounded-full border border-line bg-surface px-3 py-1.5 text-[13px] text-soft shadow-card "
            "transition-colors duration-150 hover:border-strong hover:text-ink"
        ),
    )
