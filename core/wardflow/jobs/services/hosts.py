"""Which hosts a service may call, and at which of their addresses: checked once, and connected to exactly that one."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from wardflow.errors import ServiceRefused

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
REFUSED = "http.host"
"""The business error of a call to a host or an address that nobody allowed."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host that may be called; `network` says where inside the city's network it is, else only public addresses count."""

    name: str
    port: int | None = None
    network: IPv4Network | IPv6Network | None = None

    def allows(self, address: Address) -> bool:
        """True for an address at which this host may be."""
        mapped = getattr(address, "ipv4_mapped", None)
        seen = mapped or address
        if self.network is not None:
            return seen in self.network
        return seen.is_global and not seen.is_multicast


def parse_hosts(text: str) -> tuple[Host, ...]:
    """The hosts of WARDFLOW_SERVICE_HOSTS: `api.example.vn tax.city.vn:8443=10.20.0.0/16`."""
    return tuple(_host(part) for part in text.split())


def _host(part: str) -> Host:
    place, _, network = part.partition("=")
    name, _, port = place.partition(":")
    return Host(name.lower(), int(port) if port else None, ip_network(network) if network else None)


def resolve(name: str, port: int) -> Sequence[str]:
    """Every address of a host, as the system's resolver gives them."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in found))


def checked(hosts: Sequence[Host], name: str, port: int, scheme: str, find: Resolve = resolve) -> str:
    """The one address to connect to; ServiceRefused where the host, its port or any of its addresses is not allowed.

    Plain http is for hosts inside a named network alone. A name that has good and bad addresses is refused altogether:
    whoever answers for it could give the bad one next time.
    """
    usual = {"https": 443, "http": 80}.get(scheme)
    host = next((h for h in hosts if h.name == name.lower() and port == (h.port or usual)), None)
    if host is None or (scheme == "http" and host.network is None):
        raise ServiceRefused(code=REFUSED)
    addresses = [ip_address(found) for found in find(name, port)]
    if not addresses or not all(host.allows(address) for address in addresses):
        raise ServiceRefused(code=REFUSED)
    return str(addresses[0])
