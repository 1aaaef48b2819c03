"""Models: who does what, in which order, with whose key, and what runs on this machine."""

import reflex as rx

from overskill.components.button import button, icon_button, submit_button
from overskill.components.card import card, section_card
from overskill.components.feedback import badge, callout, empty, skeleton
from overskill.components.field import CONTROL
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.provider_keys import provider_keys
from overskill.components.snippet import snippet
from overskill.state.model_rows import LocalModelRow, LocalServerRow, ModelRow, RoleRow, TeamChoice
from overskill.state.models import ModelsState
from overskill.state.session import SessionState

_OPENROUTER = "OPENROUTER_API_KEY=sk-or-…"
_OWN_SERVER = "AI_BASE_URL=http://localhost:11434/v1\nAI_MODEL=qwen3-coder"


def models_page() -> rx.Component:
    return page(
        rx.el.a(
            icon("chevron_left", size=15),
            "Settings",
            href="/settings",
            class_name="mt-8 -mb-6 inline-flex items-center gap-1 rounded-md text-sm text-soft hover:text-ink",
        ),
        page_title("Models", "What writes the apps, in which order, and with whose key.", _team_choice()),
        rx.cond(
            ModelsState.is_loaded,
            rx.el.div(
                rx.cond(ModelsState.writer == "", _recipes(), rx.fragment()),
                rx.el.div(
                    rx.foreach(ModelsState.roles, _role),
                    class_name="grid gap-4 lg:grid-cols-2",
                ),
                _explanation(),
                rx.el.div(
                    provider_keys(),
                    rx.cond(SessionState.is_admin, _servers(), rx.fragment()),
                    class_name="mt-6 divide-y divide-line border-t border-line",
                ),
            ),
            rx.el.div(*[skeleton("h-56 rounded-xl") for _ in range(4)], class_name="grid gap-4 lg:grid-cols-2"),
        ),
        width="max-w-5xl",
    )


def _team_choice() -> rx.Component:
    return rx.cond(
        ModelsState.teams.length() > 1,
        rx.el.select(
            rx.foreach(ModelsState.teams, _team_option),
            value=ModelsState.team_id,
            on_change=ModelsState.show_team,
            custom_attrs={"aria-label": "Team"},
            class_name=f"{CONTROL} h-9.5 w-auto max-w-60 px-3",
        ),
        rx.fragment(),
    )


def _team_option(team: TeamChoice) -> rx.Component:
    return rx.el.option(team.name, value=team.id)


def _recipes() -> rx.Component:
    return card(
        badge("Built-in recipes", tone="accent", icon="blocks"),
        rx.el.p(
            "Recipes make small, complete apps from what your prompt names, without any account. A model understands "
            "anything you ask for. Bring a key below for yourself or your team",
            rx.cond(SessionState.is_admin, ", or connect one for everybody: put this into .env and restart.", "."),
            class_name="mt-3 text-sm leading-relaxed text-soft",
        ),
        rx.cond(
            SessionState.is_admin,
            rx.el.div(
                snippet("OpenRouter", _OPENROUTER),
                snippet("Any OpenAI-compatible server: Ollama, vLLM, LM Studio, a provider", _OWN_SERVER),
                class_name="grid gap-x-4 sm:grid-cols-2",
            ),
            rx.fragment(),
        ),
        class_name="mb-4 p-5 sm:p-6",
    )


def _explanation() -> rx.Component:
    return rx.el.p(
        "The first model that works answers; the next is asked when it is busy, too slow, refuses, or reads too "
        "little. What was written until then is kept.",
        class_name="mt-4 text-[13px] leading-relaxed text-faint",
    )


def _role(row: RoleRow) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                rx.match(
                    row.role,
                    ("build", _role_icon("hammer")),
                    ("fix", _role_icon("wrench")),
                    ("plan", _role_icon("list_checks")),
                    _role_icon("zap"),
                ),
                rx.el.div(
                    rx.el.h2(row.title, class_name="text-[15px] font-semibold"),
                    rx.el.p(row.text, class_name="text-[13px] text-faint"),
                    class_name="min-w-0",
                ),
                class_name="flex min-w-0 flex-1 gap-2.5",
            ),
            badge(row.source),
            class_name="flex items-start justify-between gap-3",
        ),
        rx.el.ol(
            rx.foreach(row.models, lambda model: _model(row, model)),
            class_name="mt-3 flex flex-col divide-y divide-line",
        ),
        rx.cond(ModelsState.may_change, _change(row), rx.fragment()),
        class_name="flex flex-col p-5",
        key=row.role,
    )


def _role_icon(name: str) -> rx.Component:
    return icon(name, size=16, class_name="mt-1 text-faint")


