"""Credits: what is left, where it went, and what the team may spend."""

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.card import card, section_card
from overskill.components.credits import app_bars, use_chart
from overskill.components.feedback import badge, callout, empty, progress_bar, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.local_time import local_time
from overskill.state.credits import CreditsState, EntryRow, TeamChoice


def credits_page() -> rx.Component:
    return page(
        rx.el.a(
            icon("chevron_left", size=15),
            "Settings",
            href="/settings",
            class_name="mt-8 -mb-8 inline-flex items-center gap-1 rounded-md text-sm text-soft hover:text-ink",
        ),
        page_title("Credits", "What is left, and where it went.", _team_choice()),
        rx.cond(
            CreditsState.is_loaded,
            rx.el.div(
                _notices(),
                rx.el.div(_today(), _bought(), _month(), class_name="grid gap-4 md:grid-cols-3"),
                _use(),
                _ledger(),
                rx.el.div(
                    rx.cond(CreditsState.may_set_budget, _budget(), rx.fragment()),
                    _more(),
                    class_name="mt-10 divide-y divide-line border-t border-line",
                ),
            ),
            rx.el.div(
                *[skeleton("h-36 rounded-xl") for _ in range(3)],
                skeleton("h-72 rounded-xl md:col-span-3"),
                class_name="grid gap-4 md:grid-cols-3",
            ),
        ),
        width="max-w-5xl",
    )


def _team_choice() -> rx.Component:
    return rx.cond(
        CreditsState.teams.length() > 1,
        rx.el.select(
            rx.foreach(CreditsState.teams, _team_option),
            value=CreditsState.team_id,
            on_change=CreditsState.show_team,
            custom_attrs={"aria-label": "Team"},
            class_name=f"{CONTROL} h-9.5 w-auto max-w-60 px-3",
        ),
        rx.fragment(),
    )


def _team_option(team: TeamChoice) -> rx.Component:
    return rx.el.option(team.name, value=team.id)


def _notices() -> rx.Component:
    return rx.el.div(
        rx.cond(
            CreditsState.has_model,
            rx.fragment(),
            callout("Recipes write the apps on this instance, and they cost nothing. Your credits stay as they are."),
        ),
        rx.match(
            CreditsState.budget_state,
            (
                "near",
                callout(
                    "More than 80 % of this month's budget is used. At its end, messages are refused.", tone="warning"
                ),
            ),
            (
                "used",
                callout(
                    "This month's budget is used up, so messages that cost credits are refused. "
                    "An owner or admin can raise it below.",
                    tone="danger",
                ),
            ),
            rx.fragment(),
        ),
        class_name="flex flex-col gap-3 not-empty:pb-4",
    )


def _stat(title: str, figure: rx.Component, *children: rx.Component) -> rx.Component:
    return card(
        rx.el.h2(title, class_name="text-sm font-medium text-soft"),
        rx.el.p(figure, class_name="mt-2 text-3xl font-semibold tracking-[-0.02em] tabular-nums text-ink"),
        rx.el.div(*children, class_name="mt-3 flex flex-col gap-2.5 text-[13px] text-faint"),
        class_name="p-5",
    )


def _aside(*words: str | rx.Var[str]) -> rx.Component:
    return rx.el.span(*words, class_name="text-base font-normal tracking-normal text-faint")


def _today() -> rx.Component:
    return rx.cond(
        CreditsState.has_daily,
        _stat(
            "Free, today",
            rx.fragment(CreditsState.daily, _aside(" of ", CreditsState.daily_all)),
            progress_bar(rx.Var.create(CreditsState.daily_percent), "Free credits left today"),
            rx.el.p("New ones come at ", local_time(CreditsState.renews_at, shape="time"), " every day."),
        ),
        _stat("Free, today", rx.fragment("0"), rx.el.p("This instance gives no free credits.")),
    )


