"""One turn of the chat: what was asked, and what came of it. The details behind it are read when they are opened."""

import reflex as rx

from overskill.components.button import button
from overskill.components.editor.browser import (
    PlanCard,
    QuestionForm,
    TurnDetails,
    TurnStory,
    TurnStream,
    time_ago,
)
from overskill.components.feedback import badge, callout
from overskill.components.icon import icon
from overskill.state.chat import ChatState
from overskill.state.editor import EditorState
from overskill.state.turn_card import SentAlong, TurnCard

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
        rx.cond(card.sent_along.length() > 0, _sent_along(card), rx.fragment()),
        rx.el.p(
            rx.cond(card.label != "", card.label, card.prompt),
            class_name=(
                "max-w-[88%] whitespace-pre-wrap break-words rounded-2xl rounded-br-md bg-accent-soft px-3.5 py-2.5 "
                "text-[15px] leading-relaxed text-ink"
            ),
        ),
        time_ago(card.at, class_name="pr-1 text-xs text-faint"),
        class_name="flex flex-col items-end gap-1",
    )


def _sent_along(card: TurnCard) -> rx.Component:
    return rx.el.ul(
        rx.foreach(card.sent_along, _attachment),
        custom_attrs={"aria-label": "Sent along"},
        class_name="flex max-w-[88%] flex-wrap justify-end gap-1.5",
    )


def _attachment(sent: SentAlong) -> rx.Component:
    return rx.el.li(
        rx.cond(
            sent.thumbnail != "",
            rx.el.img(src=sent.thumbnail, alt="", loading="lazy", class_name="size-6 rounded object-cover"),
            icon("paperclip", size=13, class_name="text-faint"),
        ),
        rx.el.span(sent.name, class_name="min-w-0 truncate"),
        key=sent.id,
        class_name=(
            "flex h-8 min-w-0 items-center gap-1.5 rounded-lg border border-line bg-surface px-2 text-xs text-soft"
        ),
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
        rx.match(
            card.outcome,
            ("version", _result(card)),
            ("plan", PlanCard.create(plan=card.plan, on_build=lambda steps: ChatState.build_plan(card.id, steps))),
            (
                "questions",
                QuestionForm.create(
                    questions=card.questions, on_answer=lambda answers: ChatState.answer(card.id, answers)
                ),
            ),
            rx.fragment(),
        ),
        rx.cond(card.error != "", _failure(card), _no_result(card)),
        rx.cond(card.outcome == "version", rx.fragment(), _story(card)),
        rx.cond(card.author == "recipe", _recipes(card), rx.fragment()),
        class_name="flex flex-col gap-3",
    )


def _result(card: TurnCard) -> rx.Component:
    """The version this turn made, what speaks for it, and the way back to it."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(
                    rx.el.span("Version ", card.version, class_name="font-medium text-ink"),
                    rx.cond(
                        card.files_words != "",
                        rx.el.span(" · ", card.files_words, class_name="text-faint"),
                        rx.fragment(),
                    ),
                    class_name="block truncate",
                ),
                rx.cond(card.proof != "", _proof(card), rx.fragment()),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(card.status == "stopped", badge("Stopped", tone="warning"), rx.fragment()),
            rx.cond(card.version == EditorState.version, badge("Now", tone="accent"), _restore(card.version)),
            icon("chevron_down", size=15, class_name="text-faint transition-transform duration-150 in-open:rotate-180"),
            class_name=(
                "flex min-h-11 list-none items-center gap-2.5 rounded-xl py-1.5 pl-3.5 pr-2.5 text-[13px] "
                "[&::-webkit-details-marker]:hidden focus-visible:outline-offset-[-2px]"
            ),
        ),
        TurnDetails.create(turn_id=card.id, on_fix=ChatState.fix),
        class_name="group overflow-hidden rounded-xl border border-line bg-surface shadow-card",
    )


def _proof(card: TurnCard) -> rx.Component:
    return rx.el.span(
        rx.cond(card.is_sound, rx.fragment(), icon("triangle_alert", size=12, class_name="text-warning")),
        rx.el.span(card.proof, class_name="min-w-0 truncate"),
        class_name="flex items-center gap-1.5 text-xs text-faint",
    )


def _restore(version: rx.Var[int] | int) -> rx.Component:
    return button(
        "Restore",
        variant="ghost",
        size="sm",
        class_name="h-7! px-2! text-xs!",
        on_click=EditorState.restore(version).prevent_default,
    )


def _failure(card: TurnCard) -> rx.Component:
    """What happened, what came back, and what can be done now."""
    return callout(
        rx.el.p(card.error),
        rx.cond(card.refund != "", rx.el.p(card.refund, ".", class_name="mt-1 font-medium"), rx.fragment()),
        rx.el.div(
            rx.cond(
                card.can_go_on,
                button("Go on", size="sm", icon="play", on_click=ChatState.go_on(card.id)),
                rx.fragment(),
            ),
            button("Try again", size="sm", icon="rotate_cw", on_click=ChatState.try_again(card.id)),
            class_name="mt-2.5 flex flex-wrap gap-2",
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


def _story(card: TurnCard) -> rx.Component:
    """How a turn that made no version went."""
    return TurnStory.create(
        turn_id=card.id,
        words=rx.match(
            card.outcome, ("failure", "What happened"), ("plan", "How the plan was made"), "How this turn went"
        ),
        aside=card.facts,
        is_open_at_first=card.is_open,
        on_fix=ChatState.fix,
    )


def _recipes(card: TurnCard) -> rx.Component:
    """Who wrote it, and what could write more."""
    return rx.el.p(
        icon("blocks", size=12),
        "Recipes · ",
        rx.el.a("connect a model", href="/settings#model", class_name="font-medium text-accent-ink hover:underline"),
        rx.cond((card.outcome == "version") & (card.facts != ""), rx.el.span("· ", card.facts), rx.fragment()),
        class_name="flex flex-wrap items-center gap-x-1.5 text-xs text-faint",
    )
