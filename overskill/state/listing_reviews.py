"""What buyers say on a listing's page: read page by page, written, answered, found helpful."""

from dataclasses import replace

import reflex as rx
from reflex.event import EventType

from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.services.market.listing_page import ListingPage, Said, read_said
from overskill.services.market.reviews import (
    LONGEST_REPLY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Sort,
    delete_review,
    reply,
    vote,
    write_review,
)
from overskill.state.arguments import id_in
from overskill.state.limits import limit
from overskill.state.listing_parts import NO_REVIEW, Bar, ReviewCard, bars_of, review_card
from overskill.state.session import current_user, require_user
from overskill.state.toasts import done

TEXT_LIMIT, TITLE_LIMIT, REPLY_LIMIT = LONGEST_TEXT, LONGEST_TITLE, LONGEST_REPLY
_GONE = "That review is not there any more. Reload the page."


class ListingReviews(rx.State):
    reviews: list[ReviewCard] = []
    has_more: bool = False
    sort: str = "helpful"
    rating: float = 0.0
    rating_words: str = ""  # "4.0"
    rating_count: int = 0
    bars: list[Bar] = []
    may_review: bool = False
    may_reply: bool = False
    is_writing: bool = False
    stars: int = 0  # chosen in the form
    answering: str = ""  # id of the review whose reply is being written
    refused: str = ""  # which field
    refusal: str = ""
    slug: str = ""

    @rx.var
    def mine(self) -> ReviewCard:
        return next((each for each in self.reviews if each.is_mine), NO_REVIEW)

    @rx.var
    def answered(self) -> ReviewCard:
        return next((each for each in self.reviews if each.id == self.answering), NO_REVIEW)

    @rx.event
    async def sort_by(self, sort: str) -> None:
        self.sort = "new" if sort == "new" else "helpful"
        await _read(self)

    @rx.event
    async def show_more(self) -> None:
        await _read(self, after=True)

    @rx.event
    async def begin(self) -> None:
        await require_user(self)
        self.stars = self.stars or int(self.mine.rating)  # chosen before the form was closed
        self.is_writing, self.refused, self.refusal = True, "", ""

    @rx.event
    async def close(self, _is_open: bool = False) -> None:
        self.is_writing, self.answering = False, ""

    @rx.event
    async def choose_stars(self, stars: int) -> None:
        self.stars = min(max(stars, 1), 5)

    @rx.event
    async def write(self, form: dict[str, str]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "review")
        try:
            await in_thread(
                write_review,
                user.id,
                self.slug,
                rating=self.stars,
                title=form.get("title", ""),
                text=form.get("text", ""),
            )
        except InvalidInput as error:
            self.refused, self.refusal = error.field, error.message
            return None
        self.is_writing = False
        await _read(self)
        return done("Thank you. Your review is there for everybody to read.")

    @rx.event
    async def delete(self) -> EventType[()]:
        user = await require_user(self)
        await in_thread(delete_review, user.id, self.slug)
        self.is_writing, self.stars = False, 0
        await _read(self)
        return done("Your review is deleted.")

    @rx.event
    async def toggle_helpful(self, review_id: str) -> None:
        user = await require_user(self)
        await limit(user, "vote")
        card = next((each for each in self.reviews if each.id == review_id), None)
        said = not (card and card.is_helpful)
        count = await in_thread(vote, user.id, id_in(review_id, _GONE), is_helpful=said)
        self.reviews = [
            replace(each, helpful=count, is_helpful=said) if each.id == review_id else each for each in self.reviews
        ]

    @rx.event
    async def begin_answer(self, review_id: str) -> None:
        self.answering = review_id

    @rx.event
    async def answer(self, form: dict[str, str]) -> None:
        user = await require_user(self)
        await limit(user, "review")
        await in_thread(reply, user.id, id_in(self.answering, _GONE), form.get("reply", ""))
        self.answering = ""
        await _read(self)


def show_reviews(state: ListingReviews, page: ListingPage) -> None:
    """What the page begins with. Who comes back finds the order they chose last."""
    if state.slug != page.listing.slug:
        state.sort, state.is_writing, state.answering, state.stars = "helpful", False, "", 0
    state.slug = page.listing.slug
    state.may_review = page.viewing.may_review
    state.may_reply = page.viewing.is_creator
    _show(state, page.said)


def _show(state: ListingReviews, said: Said, *, after: bool = False) -> None:
    cards = [review_card(each) for each in said.reviews.reviews]
    state.reviews, state.has_more = [*state.reviews, *cards] if after else cards, said.reviews.has_more
    state.rating, state.rating_count, state.bars = said.rating, said.rating_count, bars_of(said.histogram)
    state.rating_words = f"{said.rating:.1f}"


async def _read(state: ListingReviews, *, after: bool = False) -> None:
    user = await current_user(state)
    sort: Sort = "new" if state.sort == "new" else "helpful"
    offset = len(state.reviews) if after else 0
    _show(state, await in_thread(read_said, state.slug, user, sort=sort, offset=offset), after=after)
