"""What the platform found out about exactly the version that is sold: checks, scores, size, packages."""

import reflex as rx

from overskill.components.card import card
from overskill.components.feedback import badge
from overskill.components.icon import icon
from overskill.components.local_time import local_time
from overskill.state.proof_cards import CheckLine, FigureLine, FoundLine, PackageLine, ProofCard, ScoreRing

_TONES = (("positive", "text-positive"), ("warning", "text-warning"), ("danger", "text-danger"))
_SUMMARY = (
    "flex cursor-pointer list-none items-center gap-2 py-3 text-sm font-medium text-ink hover:text-accent-ink "
    "focus-visible:outline-2 focus-visible:outline-ring [&::-webkit-details-marker]:hidden"
)


def proof_card(proof: ProofCard, *, what: str = "what is sold") -> rx.Component:
    """`what` its version is. Where there is no proof, it says why there is none."""
    return rx.cond(proof.is_there, _proof(proof, what), _no_proof())


def _proof(proof: ProofCard, what: str) -> rx.Component:
    return card(
        _head(proof, what),
        _figures(proof),
        rx.el.ul(rx.foreach(proof.checks, _check), class_name="grid gap-x-8 gap-y-2.5 border-t border-line p-5 sm:p-6"),
        rx.cond(proof.left_out.length() > 0, _not_made(proof), rx.fragment()),
        rx.el.div(
            _more("Speed, measured", _speed(proof), is_shown=proof.performance.is_there),
            _more("What makes it hard to use for some", _found(proof.barriers), is_shown=proof.barriers.length() > 0),
            _more("What the security scan found", _found(proof.hazards), is_shown=proof.hazards.length() > 0),
            _more("Its packages and their licences", _packages(proof), is_shown=proof.packages.length() > 0),
            _more("What else was not looked at", _further(proof), is_shown=proof.not_checked.length() > 0),
            class_name="divide-y divide-line border-t border-line px-5 sm:px-6",
        ),
        class_name="overflow-hidden",
    )


def _no_proof() -> rx.Component:
    return card(
        rx.el.div(
            icon("shield_question", size=20, class_name="mt-0.5 text-faint"),
            rx.el.p(
                "There is no proof of this version: it has not been checked yet, or it changed since. "
                "What was found out about another version is not shown.",
                class_name="text-sm leading-relaxed text-soft",
            ),
            class_name="flex gap-3 p-5 sm:p-6",
        )
    )


def _head(proof: ProofCard, what: str) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(proof.is_flawless, icon("shield_check", size=22), icon("shield_alert", size=22)),
            class_name=rx.cond(
                proof.is_flawless,
                "grid size-11 shrink-0 place-items-center rounded-xl bg-positive-soft text-positive",
                "grid size-11 shrink-0 place-items-center rounded-xl bg-warning-soft text-warning",
            ),
        ),
        rx.el.div(
            rx.el.p(proof.headline, class_name="text-[15px] font-semibold text-ink"),
            rx.el.p(
                "Computed by OverSkill, not by its creator, for exactly version ",
                proof.version,
                f", which is {what}. ",
                local_time(proof.checked_at, shape="moment"),
                class_name="mt-0.5 text-[13px] leading-relaxed text-soft",
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            proof.screenshot != "",
            rx.el.a(
                rx.el.img(
                    src=proof.screenshot,
                    alt="The start page as it was when it was checked",
                    loading="lazy",
                    class_name="h-16 w-26 rounded-lg border border-line object-cover object-top",
                ),
                href=proof.screenshot,
                target="_blank",
                class_name="hidden shrink-0 rounded-lg focus-visible:outline-2 focus-visible:outline-ring sm:block",
            ),
        ),
        class_name="flex items-start gap-4 p-5 sm:p-6",
    )


def _figures(proof: ProofCard) -> rx.Component:
    """What was measured; of what was not, one sentence."""
    return rx.el.div(
        rx.el.div(
            _ring("Performance", "A phone on slow 4G", proof.performance),
            _ring("Accessibility", "By axe-core's rules", proof.accessibility),
            rx.cond(proof.load != "", _size(proof), rx.fragment()),
            class_name="flex flex-col gap-x-10 gap-y-4 empty:hidden sm:flex-row sm:flex-wrap",
        ),
        rx.cond(proof.unmeasured != "", rx.el.p(proof.unmeasured, class_name="text-[13px] text-faint"), rx.fragment()),
        class_name="flex flex-col gap-4 border-t border-line p-5 sm:p-6",
    )


def _not_made(proof: ProofCard) -> rx.Component:
    return rx.el.div(
        rx.el.h3("Not checked", class_name="text-[13px] font-medium text-soft"),
        rx.el.ul(
            rx.foreach(
                proof.left_out,
                lambda one: rx.el.li(
                    rx.el.span(one.titles, class_name="text-soft"),
                    ". ",
                    one.why,
                    class_name="text-[13px] leading-relaxed text-faint wrap-anywhere",
                ),
            ),
            class_name="mt-1.5 flex flex-col gap-1.5",
        ),
        class_name="border-t border-line p-5 sm:p-6",
    )