def _model(role: RoleRow, model: ModelRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(model.model, class_name="min-w-0 break-all font-mono text-[13px] text-ink"),
                _state(model),
                rx.cond(model.is_own_key, badge("Own key", icon="key_round"), rx.fragment()),
                class_name="flex flex-wrap items-center gap-x-2.5 gap-y-1",
            ),
            rx.el.p(
                model.provider,
                rx.cond(model.context != "", rx.fragment(" · ", model.context, " context"), rx.fragment()),
                rx.cond(model.price != "", rx.fragment(" · ", model.price, " a million"), rx.fragment()),
                class_name="mt-0.5 text-[13px] tabular-nums text-faint",
            ),
            rx.cond(
                model.detail != "",
                rx.el.p(model.detail, class_name="mt-1 text-[13px] leading-snug text-warning"),
                rx.fragment(),
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(ModelsState.may_change, _order(role, model), rx.fragment()),
        class_name="flex items-start gap-2 py-2.5",
        key=model.key,
    )


def _state(model: ModelRow) -> rx.Component:
    return rx.match(
        model.state,
        ("ok", badge("Ready", tone="positive", dot=True)),
        ("failing", badge("Failing", tone="danger", dot=True)),
        ("not_listed", badge("Not listed", tone="warning", dot=True)),
        ("unreachable", badge("No answer", tone="danger", dot=True)),
        ("no_key", badge("No key", tone="warning", dot=True)),
        badge("Looking …", class_name="animate-pulse"),
    )


def _order(role: RoleRow, model: ModelRow) -> rx.Component:
    return rx.el.div(
        icon_button(
            "arrow_up",
            "Try earlier",
            size="sm",
            disabled=model.is_first,
            on_click=ModelsState.move(role.role, model.key, "up"),
        ),
        icon_button(
            "arrow_down",
            "Try later",
            size="sm",
            disabled=model.is_last,
            on_click=ModelsState.move(role.role, model.key, "down"),
        ),
        icon_button("x", "Remove", size="sm", on_click=ModelsState.remove(role.role, model.key)),
        class_name="-mr-2 flex shrink-0",
    )


def _change(row: RoleRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            ModelsState.providers.length() > 0,
            rx.el.form(
                rx.el.input(type="hidden", name="role", value=row.role),
                rx.el.select(
                    rx.foreach(ModelsState.providers, lambda name: rx.el.option(name, value=name)),
                    name="provider",
                    custom_attrs={"aria-label": "Provider"},
                    class_name=f"{CONTROL} h-9 w-auto max-w-32 px-2",
                ),
                rx.el.input(
                    name="model",
                    placeholder="author/model",
                    required=True,
                    max_length=120,
                    auto_complete="off",
                    custom_attrs={
                        "aria-label": "Model",
                        "spellCheck": "false",
                        "autoCapitalize": "none",
                        "aria-invalid": ModelsState.refused == f"{row.role}.model",
                    },
                    class_name=f"{CONTROL} h-9 min-w-0 flex-1 px-3 font-mono text-[13px]",
                ),
                submit_button("Add", variant="secondary", size="sm", class_name="h-9"),
                key=f"{ModelsState.added}",
                on_submit=ModelsState.add_model,
                class_name="flex items-center gap-2",
            ),
            rx.fragment(),
        ),
        rx.cond(
            ModelsState.refused == f"{row.role}.model",
            rx.el.p(ModelsState.refusal, role="alert", class_name="mt-1.5 text-[13px] text-danger"),
            rx.fragment(),
        ),
        rx.cond(
            row.is_teams,
            button(
                "Use what everybody uses",
                variant="ghost",
                size="sm",
                icon="rotate_ccw",
                on_click=ModelsState.use_usual(row.role),
                class_name="-ml-2 mt-1.5",
            ),
            rx.fragment(),
        ),
        class_name="mt-auto pt-3",
    )


def _servers() -> rx.Component:
    return section_card(
        "On this machine",
        "Ollama, LM Studio, llama.cpp and vLLM, where they listen on their usual ports. Only admins see this.",
        rx.el.div(
            rx.foreach(ModelsState.servers, _server),
            class_name="flex flex-col gap-6 not-empty:mb-5",
        ),
        rx.cond(
            ModelsState.has_searched & (ModelsState.servers.length() == 0),
            rx.el.div(
                empty(
                    "server_off",
                    "No model server answers",
                    "Start one, for example with “ollama serve”, then look again.",
                ),
                class_name="mb-5",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            button(
                rx.cond(ModelsState.has_searched, "Look again", "Look for servers"),
                icon="search",
                busy=ModelsState.is_searching,
                on_click=ModelsState.search,
            ),
            class_name="flex justify-end",
        ),
        id="servers",
    )


def _server(row: LocalServerRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3(row.name, class_name="text-sm font-medium text-ink"),
            rx.el.span(row.address, class_name="font-mono text-[13px] text-faint"),
            class_name="flex flex-wrap items-baseline gap-2.5",
        ),
        rx.el.ul(rx.foreach(row.models, _local_model), class_name="mt-2 space-y-2.5"),
        snippet("Connect it: put this into .env and restart", row.snippet),
    )


def _local_model(model: LocalModelRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(model.name, class_name="break-all font-mono text-[13px] text-ink"),
            rx.el.span(model.facts, class_name="text-[13px] text-faint"),
            class_name="flex flex-wrap items-baseline gap-x-2.5",
        ),
        rx.cond(model.warning != "", callout(model.warning, tone="warning", class_name="mt-1.5"), rx.fragment()),
    )
