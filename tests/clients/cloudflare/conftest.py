import pytest

from tests.support_cloudflare import Cloudflare


@pytest.fixture
def cloudflare() -> Cloudflare:
    return Cloudflare()
