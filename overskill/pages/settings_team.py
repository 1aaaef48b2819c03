"""The team: who is in it, what they may do, and inviting others."""

import reflex as rx

from overskill.components.button import button, icon_button, submit_button
from overskill.components.card import section_card
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import badge, skeleton
from overskill.components.field import CONTROL, field, text_input
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.local_time import local_time
from overskill.components.snippet import snippet
from overskill.state.team import InvitationRow, MemberRow, TeamOption, TeamState

ROLES = (
    ("editor", "Editor", "Changes and publishes apps"),
    ("viewer", "Viewer", "Looks at apps"),
    ("admin", "Admin", "Also decides who is in the team, on models and budgets"),
)


def team_page() -> rx.Component:
    return page(
        rx.el.a(
            icon("chevron_left", size=15),
            "Settings",
            href="/settings",
            class_name="mt-8 -mb-8 inline-flex items-center gap-1 rounded-md text-sm text-soft hover:text-ink",
        ),
        page_title("Team", "Whoever is in it sees its apps, and works on them together.", _team_choice()),
        rx.cond(
            TeamState.is_loaded,
            rx.el.div(
                rx.cond(TeamState.may_change, _invite(), rx.fragment()),
                _members(),
                rx.cond(TeamState.invitations.length() > 0, _invitations(), rx.fragment()),
                class_name="divide-y divide-line border-t border-line",
            ),
            rx.el.div(*[skeleton("h-44 rounded-xl") for _ in range(2)], class_name="flex flex-col gap-8 pt-8"),
        ),
        width="max-w-4xl",
    )


def _team_choice() -> rx.Component:
    return rx.cond(
        TeamState.teams.length() > 1,
        rx.el.select(
            rx.foreach(TeamState.teams, _team_option),
            value=TeamState.team_id,
            on_change=TeamState.show_team,
            custom_attrs={"aria-label": "Team"},
            class_name=f"{CONTROL} h-9.5 w-auto max-w-60 px-3",
        ),
        rx.fragment(),
    )


def _team_option(team: TeamOption) -> rx.Component:
    return rx.el.option(team.name, value=team.id)


def _invite() -> rx.Component:
    return section_card(
        "Invite somebody",
        "They get a link by mail. It works once, for a week.",
        rx.el.form(
            field(
                "Email",
                text_input(
                    "email",
                    id="invite-email",
                    type="email",
                    required=True,
                    max_length=254,
                    auto_complete="off",
                    placeholder="bob@example.com",
                ),
                error=rx.cond(TeamState.refused == "email", TeamState.refusal, ""),
            ),
            field(
                "Role",
                rx.el.select(
                    *[rx.el.option(f"{name}: {what.lower()}", value=role) for role, name, what in ROLES],
                    name="role",
                    custom_attrs={"id": "invite-role"},
                    class_name=f"{CONTROL} h-10 px-3",
                ),
                error=rx.cond(TeamState.refused == "role", TeamState.refusal, ""),
            ),
            rx.el.div(submit_button("Invite"), class_name="flex justify-end"),
            key=TeamState.link,  # once it is sent, the form is as it was at first
            on_submit=TeamState.invite,
            class_name="flex flex-col gap-4",
        ),
        rx.cond(
            TeamState.link != "",
            rx.el.div(
                rx.el.p(
                    TeamState.invited,
                    " is invited. If no mail arrives, pass this link on: it is shown only now.",
                    role="status",
                    class_name="text-sm text-soft",
                ),
                snippet("The link", TeamState.link),
                class_name="mt-5 border-t border-line pt-5",
            ),
            rx.fragment(),
        ),
        id="invite",
    )


def _members() -> rx.Component:
    return section_card(
        "People",
        "Editors change apps, viewers look at them, admins also decide who is in the team.",
        rx.el.ul(rx.foreach(TeamState.members, _member), class_name="-my-2 flex flex-col divide-y divide-line"),
        id="people",
    )


def _member(member: MemberRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            member.initials,
            custom_attrs={"aria-hidden": "true"},
            class_name=(
                "grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold "
                "text-accent-ink"
            ),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.span(member.name, class_name="truncate"),
                rx.cond(member.is_me, badge("You"), rx.fragment()),
                class_name="flex items-center gap-2 text-sm font-medium text-ink",
            ),
            rx.el.div(member.email, class_name="truncate text-[13px] text-faint"),
            class_name="min-w-0 flex-1",
        ),
        _role_of(member),
        rx.cond(~member.is_owner & (TeamState.may_change | member.is_me), _remove(member), rx.fragment()),
        key=member.id,
        class_name="flex flex-wrap items-center gap-3 py-3",
    )


def _role_of(member: MemberRow) -> rx.Component:
    fixed = badge(rx.match(member.role, ("owner", "Owner"), ("admin", "Admin"), ("editor", "Editor"), "Viewer"))
    return rx.cond(
        TeamState.may_change & ~member.is_owner,
        rx.el.select(
            *[rx.el.option(name, value=role) for role, name, _ in ROLES],
            value=member.role,
            on_change=lambda role: TeamState.change_role(member.id, role),
            custom_attrs={"aria-label": rx.Var.create("Role of ") + member.name},
            class_name=f"{CONTROL} h-8.5! w-auto! px-2 text-[13px]",
        ),
        fixed,
    )


def _remove(member: MemberRow) -> rx.Component:
    return dialog(
        "Take them out of the team?",
        rx.cond(
            member.is_me,
            "You no longer see this team's apps. Somebody has to invite you to come back.",
            rx.Var.create("") + member.name + " no longer sees this team's apps. What they made stays.",
        ),
        dialog_actions(
            cancel_button(),
            button(
                rx.cond(member.is_me, "Leave the team", "Take them out"),
                variant="danger",
                on_click=TeamState.remove(member.id),
            ),
        ),
        trigger=icon_button("user_minus", "Take out of the team", size="sm"),
    )


def _invitations() -> rx.Component:
    return section_card(
        "Invitations",
        "Links that nobody used yet.",
        rx.el.ul(rx.foreach(TeamState.invitations, _invitation), class_name="-my-2 flex flex-col divide-y divide-line"),
        id="invitations",
    )


def _invitation(one: InvitationRow) -> rx.Component:
    return rx.el.li(
        icon("mail", size=17, class_name="text-faint"),
        rx.el.div(
            rx.el.div(one.email, class_name="wrap-anywhere text-sm font-medium text-ink"),
            rx.el.div(
                rx.match(one.role, ("admin", "Admin"), ("editor", "Editor"), "Viewer"),
                " · by ",
                one.inviter,
                " · until ",
                local_time(one.expires_at, shape="moment"),
                class_name="text-[13px] text-faint",
            ),
            class_name="min-w-0 flex-1",
        ),
        button("Take back", size="sm", on_click=TeamState.take_back(one.id)),
        key=one.id,
        class_name="flex items-center gap-3.5 py-3",
    )
