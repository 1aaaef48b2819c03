"""A creator's own page, as they edit it."""

import reflex as rx

from overskill.components.button import link_button, submit_button
from overskill.components.card import section_card
from overskill.components.feedback import badge, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.market.desk import desk_page
from overskill.components.market.pictures import CreatorPicture
from overskill.state.sell import (
    LONGEST_CREATOR_BIO,
    LONGEST_CREATOR_NAME,
    LONGEST_CREATOR_USERNAME,
    LONGEST_CREATOR_WEBSITE,
)
from overskill.state.sell_profile import ProfileState


def sell_profile_page() -> rx.Component:
    return desk_page(
        "profile",
        "Your page",
        "What buyers see of you.",
        rx.cond(
            ProfileState.is_loaded,
            rx.el.div(_who(), _standing(), class_name="divide-y divide-line"),
            rx.el.div(*[skeleton("h-44 rounded-xl") for _ in range(2)], class_name="flex flex-col gap-8"),
        ),
        actions=(
            link_button(
                "See it", href=rx.Var.create(f"/creators/{ProfileState.username}"), size="sm", icon="external_link"
            ),
        ),
    )


def _who() -> rx.Component:
    return section_card(
        "Who you are",
        "Another username is another address: links to the one before no longer lead to you.",
        CreatorPicture.create(checksum=ProfileState.picture, on_done=ProfileState.load),
        rx.el.form(
            field(
                "Name",
                text_input(
                    "name",
                    id="profile-name",
                    default_value=ProfileState.name,
                    max_length=LONGEST_CREATOR_NAME,
                    required=True,
                    auto_complete="off",
                ),
                error=_refusal_of("name"),
            ),
            field(
                "Username",
                text_input(
                    "username",
                    id="profile-username",
                    default_value=ProfileState.username,
                    max_length=LONGEST_CREATOR_USERNAME,
                    required=True,
                    auto_complete="off",
                    spell_check=False,
                    class_name="font-mono",
                ),
                error=_refusal_of("username"),
            ),
            field(
                "About you",
                rx.el.textarea(
                    name="bio",
                    default_value=ProfileState.bio,
                    max_length=LONGEST_CREATOR_BIO,
                    rows=3,
                    custom_attrs={"id": "profile-bio"},
                    class_name=f"{CONTROL} resize-y px-3 py-2 leading-relaxed",
                ),
                error=_refusal_of("bio"),
            ),
            field(
                "Website",
                text_input(
                    "website",
                    id="profile-website",
                    default_value=ProfileState.website,
                    max_length=LONGEST_CREATOR_WEBSITE,
                    auto_complete="url",
                ),
                error=_refusal_of("website"),
            ),
            rx.el.div(submit_button("Save"), class_name="flex justify-end"),
            key=ProfileState.saved.to_string(),
            on_submit=ProfileState.save,
            class_name="mt-6 flex flex-col gap-4 border-t border-line pt-6",
        ),
    )


def _standing() -> rx.Component:
    return section_card(
        "Standing",
        "Worked out each hour from what you earned and how buyers rated it.",
        rx.el.div(
            rx.el.div(
                rx.el.p("Level", class_name="text-sm font-medium text-ink"),
                rx.el.p(ProfileState.next_level, class_name="mt-0.5 text-[13px] text-faint"),
                class_name="min-w-0 flex-1 basis-56",
            ),
            badge(ProfileState.level, tone="accent"),
            class_name="flex flex-wrap items-center gap-4",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p("Verified", class_name="text-sm font-medium text-ink"),
                rx.el.p(
                    rx.cond(
                        ProfileState.is_verified,
                        "Buyers see a mark beside your name.",
                        "Once Stripe knows who you are, buyers see a mark beside your name.",
                    ),
                    class_name="mt-0.5 text-[13px] text-faint",
                ),
                class_name="min-w-0 flex-1 basis-56",
            ),
            rx.cond(
                ProfileState.is_verified,
                badge("Verified", tone="positive", icon="badge_check"),
                link_button("Set up payouts", href="/sell/earnings", size="sm"),
            ),
            class_name="mt-5 flex flex-wrap items-center gap-4 border-t border-line pt-5",
        ),
    )


def _refusal_of(name: str) -> rx.Var[str]:
    return rx.cond(ProfileState.refused == name, ProfileState.refusal, "")
