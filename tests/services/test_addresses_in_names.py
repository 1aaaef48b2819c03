"""No name carries a web address into other people's mailboxes."""

import re

import pytest

from overskill.errors import InvalidInput
from overskill.services.addresses_in_names import refuse_address, unlinked

ADDRESSES = [
    "Ada https://evil.example",
    "HTTP://EVIL.EXAMPLE/x",
    "ftp://evil.example",
    "Win at www.evil.example",
    "evil.com",
    "Evil.COM",
    "Ada (evil.co)",
    "ada@evil.com",
    "Free gifts: get-it.ru/now",
    "evil\uff0ecom",  # full width
    "evil\u3002com",  # ideographic
    "evil\uff61com",
    "evil\u2024com",
    "\uff48\uff54\uff54\uff50://evil",
    "\u0437\u043b\u043e.\u0440\u0444",
    "evil.xn--p1ai",
    "Call 203.0.113.7",
]
NAMES = [
    "Ada Lovelace",
    "J.R.R. Tolkien",
    "Dr.Smith",
    "St.Jo Miller",
    "Martin Luther King Jr.",
    "will.i.am",
    "Nguy\u1ec5n V\u0103n A.",
    "\u6797\u7f8e\u7389",
    "\u0410.\u0421.\u041f\u0443\u0448\u043a\u0438\u043d",
    "Habits 2.0",
    "N/A: none",
    "Ratio 3:1",
    "",
]
# As mail programs find them: letters around a dot, or what begins an address.
LINKED = re.compile(r"\w[.\u3002][^\W\d]|://|\d\.\d+\.\d")


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_in_a_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="web address") as caught:
        refuse_address(name, field="name")
    assert caught.value.field == "name"


@pytest.mark.parametrize("name", NAMES)
def test_any_other_name_is_fine(name: str) -> None:
    refuse_address(name, field="name")


@pytest.mark.parametrize("name", [*ADDRESSES, "evil.unheard-of-ending", "will.i.am"])
def test_no_mail_program_makes_a_link_of_a_name(name: str) -> None:
    said = unlinked(name)
    assert not LINKED.search(said), said
    assert re.sub(r"\W", "", said)


@pytest.mark.parametrize("name", ["Ada Lovelace", "Habits 2.0", "Martin Luther King Jr.", "Zo\u00eb O'Neill"])
def test_most_names_are_said_as_they_are(name: str) -> None:
    assert unlinked(name) == name
