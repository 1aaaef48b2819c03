"""One app of the marketplace: what it is, how it looks, what it costs, what people say; and trying it."""

import reflex as rx

from overskill.components.app_card import cover
from overskill.components.button import link_button
from overskill.components.card import card
from overskill.components.feedback import callout, empty, skeleton
from overskill.components.icon import icon
from overskill.components.layout import page
from overskill.components.local_time import local_time
from overskill.components.market.bundle_card import bundle_card
from overskill.components.market.creator_card import creator_badges, creator_picture, follow_button, follower_words
from overskill.components.market.listing_card import GRID, listing_card
from overskill.components.market.listing_parts import Gallery, PageHead, TryOut
from overskill.components.market.price_box import buy_bar, price_box
from overskill.components.market.proof_card import proof_card
from overskill.components.market.prose import prose
from overskill.components.market.report_dialog import report_button, report_dialog
from overskill.components.market.reviews import reviews
from overskill.components.market.stars import stars
from overskill.state.listing import ListingState
from overskill.state.listing_parts import RelativeCard, ReleaseCard
from overskill.state.listing_reviews import ListingReviews


def listing_page() -> rx.Component:
    return page(
        PageHead.create(title=ListingState.title),
        rx.cond(
            ListingState.is_loaded,
            rx.cond(ListingState.problem != "", _nothing_here(), _listing()),
            _opening(),
        ),
        class_name="pb-24 lg:pb-0",
    )


def _listing() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ListingState.notice != "",
            callout(ListingState.notice, tone="warning", class_name="mt-6"),
            rx.fragment(),
        ),
        _heading(),
        rx.el.div(
            rx.el.div(
                rx.cond(
                    ListingState.pictures.length() > 0,
                    Gallery.create(pictures=ListingState.pictures, title=ListingState.about.title),
                    rx.el.div(
                        cover(ListingState.about.title, ListingState.about.accent),
                        class_name="overflow-hidden rounded-2xl border border-line",
                    ),
                ),
                class_name="min-w-0 lg:col-start-1 lg:row-start-1",
            ),
            rx.el.aside(
                price_box(),
                _creator(),
                _report("max-lg:hidden"),
                custom_attrs={"aria-label": "Get this app"},
                class_name=(
                    "flex flex-col gap-5 self-start lg:sticky lg:top-20 lg:col-start-2 lg:row-span-2 lg:row-start-1"
                ),
            ),
            rx.el.div(_parts(), _report("mt-10 lg:hidden"), class_name="min-w-0 lg:col-start-1"),
            class_name="mt-6 grid grid-cols-1 gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_21rem]",
        ),
        rx.cond(ListingState.similar.length() > 0, _similar(), rx.fragment()),
        report_dialog(),
        buy_bar(),
        TryOut.create(
            phase=ListingState.try_state,
            url=ListingState.try_url,
            problem=ListingState.try_problem,
            ends_at=ListingState.try_ends_at,
            title=ListingState.about.title,
            on_close=ListingState.close_try_out,
            on_again=ListingState.try_it,
        ),
    )


def _heading() -> rx.Component:
    about = ListingState.about
    return rx.el.div(
        rx.el.nav(
            rx.el.a("Explore", href="/explore", class_name="hover:text-ink"),
            icon("chevron_right", size=13),
            rx.el.a(about.category_name, href=f"/explore?category={about.category}", class_name="hover:text-ink"),
            custom_attrs={"aria-label": "Where this is"},
            class_name="flex items-center gap-1.5 text-[13px] text-faint",
        ),
        rx.el.h1(about.title, class_name="mt-3 break-words text-3xl font-semibold tracking-[-0.025em] sm:text-4xl"),
        rx.el.p(about.tagline, class_name="mt-2 max-w-2xl text-base text-soft sm:text-lg"),
        rx.el.div(
            rx.el.a(
                ListingState.creator.name,
                href=f"/creators/{ListingState.creator.username}",
                class_name="font-medium text-ink hover:underline",
            ),
            rx.cond(
                ListingReviews.rating_count > 0,
                rx.el.a(
                    stars(ListingReviews.rating, ListingReviews.rating_count),
                    href="#reviews",
                    class_name="hover:underline",
                ),
                rx.fragment(),
            ),
            rx.cond(about.sold != "", rx.el.span(about.sold), rx.fragment()),
            rx.cond(
                about.released_at != "",
                rx.el.span("Updated ", local_time(about.released_at, shape="day")),
                rx.fragment(),
            ),
            class_name="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-sm text-soft",
        ),
        class_name="pt-8",
    )


