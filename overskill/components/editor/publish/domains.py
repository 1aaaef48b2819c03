"""Domains of the creator's own: added, proved by DNS records that are shown to copy, led to one another, removed."""

import reflex as rx

from overskill.components.button import button, icon_button, submit_button
from overskill.components.card import card
from overskill.components.editor.browser import Disclosure
from overskill.components.feedback import badge, skeleton, spinner
from overskill.components.field import field, text_input
from overskill.components.icon import icon
from overskill.components.menu import menu, menu_item, menu_separator
from overskill.components.words import Words
from overskill.state.domains import DomainRow, DomainsState, RecordRow


def domains() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Domains", id="domains", class_name="text-[15px] font-semibold"),
        rx.el.p(
            "Show the published app at an address of your own. "
            "Its DNS has to be yours to change, usually where you bought it.",
            class_name="mt-1 max-w-prose text-sm leading-relaxed text-soft",
        ),
        card(
            rx.cond(
                DomainsState.is_loaded,
                rx.fragment(
                    rx.el.ul(rx.foreach(DomainsState.domains, _domain), class_name="divide-y divide-line"),
                    rx.cond(DomainsState.may_change, _form(), rx.fragment()),
                    rx.cond(
                        ~DomainsState.may_change & (DomainsState.domains.length() == 0),
                        rx.el.p("No domains yet.", class_name="px-5 py-6 text-sm text-faint sm:px-6"),
                        rx.fragment(),
                    ),
                ),
                rx.el.div(skeleton("h-10 w-full"), class_name="p-5 sm:p-6"),
            ),
            class_name="mt-4 overflow-hidden",
        ),
        custom_attrs={"aria-labelledby": "domains"},
    )


def _domain(row: DomainRow, place: rx.Var[int]) -> rx.Component:
    is_newest = place == DomainsState.domains.length() - 1
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.cond(
                    row.status == "active",
                    rx.el.a(
                        row.name,
                        href=f"https://{row.host}",
                        target="_blank",
                        rel="noreferrer",
                        class_name="wrap-anywhere font-medium text-ink underline-offset-2 hover:underline",
                    ),
                    rx.el.span(row.name, class_name="wrap-anywhere font-medium text-ink"),
                ),
                _status(row),
                rx.cond(
                    row.leads_to != "",
                    rx.el.span("leads to ", row.leads_to, class_name="wrap-anywhere text-[13px] text-faint"),
                    rx.fragment(),
                ),
                class_name="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1 text-sm",
            ),
            rx.cond(DomainsState.may_change, _actions(row), rx.fragment()),
            class_name="flex items-start gap-3",
        ),
        rx.cond(
            row.error != "",
            rx.el.p(row.error, role="status", class_name="mt-2 text-[13px] leading-relaxed text-soft"),
            rx.fragment(),
        ),
        rx.cond(row.records.length() > 0, _records(row, is_newest), rx.fragment()),
        key=row.id,
        class_name="px-5 py-4 sm:px-6",
    )


def _status(row: DomainRow) -> rx.Component:
    return rx.match(
        row.status,
        ("active", badge(row.words, tone="positive", dot=True)),
        ("failed", badge(row.words, tone="danger", icon="circle_alert")),
        ("issuing", badge(row.words, tone="accent", icon="shield_check")),
        badge(row.words, tone="warning", icon="clock"),
    )


def _actions(row: DomainRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            row.status == "active",
            rx.fragment(),
            button(
                rx.cond(DomainsState.is_checking, spinner(size=14), rx.fragment()),
                "Check now",
                size="sm",
                disabled=DomainsState.is_checking,
                on_click=DomainsState.check(row.id),
            ),
        ),
        menu(
            icon_button(
                "ellipsis", "More", size="sm", custom_attrs={"aria-label": rx.Var.create(f"More about {row.name}")}
            ),
            rx.cond(
                row.leads_to != "",
                menu_item("Show the app here", icon="layout_grid", on_select=DomainsState.redirect(row.id, "")),
                rx.fragment(),
            ),
            rx.foreach(
                row.may_lead_to,
                lambda host: menu_item(
                    rx.Var.create(f"Lead to {host}"),
                    icon="corner_up_right",
                    on_select=DomainsState.redirect(row.id, host),
                ),
            ),
            menu_separator(),
            menu_item("Remove", icon="trash_2", danger=True, on_select=DomainsState.remove(row.id)),
        ),
        class_name="flex shrink-0 items-center gap-1",
    )


def _records(row: DomainRow, is_newest: rx.Var[bool]) -> rx.Component:
    """Those of the domain that was added last are open."""
    return Disclosure.create(
        rx.el.span(
            icon(
                "chevron_right",
                size=14,
                class_name="text-faint transition-transform duration-150 group-data-open:rotate-90",
            ),
            "Records to set at your DNS provider",
            class_name="flex items-center gap-1.5",
        ),
        rx.el.p(
            "OverSkill looks for them by itself, every minute at first.", class_name="mt-1.5 text-[13px] text-faint"
        ),
        rx.el.ul(
            rx.foreach(row.records, _record), class_name="mt-3 divide-y divide-line rounded-lg border border-line"
        ),
        is_asked=is_newest,
        line_class="rounded-md py-0.5 text-[13px] font-medium text-ink",
        class_name="group mt-2",
    )


def _record(record: RecordRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            badge(record.kind, class_name="font-mono"),
            rx.el.span(record.purpose, class_name="text-[13px] text-faint"),
            class_name="flex items-center gap-2",
        ),
        _to_copy("Name", record.name),
        _to_copy("Value", record.value),
        key=f"{record.kind}{record.value}",
        class_name="flex flex-col gap-2 px-3.5 py-3",
    )


def _to_copy(label: str, text: Words) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, class_name="w-12 shrink-0 text-[13px] text-faint"),
        rx.el.code(text, class_name="min-w-0 flex-1 wrap-anywhere font-mono text-[13px] text-ink"),
        icon_button(
            "copy",
            f"Copy the {label.lower()}",
            size="sm",
            on_click=[rx.set_clipboard(text), rx.toast.success("Copied.")],
        ),
        class_name="flex items-center gap-2",
    )


def _form() -> rx.Component:
    return rx.el.form(
        field(
            "Add a domain",
            text_input(
                "host",
                id="domain-host",
                required=True,
                max_length=260,
                placeholder="www.example.com",
                auto_complete="off",
                auto_capitalize="off",
                spell_check=False,
                class_name="font-mono",
            ),
            error=rx.Var.create(DomainsState.refusal),
        ),
        rx.el.div(
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="with_www",
                    class_name="size-4 shrink-0 cursor-pointer accent-accent",
                ),
                "Also www in front of it, leading there",
                class_name="flex min-w-0 flex-1 basis-56 cursor-pointer items-center gap-2.5 text-[13px] text-soft",
            ),
            submit_button("Add"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        key=f"{DomainsState.added}",
        on_submit=DomainsState.add,
        class_name="flex flex-col gap-4 border-t border-line p-5 first:border-t-0 sm:p-6",
    )
