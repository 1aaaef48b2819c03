"""What buyers say on a listing's page: the figures, the reviews, and the forms to write one and to answer one."""

import reflex as rx

from overskill.components.button import button, submit_button
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.draft_fields import DraftFields
from overskill.components.feedback import badge, callout, empty
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.components.local_time import local_time
from overskill.components.market.report_dialog import report_button
from overskill.components.market.stars import stars
from overskill.components.tabs import segmented
from overskill.state.listing_parts import Bar, ReviewCard
from overskill.state.listing_reviews import REPLY_LIMIT, TEXT_LIMIT, TITLE_LIMIT, ListingReviews


def reviews() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ListingReviews.reviews.length() > 0,
            rx.fragment(
                _figures(),
                rx.el.ul(
                    rx.foreach(ListingReviews.reviews, _review),
                    class_name="mt-6 flex flex-col divide-y divide-line border-t border-line",
                ),
                rx.cond(
                    ListingReviews.has_more,
                    button("Show more reviews", on_click=ListingReviews.show_more, class_name="mt-2 w-full"),
                    rx.fragment(),
                ),
            ),
            empty(
                "message_square_text",
                "No reviews yet",
                "Only people who have the app can review it.",
                *[_write_button()],
            ),
        ),
        _write_dialog(),
        _answer_dialog(),
    )


def _figures() -> rx.Component:
    return rx.el.div(
        rx.cond(
            ListingReviews.rating_count > 0,
            rx.el.div(
                rx.el.div(
                    rx.el.p(ListingReviews.rating_words, class_name="text-4xl font-semibold text-ink"),
                    stars(ListingReviews.rating, shape="five", size=16, class_name="mt-1"),
                    class_name="shrink-0",
                ),
                rx.el.ul(rx.foreach(ListingReviews.bars, _bar), class_name="flex min-w-0 flex-1 flex-col gap-1"),
                class_name="flex flex-1 items-center gap-6",
            ),
            rx.el.div(class_name="flex-1"),
        ),
        rx.el.div(
            segmented(
                "Order of reviews",
                ListingReviews.sort,
                [("helpful", "Most helpful", ""), ("new", "Newest", "")],
                ListingReviews.sort_by,  # type: ignore[arg-type]  # Reflex types handlers as uncallable
            ),
            _write_button(),
            class_name="flex flex-wrap items-center gap-2 sm:flex-col sm:items-end",
        ),
        class_name="flex flex-col gap-6 sm:flex-row sm:items-center",
    )


def _bar(bar: Bar) -> rx.Component:
    return rx.el.li(
        rx.el.span(bar.stars, class_name="w-3 text-right", custom_attrs={"aria-hidden": "true"}),
        icon("star", size=12, class_name="text-faint"),
        rx.el.span(
            rx.el.span(class_name="block h-full rounded-full bg-[var(--star)]", style={"width": f"{bar.percent}%"}),
            class_name="h-1.5 flex-1 overflow-hidden rounded-full bg-hover",
            custom_attrs={"aria-hidden": "true"},
        ),
        rx.el.span(bar.count, class_name="w-8 text-right tabular-nums", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(f"{bar.stars} stars: {bar.count} reviews", class_name="sr-only"),
        key=bar.stars.to_string(),
        class_name="flex items-center gap-1.5 text-xs text-soft",
    )


def _write_button() -> rx.Component:
    return rx.cond(
        ListingReviews.may_review,
        button(
            rx.cond(ListingReviews.mine.rating > 0, "Edit your review", "Write a review"),
            icon="pencil",
            size="sm",
            on_click=ListingReviews.begin,
        ),
        rx.fragment(),
    )


def _review(review: ReviewCard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            stars(review.rating, shape="five", size=15),
            rx.el.span(review.title, class_name="min-w-0 break-words text-[15px] font-semibold text-ink"),
            class_name="flex flex-wrap items-center gap-x-2.5 gap-y-1",
        ),
        rx.el.div(
            rx.el.span(review.author, class_name="font-medium text-soft"),
            badge("Has the app", tone="positive", icon="badge_check"),
            rx.cond(review.is_mine, badge("Yours", tone="accent"), rx.fragment()),
            rx.el.span("version ", review.release, " · ", local_time(review.at, shape="day")),
            class_name="mt-1.5 flex flex-wrap items-center gap-2 text-[13px] text-faint",
        ),
        rx.cond(
            review.is_hidden,
            callout("Only you see this review: it was hidden by a moderator.", tone="warning", class_name="mt-3"),
            rx.fragment(),
        ),
        rx.el.p(review.text, class_name="mt-3 whitespace-pre-line break-words text-[15px] leading-relaxed text-soft"),
        rx.cond(review.reply != "", _reply(review), rx.fragment()),
        rx.el.div(
            rx.cond(review.is_mine, rx.fragment(), _helpful(review)),
            rx.cond(
                review.is_mine,
                rx.fragment(),
                rx.el.span(report_button("review", review.id, f"the review of {review.author}"), class_name="px-3"),
            ),
            rx.cond(
                ListingReviews.may_reply,
                button(
                    rx.cond(review.reply != "", "Edit your answer", "Answer"),
                    variant="ghost",
                    size="sm",
                    icon="reply",
                    on_click=ListingReviews.begin_answer(review.id),
                ),
                rx.fragment(),
            ),
            class_name="-ml-3 mt-2 flex flex-wrap items-center gap-1",
        ),
        key=review.id,
        class_name="py-5",
    )


