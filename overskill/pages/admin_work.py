"""Queues and workers as they are now, and how every part is."""

from typing import Any

import reflex as rx

from overskill.components.admin import acts, cell, nothing, panel, row, table, titled
from overskill.components.button import button
from overskill.components.dialog import cancel_button, closing, dialog, dialog_actions
from overskill.components.feedback import badge
from overskill.components.local_time import local_time
from overskill.components.tabs import segmented
from overskill.pages.admin_frame import admin_page, loading
from overskill.state.admin_work import JobRow, PartRow, QueueRow, WorkerRow, WorkState

STATES = [("failed", "Failed", ""), ("waiting", "Waiting", ""), ("running", "Running", ""), ("delayed", "Delayed", "")]


def admin_work_page() -> rx.Component:
    return admin_page(
        "work",
        "Queues",
        "What waits, who works on it, and how every part is. The page looks again every five seconds.",
        rx.cond(WorkState.is_loaded, _work(), loading()),
        actions=(
            rx.cond(
                WorkState.is_live,
                badge("Live", tone="positive", dot=True),
                button("Watch again", size="sm", icon="refresh_cw", on_click=WorkState.watch),
            ),
        ),
    )


def _work() -> rx.Component:
    return rx.fragment(
        panel(
            "Parts",
            "Each is asked a real question.",
            rx.el.ul(rx.foreach(WorkState.parts, _part), class_name="grid gap-3 sm:grid-cols-2 xl:grid-cols-4"),
        ),
        panel(
            "Queues",
            "Choose one to see its jobs.",
            rx.el.ul(rx.foreach(WorkState.queues, _queue), class_name="grid gap-3 sm:grid-cols-2"),
        ),
        _jobs(),
        panel(
            "Workers",
            "What each does now, and when it was last heard of.",
            rx.cond(
                WorkState.workers.length() > 0,
                table(
                    "Workers",
                    [("Worker", ""), ("Does", ""), ("Heard of", "hidden w-40 sm:table-cell")],
                    rx.foreach(WorkState.workers, _worker),
                ),
                nothing("No worker is there: nothing is built or published until one is started."),
            ),
        ),
    )


def _part(part: PartRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(part.name, class_name="font-medium capitalize text-ink"),
            rx.cond(part.is_well, badge("Well", tone="positive", dot=True), badge("Down", tone="danger", dot=True)),
            class_name="flex items-center justify-between gap-2",
        ),
        rx.el.p(part.note, class_name="mt-1 text-[13px] text-faint"),
        rx.el.p("So since ", local_time(part.since, shape="moment"), class_name="text-[13px] text-faint"),
        key=part.name,
        class_name="rounded-xl border border-line bg-surface px-4 py-3 shadow-card",
    )


def _queue(queue: QueueRow) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.div(queue.name, class_name="font-medium text-ink"),
            rx.el.dl(
                _count("Waiting", queue.waiting),
                _count("Running", queue.running),
                _count("Failed", queue.failed),
                _count("Delayed", queue.delayed),
                class_name="mt-2 grid grid-cols-4 gap-2",
            ),
            type="button",
            on_click=WorkState.show_jobs(queue.name, WorkState.job_state),
            custom_attrs={"aria-pressed": WorkState.queue == queue.name},
            class_name=(
                "w-full rounded-xl border border-line bg-surface px-4 py-3 text-left shadow-card transition-colors "
                "duration-150 hover:bg-hover aria-pressed:border-accent"
            ),
        ),
        key=queue.name,
    )


def _count(words: str, count: Any) -> rx.Component:  # noqa: ANN401
    return rx.el.div(
        rx.el.dt(words, class_name="text-[11px] text-faint"),
        rx.el.dd(count, class_name="text-base font-semibold tabular-nums text-ink"),
    )


def _jobs() -> rx.Component:
    return panel(
        rx.Var.create(f"Jobs of {WorkState.queue}"),
        "At most 50 of them.",
        rx.cond(
            WorkState.jobs.length() > 0,
            table("Jobs", [("Job", ""), ("", "")], rx.foreach(WorkState.jobs, _job)),
            nothing("There are none."),
        ),
        actions=(
            segmented(
                "Which jobs",
                WorkState.job_state,
                STATES,
                lambda state: WorkState.show_jobs(WorkState.queue, state),
            ),
            rx.cond(
                (WorkState.job_state == "failed") & (WorkState.jobs.length() > 0),
                _asked(
                    "Put all back",
                    "Put all failed jobs back?",
                    "Each runs again. Jobs are made to run twice without harm.",
                    WorkState.retry_all,
                ),
                rx.fragment(),
            ),
        ),
    )


def _job(job: JobRow) -> rx.Component:
    return row(
        cell(
            titled(
                rx.el.span(job.what, class_name="font-mono text-[13px]"),
                rx.el.span(job.ids, class_name="font-mono"),
                rx.cond(job.at != "", local_time(job.at, shape="moment"), rx.fragment()),
                rx.cond(
                    job.error != "",
                    rx.el.details(
                        rx.el.summary("Why it failed", class_name="cursor-pointer text-danger"),
                        rx.el.pre(
                            job.error,
                            tab_index=0,
                            class_name="mt-2 max-h-64 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3",
                        ),
                    ),
                    rx.fragment(),
                ),
            )
        ),
        acts(
            rx.cond(
                WorkState.job_state == "failed",
                button("Put back", size="sm", on_click=WorkState.retry(job.id)),
                rx.fragment(),
            ),
            _asked(
                "Cancel",
                "Cancel this job?",
                "Waiting or failed, it is deleted; running, its worker stops it. What it works on says that it is "
                "not done, and may be put back by itself.",
                WorkState.cancel(job.id),
            ),
        ),
        key=job.id,
    )


def _asked(words: str, title: str, text: str, event: Any) -> rx.Component:  # noqa: ANN401
    """A button that asks again."""
    return dialog(
        title,
        text,
        dialog_actions(cancel_button("Leave it"), closing(button(words, variant="danger", on_click=event))),
        trigger=button(words, size="sm"),
    )


def _worker(worker: WorkerRow) -> rx.Component:
    return row(
        cell(titled(rx.el.span(worker.name, class_name="font-mono text-[13px]"), worker.queues, worker.note)),
        cell(titled(rx.cond(worker.job != "", worker.job, "Waits"), worker.state)),
        cell(
            rx.cond(worker.heartbeat != "", local_time(worker.heartbeat, shape="moment"), rx.fragment()),
            class_name="hidden text-[13px] text-faint sm:table-cell",
        ),
        key=worker.name,
    )
