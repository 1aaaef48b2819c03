"""One update of a bought app: what it brings, what happens with one's own changes, and the decision."""

import reflex as rx

from overskill.components.button import button, link_button, submit_button
from overskill.components.card import card
from overskill.components.dialog import cancel_button, dialog, dialog_actions
from overskill.components.feedback import Tone, badge, callout, skeleton, waiting
from overskill.components.icon import icon
from overskill.components.layout import page, page_title
from overskill.components.market.side_by_side import side_by_side
from overskill.components.words import Words
from overskill.state.update import ChangedFile, ConflictRow, UpdateState

_TEXT = "text-sm leading-relaxed text-soft"
_PATH = "min-w-0 flex-1 truncate font-mono text-xs text-ink"


def update_page() -> rx.Component:
    return page(
        rx.el.a(
            icon("chevron_left", size=15),
            "Library",
            href="/library",
            class_name="mt-8 -mb-8 inline-flex items-center gap-1 rounded-md text-sm text-soft hover:text-ink",
        ),
        rx.cond(
            UpdateState.is_missing,
            _missing(),
            rx.cond(UpdateState.is_loaded, _update(), _opening()),
        ),
        width="max-w-4xl",
    )


def _opening() -> rx.Component:
    return rx.el.div(
        skeleton("mt-12 h-8 w-72"), skeleton("mt-3 h-4 w-96 max-w-full"), skeleton("mt-8 h-40 w-full rounded-xl")
    )


def _missing() -> rx.Component:
    return rx.el.div(
        page_title("No update here", "It isn't for an app of yours, or the app was removed."),
        link_button("Open your library", href="/library", icon="library"),
    )


def _update() -> rx.Component:
    return rx.el.div(
        page_title(
            f"{UpdateState.title}: release {UpdateState.release}",
            f"For your app {UpdateState.app_name}, which has release {UpdateState.current_release}.",
            link_button("Open the app in the studio", href=f"/studio/{UpdateState.app_slug}", size="sm"),
        ),
        rx.el.div(
            rx.cond(UpdateState.notes != "", _notes(), rx.fragment()),
            _state_card(),
            rx.cond(UpdateState.conflicts.length() > 0, _conflicts(), rx.fragment()),
            rx.cond(UpdateState.files.length() > 0, _files(), rx.fragment()),
            class_name="flex flex-col gap-5",
        ),
    )


def _notes() -> rx.Component:
    return card(
        rx.el.h2("What is new", class_name="text-[15px] font-semibold"),
        rx.el.p(UpdateState.notes, class_name=f"mt-2 whitespace-pre-wrap break-words {_TEXT}"),
        class_name="p-5",
    )


def _state_card() -> rx.Component:
    return card(
        rx.match(
            UpdateState.status,
            ("offered", _offered()),
            ("merging", _working("Merging the release with your changes…")),
            ("checking", _working("Building the result and trying it in a browser…")),
            ("conflicted", _conflicted()),
            ("ready", _ready()),
            ("refused", _refused()),
            ("failed", _refused()),
            ("accepted", _accepted()),
            ("declined", _declined()),
            rx.fragment(),
        ),
        class_name="p-5",
        custom_attrs={"aria-live": "polite"},
    )


def _stage(tone: Tone, mark: str, words: str, text: Words, *actions: rx.Component) -> rx.Component:
    return rx.el.div(
        badge(words, tone=tone, icon=mark),
        rx.el.p(text, class_name=f"mt-3 break-words {_TEXT}"),
        rx.el.div(*actions, class_name="mt-4 flex flex-wrap gap-2") if actions else rx.fragment(),
    )


def _offered() -> rx.Component:
    return _stage(
        "accent",
        "package_check",
        "New release",
        "It is merged with what you changed, checked and shown to you. Your app stays as it is until you accept.",
        button("Prepare the update", variant="primary", icon="git_merge", on_click=UpdateState.begin),
        _decline(),
    )


def _working(words: str) -> rx.Component:
    return rx.el.div(
        waiting(words),
        rx.el.p("This takes some seconds. You can close the page meanwhile.", class_name=f"mt-2 {_TEXT}"),
    )


def _conflicted() -> rx.Component:
    return _stage(
        "warning",
        "git_merge",
        "Somebody has to choose",
        "You and the release changed the same lines. Choose file by file below; then the result is checked.",
        rx.cond(UpdateState.has_model, _hand_over(), rx.fragment()),
        _decline(),
    )


def _hand_over() -> rx.Component:
    return dialog(
        "Let the model bring it together?",
        "Your text stays in these files for now. Once you accept the update, a turn in the studio brings the release's "
        "changes into them. It costs credits like any other turn, and can be undone.",
        dialog_actions(
            cancel_button(),
            button("Leave it to the model", variant="primary", on_click=UpdateState.hand_to_model),
        ),
        trigger=button("Leave it to the model", icon="sparkles"),
    )