def _helpful(review: ReviewCard) -> rx.Component:
    return button(
        "Helpful",
        rx.cond(review.helpful > 0, rx.el.span(review.helpful, class_name="tabular-nums"), rx.fragment()),
        variant="ghost",
        size="sm",
        icon="thumbs_up",
        on_click=ListingReviews.toggle_helpful(review.id),
        custom_attrs={"aria-pressed": review.is_helpful},
        class_name="aria-[pressed=true]:text-accent-ink",
    )


def _reply(review: ReviewCard) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "The creator answers, ",
            local_time(review.replied_at, shape="day"),
            class_name="text-[13px] font-medium text-ink",
        ),
        rx.el.p(review.reply, class_name="mt-1 whitespace-pre-line break-words text-sm leading-relaxed text-soft"),
        class_name="mt-3 rounded-lg border-l-2 border-strong bg-sunken px-3.5 py-3",
    )


def _write_dialog() -> rx.Component:
    return dialog(
        "Your review",
        "Say what works for you and what doesn’t. Others read it with your first name.",
        rx.el.form(
            rx.el.fieldset(
                rx.el.legend("Stars", class_name="text-sm font-medium text-ink"),
                rx.el.div(*[_star_choice(count) for count in range(1, 6)], class_name="mt-1.5 flex gap-1"),
                rx.cond(
                    ListingReviews.refused == "rating",
                    rx.el.p(ListingReviews.refusal, role="alert", class_name="mt-1 text-[13px] text-danger"),
                    rx.fragment(),
                ),
            ),
            DraftFields.create(
                field(
                    "In a few words",
                    text_input(
                        "title", id="review-title", max_length=TITLE_LIMIT, default_value=ListingReviews.mine.title
                    ),
                    error=rx.cond(ListingReviews.refused == "title", ListingReviews.refusal, ""),
                ),
                field(
                    "Your review",
                    _text_area("text", "review-text", TEXT_LIMIT, ListingReviews.mine.text),
                    error=rx.cond(ListingReviews.refused == "text", ListingReviews.refusal, ""),
                ),
                scope=f"review:{ListingReviews.slug}",
                class_name="flex flex-col gap-4",
            ),
            dialog_actions(
                rx.cond(
                    ListingReviews.mine.rating > 0,
                    _delete_dialog(),
                    rx.fragment(),
                ),
                cancel_button(),
                submit_button("Publish it"),
            ),
            on_submit=ListingReviews.write,
            class_name="mt-5 flex flex-col gap-4",
        ),
        open=ListingReviews.is_writing,
        on_open_change=ListingReviews.close,
    )


def _delete_dialog() -> rx.Component:
    return dialog(
        "Delete your review?",
        "Its stars count no more. What its creator answered, and who found it helpful, goes with it.",
        dialog_actions(
            cancel_button("Keep it"),
            button("Delete it", variant="danger", on_click=ListingReviews.delete),
        ),
        trigger=button("Delete", variant="danger", icon="trash_2"),
    )


def _star_choice(count: int) -> rx.Component:
    return rx.el.button(
        icon("star", size=24, class_name="group-data-[on=true]:fill-current"),
        type="button",
        on_click=ListingReviews.choose_stars(count),
        custom_attrs={
            "aria-label": f"{count} star{'' if count == 1 else 's'}",
            "aria-pressed": ListingReviews.stars == count,
            "data-on": ListingReviews.stars >= count,
        },
        class_name=(
            "group grid size-9 place-items-center rounded-lg text-faint hover:bg-hover "
            "data-[on=true]:text-[var(--star)]"
        ),
    )


def _answer_dialog() -> rx.Component:
    return dialog(
        "Your answer",
        "It stands below the review, for everybody to read. Leave it empty to take it back.",
        rx.el.form(
            DraftFields.create(
                field("Answer", _text_area("reply", "review-reply", REPLY_LIMIT, ListingReviews.answered.reply)),
                scope=f"answer:{ListingReviews.answering}",
            ),
            dialog_actions(cancel_button(), submit_button("Publish it")),
            on_submit=ListingReviews.answer,
            class_name="mt-5",
        ),
        open=ListingReviews.answering != "",
        on_open_change=ListingReviews.close,
    )


def _text_area(name: str, element_id: str, longest: int, value: rx.Var[str]) -> rx.Component:
    return rx.el.textarea(
        name=name,
        max_length=longest,
        default_value=value,
        rows="5",
        custom_attrs={"id": element_id},
        class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
    )
