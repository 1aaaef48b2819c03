"""Web addresses in names: mails that say who invites whom would carry them to anybody, in our name.

refuse_address(name, field=…)    where somebody chooses a name
unlinked(name)                   where a mail says one: no mail program makes a link of it
"""

import re
import unicodedata

from overskill.errors import InvalidInput

_DOTS = "[.\u3002]"  # the ideographic one stands for it in addresses; all others are one of the two after NFKC
_ENDINGS = (
    "com net org info biz xyz top online site shop store club live life world today link click icu vip win fun pro app "
    "dev page website space tech cloud digital agency media news blog email chat group team work works zone studio "
    "design art games game bet casino porn sex loan finance money cash exchange crypto gift gifts sale deals market "
    "рф бел укр срб қаз 中国 中國 香港 台灣 公司 网络 网址 한국 みんな भारत"
).split()
_NUMBERS = rf"(?<!\d)\d{{1,3}}(?:{_DOTS}\d{{1,3}}){{3}}(?!\d)"
_ADDRESSES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"[a-z][a-z0-9+-]*:/+", re.IGNORECASE),
        (rf"\bwww{_DOTS}\w", re.IGNORECASE),
        (rf"[\w-]{{2,}}{_DOTS}(?:{'|'.join(_ENDINGS)})(?![\w-])", re.IGNORECASE),
        (rf"[\w-]{{2,}}{_DOTS}(?:[a-z]{{2}}|xn--[a-z0-9-]+)(?![\w-])", 0),  # St.Jo is no country's
        (_NUMBERS, 0),
    )
)
_INNER_DOT = re.compile(rf"(?<=\w)({_DOTS})(?=[^\W\d])")


def refuse_address(name: str, *, field: str) -> None:
    """Raises InvalidInput for what a mail program would make a link of."""
    if any(one.search(_plain(name)) for one in _ADDRESSES):
        raise InvalidInput("A name has no web address in it. Leave it out.", field=field)


def unlinked(name: str) -> str:
    """With a space after each dot before a letter, and after what begins an address. Most names stay as they are."""
    spaced = _INNER_DOT.sub(r"\1 ", _plain(name).replace(":/", ": /"))
    return re.sub(_NUMBERS, lambda found: " ".join(re.split(f"(?<={_DOTS})", found[0])), spaced)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).replace("\uff61", "\u3002")