def _bought() -> rx.Component:
    return _stat(
        "Bought or given",
        rx.fragment(CreditsState.bought),
        rx.el.p("Used once the day's free ones are gone. They stay until then."),
        rx.cond(
            CreditsState.held != "",
            rx.el.p(CreditsState.held, " are set aside for turns under way."),
            rx.fragment(),
        ),
    )


def _month() -> rx.Component:
    return rx.cond(
        CreditsState.budget != "",
        _stat(
            "Used this month",
            rx.fragment(CreditsState.used, _aside(" of ", CreditsState.budget)),
            progress_bar(rx.Var.create(CreditsState.budget_percent), "Part of this month's budget that is used"),
            rx.el.p("The team's budget begins anew on the 1st."),
        ),
        _stat(
            "Used this month",
            rx.fragment(CreditsState.used),
            rx.el.p("The team has no budget: only what it has limits it."),
        ),
    )


def _use() -> rx.Component:
    return rx.cond(
        CreditsState.spent != "",
        rx.el.div(
            card(
                _heading("The last 30 days", CreditsState.spent),
                use_chart(),
                class_name="min-w-0 p-5 sm:p-6 lg:col-span-2",
            ),
            card(_heading("By app"), app_bars(), class_name="min-w-0 p-5 sm:p-6"),
            class_name="mt-4 grid gap-4 lg:grid-cols-3",
        ),
        rx.fragment(),
    )


def _heading(title: str, aside: str | rx.Var[str] = "") -> rx.Component:
    return rx.el.div(
        rx.el.h2(title, class_name="text-[15px] font-semibold"),
        rx.el.span(aside, class_name="text-sm tabular-nums text-faint"),
        class_name="mb-6 flex items-baseline justify-between gap-4",
    )


def _ledger() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Every entry", class_name="text-[15px] font-semibold"),
            rx.cond(
                CreditsState.entries.length() > 0,
                link_button("Download CSV", href=CreditsState.csv_address, native=True, size="sm", icon="download"),
                rx.fragment(),
            ),
            class_name="mb-3 mt-10 flex min-h-8 items-center justify-between gap-4",
        ),
        rx.cond(
            CreditsState.entries.length() > 0,
            card(_entries(), class_name="overflow-hidden"),
            empty(
                "coins",
                "Nothing was spent yet",
                "When a model writes for you, each charge is listed here with the message it was for, and so is "
                "whatever is given back.",
                link_button("Make an app", href="/", variant="primary", size="sm"),
            ),
        ),
        _paging(),
        id="entries",
    )


def _entries() -> rx.Component:
    head = "px-4 py-2.5 text-left font-medium sm:px-5"
    return rx.el.table(
        rx.el.caption("Every movement of credits, the newest first", class_name="sr-only"),
        rx.el.thead(
            rx.el.tr(
                rx.el.th("When", scope="col", class_name=f"{head} hidden w-36 sm:table-cell"),
                rx.el.th("What for", scope="col", class_name=head),
                rx.el.th("App", scope="col", class_name=f"{head} hidden w-44 md:table-cell"),
                rx.el.th("Credits", scope="col", class_name=f"{head} w-24 text-right! sm:w-28"),
                class_name="border-b border-line text-[13px] text-faint",
            )
        ),
        rx.el.tbody(rx.foreach(CreditsState.entries, _entry)),
        class_name="w-full table-fixed text-sm",
    )


def _entry(entry: EntryRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            local_time(entry.at, shape="moment"),
            class_name="hidden whitespace-nowrap px-5 py-3 align-top text-[13px] tabular-nums text-faint sm:table-cell",
        ),
        rx.el.td(
            rx.el.div(
                rx.el.span(entry.title, class_name="truncate text-ink", title=entry.title),
                rx.cond(entry.is_refund, badge("Given back", tone="positive"), rx.fragment()),
                class_name="flex min-w-0 items-center gap-2",
            ),
            rx.el.div(entry.note, class_name="mt-0.5 text-[13px] text-faint"),
            rx.el.div(
                local_time(entry.at, shape="moment"),
                rx.cond(entry.app_name != "", rx.el.span(" · ", entry.app_name), rx.fragment()),
                class_name="mt-0.5 truncate text-[13px] text-faint sm:hidden",
            ),
            class_name="px-4 py-3 align-top sm:px-5",
        ),
        rx.el.td(_entry_app(entry), class_name="hidden truncate px-5 py-3 align-top md:table-cell"),
        rx.el.td(
            entry.amount,
            custom_attrs={"data-gain": entry.is_gain},
            class_name=(
                "whitespace-nowrap px-4 py-3 text-right align-top font-medium tabular-nums text-ink sm:px-5 "
                "data-[gain=true]:text-positive"
            ),
        ),
        class_name="border-b border-line last:border-0",
    )


