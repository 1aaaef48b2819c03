"""What somebody wrote as markdown, already safe HTML when it comes here."""

import reflex as rx

_LOOK = (
    "text-[15px] leading-relaxed text-soft break-words [&>*+*]:mt-3 [&_strong]:font-semibold [&_strong]:text-ink "
    "[&_ul]:list-disc [&_ol]:list-decimal [&_:is(ul,ol)]:pl-5 [&_:is(ul,ol)]:space-y-1 [&_li]:marker:text-faint "
    "[&_:is(h3,h4,h5,h6)]:mt-6! [&_:is(h3,h4,h5,h6)]:font-semibold [&_:is(h3,h4,h5,h6)]:text-ink "
    "[&_a]:text-accent-ink [&_a]:underline [&_a]:underline-offset-2 "
    "[&_code]:rounded-md [&_code]:bg-hover [&_code]:px-1.5 [&_code]:py-0.5 [&_code]:font-mono [&_code]:text-[13px] "
    "[&_pre]:overflow-x-auto [&_pre]:rounded-lg [&_pre]:bg-sunken [&_pre]:p-3 [&_pre_code]:bg-transparent "
    "[&_pre_code]:p-0 [&_blockquote]:border-l-2 [&_blockquote]:border-strong [&_blockquote]:pl-3 "
    "[&_table]:block [&_table]:overflow-x-auto [&_:is(th,td)]:border-b [&_:is(th,td)]:border-line "
    "[&_:is(th,td)]:py-1.5 [&_:is(th,td)]:pr-4 [&_th]:text-left [&_hr]:border-line"
)


def prose(html: rx.Var[str] | str, *, class_name: str = "") -> rx.Component:
    """`html` is of services/market/descriptions.py: nothing else may be given to it."""
    return rx.html(html, class_name=f"{_LOOK} {class_name}".strip())