def _ready() -> rx.Component:
    return _stage(
        "positive",
        "circle_check",
        "Ready: all checks pass",
        "Look at the result at an address of its own. Accepting makes it your app's next version and, if your app is "
        "live, publishes it. It can be undone under Versions.",
        button("Accept the update", variant="primary", icon="check", on_click=UpdateState.accept),
        link_button(
            "Look at the result", href=UpdateState.preview_url, icon="external_link", native=True, target="_blank"
        ),
        _decline(),
    )


def _refused() -> rx.Component:
    return rx.el.div(
        callout(UpdateState.error, tone="warning"),
        rx.el.div(
            button("Try again", icon="rotate_ccw", on_click=UpdateState.begin), _decline(), class_name="mt-4 flex gap-2"
        ),
    )


def _accepted() -> rx.Component:
    return rx.el.div(
        _stage(
            "positive",
            "circle_check",
            "Your app has this release",
            "It is the newest version of your app. Versions in the studio brings back any earlier one.",
        ),
        rx.cond(UpdateState.error != "", callout(UpdateState.error, tone="warning", class_name="mt-3"), rx.fragment()),
    )


def _declined() -> rx.Component:
    return _stage(
        "neutral",
        "info",
        "Not taken",
        f"Your app stays on release {UpdateState.current_release}. The next release is offered again.",
        button("Prepare it after all", icon="git_merge", on_click=UpdateState.begin),
    )


def _decline() -> rx.Component:
    return button(f"Stay on release {UpdateState.current_release}", variant="ghost", on_click=UpdateState.decline)


def _conflicts() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Changed on both sides", class_name="text-[15px] font-semibold"),
        card(
            rx.el.ul(rx.foreach(UpdateState.conflicts, _conflict), class_name="divide-y divide-line"),
            class_name="mt-3 overflow-hidden",
        ),
    )


def _conflict(row: ConflictRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                row.path, title=row.path, class_name="min-w-0 flex-1 basis-48 truncate font-mono text-xs text-ink"
            ),
            rx.match(
                row.choice,
                ("yours", badge("Yours", tone="positive")),
                ("theirs", badge("The release's", tone="positive")),
                ("written", badge("Yours and theirs", tone="positive")),
                ("model", badge("For the model", tone="accent", icon="sparkles")),
                badge("Choose", tone="warning"),
            ),
            button(
                rx.cond(row.is_open, "Close", "Compare"),
                variant="ghost",
                size="sm",
                on_click=UpdateState.compare(row.path),
                custom_attrs={"aria-expanded": row.is_open, "aria-label": f"Compare {row.path}"},
            ),
            class_name="flex flex-wrap items-center gap-2 px-4 py-2.5",
        ),
        rx.cond(row.is_open, _comparison(row), rx.fragment()),
    )


def _comparison(row: ConflictRow) -> rx.Component:
    return rx.el.div(
        side_by_side(row.path, UpdateState.yours, UpdateState.theirs, left_name="Yours", right_name="The release's"),
        rx.cond(
            UpdateState.is_cut,
            rx.el.p("These texts are long: only their beginning is shown.", class_name="text-[13px] text-faint"),
            rx.fragment(),
        ),
        rx.cond(UpdateState.is_writing, _writing(row), _choices(row)),
        class_name="flex flex-col gap-3 border-t border-line bg-sunken p-4",
    )


def _choices(row: ConflictRow) -> rx.Component:
    return rx.el.div(
        button("Keep mine", size="sm", on_click=UpdateState.choose(row.path, "yours")),
        button("Take the release's", size="sm", on_click=UpdateState.choose(row.path, "theirs")),
        rx.cond(
            UpdateState.is_cut,
            rx.fragment(),
            button("Write one out of both", size="sm", variant="ghost", on_click=UpdateState.write),
        ),
        class_name="flex flex-wrap gap-2",
    )


def _writing(row: ConflictRow) -> rx.Component:
    return rx.el.form(
        rx.el.textarea(
            name="text",
            default_value=UpdateState.yours,
            rows=16,
            spell_check=False,
            custom_attrs={"aria-label": f"The text of {row.path}"},
            class_name=(
                "w-full rounded-lg border border-strong bg-surface p-3 font-mono text-[12px] leading-relaxed text-ink"
            ),
        ),
        rx.el.div(
            submit_button("Use this text", size="sm"),
            button("Keep mine", size="sm", variant="ghost", on_click=UpdateState.choose(row.path, "yours")),
            class_name="flex flex-wrap gap-2",
        ),
        on_submit=UpdateState.save_written,
        class_name="flex flex-col gap-3",
    )


def _files() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What it changes in your app", class_name="text-[15px] font-semibold"),
        card(
            rx.el.ul(rx.foreach(UpdateState.files, _file), class_name="max-h-80 divide-y divide-line overflow-auto"),
            class_name="mt-3 overflow-hidden",
        ),
    )


def _file(file: ChangedFile) -> rx.Component:
    return rx.el.li(
        rx.el.span(file.path, title=file.path, class_name=_PATH),
        rx.match(
            file.what,
            ("added", badge("Added", tone="positive")),
            ("removed", badge("Removed", tone="danger")),
            badge("Changed"),
        ),
        class_name="flex items-center gap-3 px-4 py-2",
    )