def _entry_app(entry: EntryRow) -> rx.Component:
    return rx.cond(
        entry.app_slug != "",
        rx.el.a(
            entry.app_name, href=f"/studio/{entry.app_slug}", class_name="text-soft hover:text-ink hover:underline"
        ),
        rx.el.span(entry.app_name, class_name="text-faint"),
    )


def _paging() -> rx.Component:
    return rx.cond(
        CreditsState.has_more | (CreditsState.page > 0),
        rx.el.div(
            button(
                "Newer",
                size="sm",
                icon="chevron_left",
                disabled=CreditsState.page == 0,
                on_click=CreditsState.turn_page(-1),
            ),
            rx.el.span(f"Page {CreditsState.page + 1}", class_name="text-[13px] tabular-nums text-faint"),
            button(
                "Older",
                size="sm",
                icon="chevron_right",
                disabled=~CreditsState.has_more,
                on_click=CreditsState.turn_page(1),
                class_name="flex-row-reverse",
            ),
            class_name="mt-3 flex items-center justify-end gap-3",
        ),
        rx.fragment(),
    )


def _budget() -> rx.Component:
    return section_card(
        "Monthly budget",
        "The most that the team spends in a month, free credits included. Messages are refused once it is used up.",
        rx.el.form(
            field(
                "Credits a month",
                text_input(
                    "budget",
                    id="monthly-budget",
                    input_mode="numeric",
                    auto_complete="off",
                    placeholder="No limit",
                    max_length=12,
                    default_value=CreditsState.budget_input,
                ),
                hint="Leave it empty for no limit.",
                error=rx.Var.create(CreditsState.refusal),
            ),
            rx.el.div(submit_button("Save budget"), class_name="flex justify-end"),
            key=f"{CreditsState.team_id}:{CreditsState.budget_input}",
            on_submit=CreditsState.save_budget,
            class_name="flex flex-col gap-4",
        ),
        id="budget",
    )


def _more() -> rx.Component:
    return section_card(
        "Getting more",
        "How it is on this instance.",
        rx.el.ul(
            rx.cond(
                CreditsState.has_daily,
                rx.el.li(
                    "Every team gets ", CreditsState.daily_all, " free credits a day. What is left at its end is gone."
                ),
                rx.fragment(),
            ),
            rx.el.li("Credits can't be bought here yet. Whoever runs this instance can give your team more: ask them."),
            rx.el.li("Models that you use with a key of your own cost no credits, and recipes never do."),
            rx.el.li("A turn that fails is given back, without your asking."),
            class_name="flex list-disc flex-col gap-2 pl-5 text-sm leading-relaxed text-soft",
        ),
        rx.cond(
            CreditsState.is_operator,
            rx.el.div(
                rx.el.p("You run this instance, so you can give credits to anybody:", class_name="text-sm text-soft"),
                rx.el.pre(
                    rx.el.code('./run credits grant ada@example.com 500 --reason "Thank you"'),
                    tab_index=0,
                    class_name=(
                        "mt-1.5 overflow-x-auto rounded-lg border border-line bg-sunken px-3.5 py-3 font-mono "
                        "text-[13px] leading-relaxed text-ink"
                    ),
                ),
                class_name="mt-4",
            ),
            rx.fragment(),
        ),
        id="more",
    )
