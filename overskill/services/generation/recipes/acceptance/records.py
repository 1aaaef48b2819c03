"""Checks of the views that keep records: what is added is there, what is looked for is found."""

from overskill.clients.checker import AcceptanceCheck
from overskill.services.generation.recipes.acceptance.steps import At, check, click, fill, not_see, press, see
from overskill.services.generation.recipes.words import low

_TYPED_AS_TEXT = frozenset({"text", "email", "phone", "url"})  # in the first field of the dialog
_MATCHES_NOTHING = "zzqx"


def listed(at: At) -> list[AcceptanceCheck]:
    return [*added(at), *_needs_a_name(at), *_searched(at, "Nothing matches")]


def added(at: At) -> list[AcceptanceCheck]:
    add = f"Add {at.one}"
    if at.entity.title.type not in _TYPED_AS_TEXT:
        return [check(f"{_one(at)} can be added", at.open, click(add), see(f"Add {at.article} {at.one}"))]
    return [
        check(
            f"{_one(at)} that is added is shown",
            at.open,
            click(add),
            fill(at.title_label, at.unheard_of),
            press("Enter"),
            see(at.unheard_of),
        )
    ]


def noted(at: At) -> list[AcceptanceCheck]:
    written = check(
        f"{_one(at)} that is written is in the list",
        at.open,
        click(f"New {at.one}"),
        fill(at.title_label, at.unheard_of),
        see(at.unheard_of),
    )
    return [written, *_searched(at, "Nothing here")]


def posted(at: At) -> list[AcceptanceCheck]:
    written = check(
        f"{_one(at)} that is written is shown",
        at.open,
        click("Write"),
        fill(at.title_label, at.unheard_of),
        press("Enter"),
        see(at.unheard_of),
    )
    nothing = check(
        "A search without a result says so",
        at.open,
        fill("Search the posts", _MATCHES_NOTHING),
        see("Nothing here yet"),
    )
    return [written, nothing]


def said(at: At) -> list[AcceptanceCheck]:
    message = "A trial message to all"
    return [check("A message that is sent is shown", at.open, fill("Message", message), click("Send"), see(message))]


def paid(at: At) -> list[AcceptanceCheck]:
    add = f"Add {at.one}"
    noted_down = check(
        f"{_one(at)} that is added is in the list",
        at.open,
        click(add),
        fill(at.title_label, at.unheard_of),
        fill("Amount", "42"),
        press("Enter"),
        see(at.unheard_of),
    )
    refused = check(
        f"{_one(at)} without an amount is refused",
        at.open,
        click(add),
        fill(at.title_label, at.unheard_of),
        press("Enter"),
        see("Fill in how much it was"),
    )
    return [noted_down, refused]


def documented(at: At) -> list[AcceptanceCheck]:
    begun = click(f"New {at.one}")
    client = at.entity.field("client")
    if client is None:
        return [check(f"{_one(at)} can be begun", at.open, begun, see("Print"))]
    name = "Trial & Sons"
    return [
        check(f"{_one(at)} shows the client that was typed", at.open, begun, fill(client.label, name), see(name)),
        check(f"{_one(at)} can be printed", at.open, begun, see("Print")),
    ]


def sold(at: At) -> list[AcceptanceCheck]:
    nothing = _searched(at, "Nothing matches")
    if not at.samples():
        return nothing
    product = at.samples()[0]
    put_in = click(f"Add {product} to the cart")
    is_full = not_see("Nothing in it yet")  # looked for once the cart has slid in
    ordered = (click("Cart"), is_full, click("Place the order"), see("Your order is noted"))
    return [
        check("What is added is in the cart", at.open, put_in, see(f"{product} is in your cart")),
        check("An order can be placed", at.open, put_in, *ordered),
        *nothing,
    ]


def _needs_a_name(at: At) -> list[AcceptanceCheck]:
    """Only where the dialog begins with a text that has to be filled in."""
    title = at.entity.title
    if title.type not in _TYPED_AS_TEXT:
        return []
    return [
        check(
            f"{_one(at)} needs a {low(title.label)}",
            at.open,
            click(f"Add {at.one}"),
            fill(title.label, " "),
            press("Enter"),
            see(f"Fill in the {low(title.label)}"),
        )
    ]


def _searched(at: At, nothing: str) -> list[AcceptanceCheck]:
    if not at.entity.search:
        return []
    search = fill(f"Search {at.many}", _MATCHES_NOTHING)
    return [check("A search without a result says so", at.open, search, see(nothing))]


def _one(at: At) -> str:
    return f"{at.article.capitalize()} {at.one}"
