"""Creators' own hosts: accepted, waited for, active, removed."""

import pytest

from overskill.clients.cloudflare.hosts import CloudflareHosts
from overskill.clients.custom_hosts import CertificateState
from overskill.errors import NotAllowed, Unavailable
from tests.support_cloudflare import Cloudflare


@pytest.fixture
def hosts(cloudflare: Cloudflare) -> CloudflareHosts:
    return CloudflareHosts(cloudflare.api)


def test_a_host_that_is_added_twice_is_one(hosts: CloudflareHosts) -> None:
    assert hosts.add("www.example.com") == hosts.add("www.example.com")


def test_its_owner_is_told_the_records_until_the_certificate_is_there(
    cloudflare: Cloudflare, hosts: CloudflareHosts
) -> None:
    host_id = hosts.add("www.example.com")
    waiting = hosts.certificate("www.example.com", host_id)
    assert waiting.state is CertificateState.ISSUING
    assert "TXT _acme-challenge.www.example.com = 810b7d5f01154524b961ba0cd578acc2" in waiting.detail
    cloudflare.account.hostname_is_proven("www.example.com")
    assert hosts.certificate("www.example.com", host_id).state is CertificateState.ACTIVE


def test_a_certificate_that_was_waited_for_too_long_has_failed(cloudflare: Cloudflare, hosts: CloudflareHosts) -> None:
    host_id = hosts.add("www.example.com")
    cloudflare.account.hostnames[host_id]["ssl"]["status"] = "validation_timed_out"
    failed = hosts.certificate("www.example.com", host_id)
    assert failed.state is CertificateState.FAILED
    assert "add it again" in failed.detail


def test_cloudflares_own_words_are_passed_on(cloudflare: Cloudflare, hosts: CloudflareHosts) -> None:
    host_id = hosts.add("www.example.com")
    cloudflare.account.hostnames[host_id]["verification_errors"] = ["custom hostname does not CNAME to this zone."]
    assert hosts.certificate("www.example.com", host_id).detail == (
        "Cloudflare says: custom hostname does not CNAME to this zone."
    )


def test_a_host_that_is_gone_is_missing(hosts: CloudflareHosts) -> None:
    host_id = hosts.add("www.example.com")
    hosts.remove("www.example.com", host_id)
    hosts.remove("www.example.com", "")
    assert hosts.certificate("www.example.com", host_id).state is CertificateState.MISSING


@pytest.mark.parametrize(("kind", "failure"), [("rights", NotAllowed), ("ill", Unavailable), ("timeout", Unavailable)])
def test_a_host_that_was_not_taken_can_be_added_again(
    cloudflare: Cloudflare, hosts: CloudflareHosts, kind: str, failure: type[Exception]
) -> None:
    cloudflare.fake.fail("custom_hostnames", kind)  # type: ignore[arg-type]
    with pytest.raises(failure):
        hosts.add("www.example.com")
    cloudflare.fake.faults.clear()
    assert hosts.add("www.example.com")


def test_a_host_whose_answer_was_lost_is_found_by_the_next_try(cloudflare: Cloudflare, hosts: CloudflareHosts) -> None:
    cloudflare.fake.fail("POST", "done but lost", times=1)
    with pytest.raises(Unavailable):
        hosts.add("www.example.com")
    assert hosts.add("www.example.com") in cloudflare.account.hostnames
    assert len(cloudflare.account.hostnames) == 1
