"""Which hosts share cookies. Browsers call such hosts one site."""

from ipaddress import ip_address

# What stands before a country's two letters where names are registered one level further down: co.uk, com.au.
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "ne", "net", "or", "org"})


def site_of(host: str) -> str:
    """The part of a host that it shares with its site: example.co.uk of www.example.co.uk.

    Browsers look it up in a list of thousands of endings. This goes by the usual ones, and for one it doesn't know
    (two names below the same hosting company) it takes hosts for one site that are not.
    """
    name = host.lower().rstrip(".")
    if _is_address(name):
        return name
    labels = name.split(".")
    has_long_ending = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if has_long_ending else labels[-2:])


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