def _ring(name: str, under: str, score: ScoreRing) -> rx.Component:
    """Nothing where it was not measured."""
    share = rx.Var.create(f"conic-gradient(currentColor {score.value}%, var(--line) 0)")
    ring = rx.el.div(
        rx.el.div(
            score.value,
            class_name="grid size-11 place-items-center rounded-full bg-surface text-base font-semibold tabular-nums",
        ),
        role="img",
        custom_attrs={"aria-label": f"{name}: {score.words}"},
        style={"background": share},
        class_name=f"grid size-14 shrink-0 place-items-center rounded-full {_toned(score.tone)}",
    )
    measured = rx.el.div(
        ring,
        rx.el.div(
            rx.el.p(name, class_name="text-sm font-medium text-ink"),
            rx.el.p(under, class_name="text-[13px] text-faint"),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-3.5",
    )
    return rx.cond(score.is_there, measured, rx.fragment())


def _size(proof: ProofCard) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            icon("package", size=20),
            class_name="grid size-14 shrink-0 place-items-center rounded-full bg-sunken text-soft",
        ),
        rx.el.div(
            rx.el.p(proof.load, class_name="text-sm font-medium text-ink"),
            rx.el.p("To load before it is there", class_name="text-[13px] text-faint"),
            class_name="min-w-0",
        ),
        class_name="flex items-center gap-3.5",
    )


def _check(check: CheckLine) -> rx.Component:
    mark = rx.cond(
        check.result == "passed",
        icon("circle_check", size=17, class_name="mt-0.5 text-positive"),
        icon("circle_x", size=17, class_name="mt-0.5 text-danger"),
    )
    return rx.el.li(
        mark,
        rx.el.div(
            rx.el.span(check.title, class_name="text-sm text-ink"),
            rx.el.span(f" ({check.words})", class_name="sr-only"),
            rx.foreach(
                check.details,
                lambda detail: rx.el.p(detail, class_name="text-[13px] leading-relaxed text-faint wrap-anywhere"),
            ),
            class_name="min-w-0",
        ),
        class_name="flex gap-2.5",
    )


def _more(words: str, *children: rx.Component, is_shown: bool) -> rx.Component:
    return rx.cond(
        is_shown,
        rx.el.details(
            rx.el.summary(
                icon("chevron_right", size=15, class_name="text-faint transition-transform group-open:rotate-90"),
                words,
                class_name=_SUMMARY,
            ),
            rx.el.div(*children, class_name="pb-5 pl-6"),
            class_name="group",
        ),
    )


def _speed(proof: ProofCard) -> rx.Component:
    return rx.el.div(
        rx.el.dl(rx.foreach(proof.performance.figures, _figure), class_name="grid gap-2 sm:grid-cols-2"),
        _small(proof.performance.how),
        _small(proof.load_words),
        rx.cond(proof.accessibility.is_there, _small(proof.accessibility.how)),
    )


def _figure(figure: FigureLine) -> rx.Component:
    return rx.el.div(
        rx.el.dt(figure.name, class_name="text-sm text-soft"),
        rx.el.dd(figure.value, class_name=f"text-sm font-medium tabular-nums {_toned(figure.tone)}"),
        class_name="flex items-baseline justify-between gap-4",
    )


def _found(lines: list[FoundLine]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            lines,
            lambda line: rx.el.li(
                rx.match(
                    line.tone,
                    ("danger", badge(line.grade, tone="danger")),
                    ("warning", badge(line.grade, tone="warning")),
                    badge(line.grade),
                ),
                rx.el.div(
                    rx.el.p(line.text, class_name="text-sm text-ink"),
                    rx.el.p(line.place, class_name="text-[13px] text-faint wrap-anywhere"),
                    class_name="min-w-0",
                ),
                class_name="flex items-start gap-3",
            ),
        ),
        class_name="flex flex-col gap-3",
    )


def _packages(proof: ProofCard) -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            rx.foreach(proof.packages, _package),
            class_name="grid gap-x-8 gap-y-1.5 sm:grid-cols-2",
        ),
        _small(proof.audit),
    )


def _package(package: PackageLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(package.name, " ", package.version, class_name="font-mono text-[13px] text-ink wrap-anywhere"),
            rx.el.span(package.licence, class_name="shrink-0 text-[13px] text-faint"),
            class_name="flex items-baseline justify-between gap-3",
        ),
        rx.foreach(
            package.problems, lambda problem: rx.el.p(problem, class_name="text-[13px] text-danger wrap-anywhere")
        ),
    )


def _further(proof: ProofCard) -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            proof.not_checked,
            lambda words: rx.el.li(words, class_name="text-sm leading-relaxed text-soft wrap-anywhere"),
        ),
        class_name="flex list-disc flex-col gap-1.5 pl-4",
    )


def _small(words: str) -> rx.Component:
    return rx.el.p(words, class_name="mt-3 text-[13px] leading-relaxed text-faint")


def _toned(tone: str) -> str:
    return rx.match(tone, *_TONES, "text-soft")
