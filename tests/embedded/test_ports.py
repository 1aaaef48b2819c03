import socket

import psutil
import pytest

from overskill.embedded.ports import check_ports, is_free, reachable
from overskill.errors import Conflict
from tests.support_product import free_ports
from tests.support_waiting import eventually


def test_a_port_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not is_free(taken.getsockname()[1])


def test_a_port_that_was_just_left_is_free_again() -> None:
    port = free_ports().web  # none that a connection of somebody else may be given meanwhile
    with (
        socket.create_server(("127.0.0.1", port)) as server,
        socket.create_connection(("127.0.0.1", port)) as visitor,
        server.accept()[0] as accepted,
    ):
        accepted.shutdown(socket.SHUT_WR)  # our side closes first, and waits
        assert visitor.recv(1) == b""
    assert eventually(lambda: states_at(port) == {psutil.CONN_TIME_WAIT})
    assert is_free(port)


def states_at(port: int) -> set[str]:
    """Of what is left of the connections to it."""
    return {found.status for found in psutil.net_connections("tcp4") if found.laddr and found.laddr.port == port}


def test_the_message_names_setting_port_and_program() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Conflict, match=rf"Port {port} \(OVERSKILL_EDGE_PORT\) is taken by .+ \(process \d+\)"):
            check_ports({"OVERSKILL_EDGE_PORT": port}, "127.0.0.1")


@pytest.mark.parametrize(("host", "address"), [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.0.0.5", "10.0.0.5")])  # noqa: S104
def test_what_listens_everywhere_is_reached_by_loopback(host: str, address: str) -> None:
    assert reachable(host) == address
