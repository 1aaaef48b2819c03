"""What requests take is counted as they begin to be answered."""

from redis import Redis
from starlette.types import Message, Receive, Scope, Send

from overskill.container import Container
from overskill.routes.timing import RequestTimes
from overskill.services.admin.latency import percentile


async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def nothing_comes() -> Message:
    return {"type": "http.disconnect"}


async def test_requests_are_counted_and_websockets_are_not(services: Container, redis: Redis) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    timed = RequestTimes(answer)
    for _ in range(25):
        await timed({"type": "http"}, nothing_comes, send)
    await timed({"type": "websocket"}, nothing_comes, send)
    timed._hand_over()
    assert len(sent) == 52
    assert percentile(redis, minutes=5) is not None