def _parts() -> rx.Component:
    return rx.el.div(
        rx.cond(
            ListingState.about.description != "",
            _part("about", "About this app", prose(ListingState.about.description)),
            rx.fragment(),
        ),
        rx.cond(
            ListingState.bundles.length() > 0,
            _part(
                "bundles",
                "Cheaper together",
                rx.el.ul(
                    rx.foreach(ListingState.bundles, lambda each: rx.el.li(bundle_card(each), key=each.slug)),
                    class_name="flex flex-col gap-4",
                ),
            ),
            rx.fragment(),
        ),
        _part("proof", "Proof", proof_card(ListingState.proof)),
        _part("reviews", "Reviews", reviews()),
        rx.cond(
            ListingState.releases.length() > 0,
            _part(
                "versions",
                "Versions",
                rx.el.ol(rx.foreach(ListingState.releases, _release), class_name="flex flex-col gap-6"),
            ),
            rx.fragment(),
        ),
        rx.cond(
            ListingState.family.length() > 0,
            _part(
                "family",
                "Family tree",
                rx.el.ol(rx.foreach(ListingState.family, _relative), class_name="flex flex-col gap-2"),
            ),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-12",
    )


def _report(class_name: str) -> rx.Component:
    """Beside the page; on a phone, below it."""
    return rx.cond(
        ListingState.is_creator,
        rx.fragment(),
        rx.el.div(
            report_button("listing", ListingState.slug, ListingState.about.title, words="Report this app"),
            class_name=class_name,
        ),
    )


def _relative(relative: RelativeCard) -> rx.Component:
    """Each step to the right is a remix of what stands above it."""
    here = rx.el.span(relative.title, class_name="font-medium text-ink", custom_attrs={"aria-current": "page"})
    creator = rx.el.a(relative.creator, href=f"/creators/{relative.creator}", class_name="hover:underline")
    return rx.el.li(
        icon("git_fork", size=15, class_name="mt-1 text-faint"),
        rx.el.div(
            rx.el.p(
                rx.cond(
                    relative.is_this,
                    here,
                    rx.el.a(
                        relative.title,
                        href=f"/apps/{relative.slug}",
                        class_name="font-medium text-ink underline decoration-strong underline-offset-4",
                    ),
                ),
                rx.el.span(" by ", creator),
                class_name="break-words text-[15px] text-soft",
            ),
            rx.cond(relative.share != "", rx.el.p(relative.share, class_name="text-[13px] text-faint"), rx.fragment()),
            class_name="min-w-0",
        ),
        key=relative.slug,
        style={"marginInlineStart": f"calc({relative.depth} * 1.25rem)"},
        class_name="flex gap-2.5",
    )


def _part(name: str, title: str, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title", class_name="mb-5 text-xl font-semibold tracking-[-0.015em]"),
        *children,
        id=name,
        custom_attrs={"aria-labelledby": f"{name}-title"},
        class_name="scroll-mt-20",
    )


def _release(release: ReleaseCard) -> rx.Component:
    return rx.el.li(
        rx.el.h3(
            f"Version {release.number}",
            rx.el.span(local_time(release.at, shape="day"), class_name="ml-2 text-[13px] font-normal text-faint"),
            class_name="text-[15px] font-semibold text-ink",
        ),
        rx.cond(
            release.notes != "",
            prose(release.notes, class_name="mt-2"),
            rx.el.p("No notes.", class_name="mt-1 text-sm text-faint"),
        ),
        key=release.number.to_string(),
        class_name="border-l-2 border-line pl-4",
    )


def _creator() -> rx.Component:
    creator = ListingState.creator
    return card(
        rx.el.div(
            creator_picture(creator),
            rx.el.div(
                rx.el.a(
                    creator.name,
                    href=f"/creators/{creator.username}",
                    class_name="block truncate text-[15px] font-semibold text-ink hover:underline",
                ),
                rx.el.p(
                    creator.listings,
                    " · ",
                    follower_words(ListingState.followers),
                    class_name="truncate text-[13px] text-faint",
                ),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(
                ListingState.is_creator,
                rx.fragment(),
                follow_button(ListingState.follows, ListingState.toggle_follow),
            ),
            class_name="flex items-center gap-3",
        ),
        creator_badges(creator, class_name="mt-3"),
        rx.cond(
            creator.bio != "",
            rx.el.p(creator.bio, class_name="mt-3 line-clamp-4 break-words text-sm leading-relaxed text-soft"),
            rx.fragment(),
        ),
        class_name="p-5",
    )


def _similar() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Similar apps", id="similar-title", class_name="mb-5 text-xl font-semibold tracking-[-0.015em]"),
        rx.el.ul(
            rx.foreach(ListingState.similar, lambda each: rx.el.li(listing_card(each), key=each.slug)),
            class_name=GRID,
        ),
        custom_attrs={"aria-labelledby": "similar-title"},
        class_name="mt-16",
    )


def _opening() -> rx.Component:
    """As high as what comes, so that nothing moves."""
    return rx.el.div(
        rx.el.p("Opening the app’s page…", role="status", class_name="sr-only"),
        skeleton("mt-8 h-4 w-40"),
        skeleton("mt-4 h-9 w-2/3"),
        skeleton("mt-3 h-6 w-1/2"),
        rx.el.div(
            skeleton("aspect-16/10 w-full rounded-2xl"),
            skeleton("h-96 w-full rounded-xl"),
            class_name="mt-12 grid grid-cols-1 gap-10 lg:grid-cols-[minmax(0,1fr)_21rem]",
        ),
    )


def _nothing_here() -> rx.Component:
    return rx.el.div(
        empty(
            "search_x",
            rx.cond(ListingState.is_gone, "This app is not here any more", "There is no such app"),
            ListingState.problem,
            link_button("Explore the marketplace", href="/explore", variant="primary"),
            is_page=True,
        ),
        class_name="mx-auto max-w-xl py-24",
    )
