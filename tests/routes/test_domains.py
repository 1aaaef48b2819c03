import httpx

from overskill import db
from overskill.models import Domain, DomainStatus
from tests.factories import make_app, make_user


def add(host: str, status: DomainStatus) -> None:
    with db.transaction() as session:
        app = make_app(session, make_user(session))
        session.add(Domain(app_id=app.id, user_id=app.creator_id, host=host, token="t", status=status))


async def test_a_proxy_is_told_which_domains_are_ours(client: httpx.AsyncClient) -> None:
    add("www.example.com", DomainStatus.ISSUING)
    assert (await client.get("/api/edge/hosts?domain=www.example.com")).status_code == 200


async def test_a_claim_that_is_not_proved_gets_no_certificate(client: httpx.AsyncClient) -> None:
    add("claimed.example.com", DomainStatus.PENDING)
    assert (await client.get("/api/edge/hosts?domain=claimed.example.com")).status_code == 404
    assert (await client.get("/api/edge/hosts?domain=unknown.example.com")).status_code == 404
    assert (await client.get("/api/edge/hosts")).status_code == 404
