"""What dies is replaced; what is stopped leaves nothing behind."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from overskill.edge.configuration import EdgeOptions
from overskill.edge.launcher import serve
from overskill.edge.process import WorkerdProcess
from overskill.embedded.ports import free_port, is_free
from overskill.embedded.process import ProcessIdentity, wait_until_gone
from overskill.errors import OverskillError
from tests.support_edge import RunningEdge, ask, make_upload, running_edge, settings_for, use_shared_workerd
from tests.support_waiting import PATIENCE_SECONDS, eventually, until


@pytest.fixture
def own_edge(tmp_path: Path) -> Iterator[RunningEdge]:
    with running_edge(tmp_path) as running:
        yield running


def children(edge: RunningEdge) -> list[psutil.Process]:
    return psutil.Process(edge.process.pid).children()


@pytest.mark.parametrize("pool", ["front", "sandbox"])
def test_a_killed_process_is_replaced_and_no_visitor_notices(own_edge: RunningEdge, pool: str) -> None:
    own_edge.publish(make_upload("surviving"))
    own_edge.publish_code("surviving-code", "export default { fetch: () => new Response('hello') };")
    victim = own_edge.workerd(pool)
    victim.kill()
    victim.wait(PATIENCE_SECONDS)
    # New connections wait in the launcher's socket until somebody accepts them.
    assert own_edge.ask("surviving").status == 200
    assert own_edge.ask("surviving-code").text == "hello"


@pytest.mark.parametrize("pool", ["front", "sandbox"])
async def test_a_process_killed_before_its_first_answer_is_replaced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pool: str
) -> None:
    starts: list[str] = []
    start = WorkerdProcess.start

    async def start_and_kill_the_first(process: WorkerdProcess) -> None:
        await start(process)
        if process.name.startswith(pool):
            starts.append(process.name)
            if len(starts) == 1:
                assert process.identity is not None
                psutil.Process(process.identity.pid).kill()

    monkeypatch.setattr(WorkerdProcess, "start", start_and_kill_the_first)
    use_shared_workerd(tmp_path)
    port = free_port()
    serving = asyncio.create_task(serve(EdgeOptions.from_settings(settings_for(tmp_path, port))))
    try:
        await until(lambda: len(starts) == 2)
        assert (await asyncio.to_thread(ask, port, "/__health")).status == 200
        assert not serving.done()
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_an_app_that_hangs_the_sandbox_before_its_first_answer_is_paused_and_the_edge_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = WorkerdProcess._answers
    port = free_port()
    edge = RunningEdge(tmp_path, port, process=None)  # type: ignore[arg-type]
    is_paused = False

    async def answers_only_then(process: WorkerdProcess) -> bool:
        return (is_paused or process.name != "sandbox") and await answers(process)

    monkeypatch.setattr(WorkerdProcess, "_answers", answers_only_then)
    use_shared_workerd(tmp_path)
    edge.publish_code("stubborn", "export default { fetch() { for (;;) {} } };")
    edge.publish_code("patient", "export default { fetch: () => new Response('hello') };")
    options = replace(EdgeOptions.from_settings(settings_for(tmp_path, port)), routes_ttl=0)
    serving = asyncio.create_task(serve(options))
    try:
        while not is_paused:
            with contextlib.suppress(OSError):  # while the edge starts
                is_paused = (await asyncio.to_thread(edge.ask, "stubborn")).status == 503
            assert not serving.done()
        assert (await asyncio.to_thread(edge.ask, "patient")).text == "hello"
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def test_with_two_processes_the_other_one_answers_meanwhile(tmp_path: Path) -> None:
    with running_edge(tmp_path, processes=2) as edge:
        edge.publish(make_upload("shared"))
        victim = edge.workerd("front")
        victim.kill()
        assert [edge.ask("shared").status for _ in range(20)] == [200] * 20
        # two fronts, the sandbox, who makes pictures fit
        assert eventually(lambda: victim not in children(edge) and len(children(edge)) == 4)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_ends_every_process_although_a_visitor_stays(own_edge: RunningEdge, number: signal.Signals) -> None:
    processes = children(own_edge)
    idle = socket.create_connection(("127.0.0.1", own_edge.port))  # a visitor who keeps the connection open
    idle.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    idle.recv(100)
    own_edge.process.send_signal(number)
    assert own_edge.process.wait(PATIENCE_SECONDS) == 0
    idle.close()
    assert not any(process.is_running() for process in processes)
    assert eventually(lambda: is_free(own_edge.port))


def test_a_hung_process_does_not_delay_the_stop(own_edge: RunningEdge) -> None:
    own_edge.publish_code("awake", "export default { fetch: () => new Response('yes') };")
    own_edge.publish_code("stuck", "export default { fetch() { for (;;) {} } };")
    assert own_edge.ask("awake").text == "yes"
    sandbox = own_edge.workerd("sandbox")
    worked = sandbox.cpu_times().user

    def visit() -> None:
        with contextlib.suppress(OSError):
            own_edge.ask("stuck")

    visitor = threading.Thread(target=visit)
    visitor.start()
    assert eventually(lambda: sandbox.cpu_times().user > worked + 0.1)
    own_edge.process.terminate()
    own_edge.process.wait(PATIENCE_SECONDS)
    visitor.join(PATIENCE_SECONDS)
    assert not sandbox.is_running()


def test_a_killed_launcher_leaves_nothing_that_holds_the_port(own_edge: RunningEdge) -> None:
    processes = [ProcessIdentity(child.pid, child.create_time()) for child in children(own_edge)]
    own_edge.process.kill()
    own_edge.process.wait(PATIENCE_SECONDS)
    assert all(wait_until_gone(process, PATIENCE_SECONDS) for process in processes)
    assert eventually(lambda: is_free(own_edge.port))


def test_what_was_published_is_live_after_a_restart(tmp_path: Path) -> None:
    with running_edge(tmp_path) as edge:
        edge.publish(make_upload("lasting"))
    with running_edge(tmp_path) as edge:
        assert edge.ask("lasting").status == 200


async def test_a_taken_port_is_an_error_that_names_the_setting(edge: RunningEdge, tmp_path: Path) -> None:
    use_shared_workerd(tmp_path)
    options = EdgeOptions.from_settings(settings_for(tmp_path, edge.port))
    with pytest.raises(OverskillError, match=rf"Port {edge.port} is taken.*OVERSKILL_EDGE_PORT"):
        async with asyncio.timeout(PATIENCE_SECONDS):
            await serve(options)


async def test_a_second_edge_on_a_data_folder_is_refused_and_the_first_goes_on(edge: RunningEdge) -> None:
    options = EdgeOptions.from_settings(settings_for(edge.home, free_port()))
    with pytest.raises(OverskillError, match="already runs"):
        async with asyncio.timeout(PATIENCE_SECONDS):
            await serve(options)
    assert edge.client.ping()


def test_a_deep_data_folder_still_gets_its_sockets(tmp_path: Path) -> None:
    deep = tmp_path / ("deep-" * 20) / ("down-" * 20)
    with running_edge(deep) as edge:
        edge.publish(make_upload("deep"))
        assert edge.ask("deep").status == 200
