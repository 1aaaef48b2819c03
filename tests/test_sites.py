import pytest

from overskill.sites import site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("example.com", "example.com"),
        ("habits.apps.example.com", "example.com"),
        ("Studio.Example.COM.", "example.com"),
        ("www.example.co.uk", "example.co.uk"),
        ("example.co.uk", "example.co.uk"),
        ("studio.example.de", "example.de"),
        ("co.uk", "co.uk"),
        ("habits.localhost", "habits.localhost"),
        ("localhost", "localhost"),
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
    ],
)
def test_hosts_below_one_registered_name_are_one_site(host: str, site: str) -> None:
    assert site_of(host) == site
