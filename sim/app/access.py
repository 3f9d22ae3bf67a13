"""Who may call the app, and from where: paths behind a proxy, host names, pages that embed it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario.problems import InputError

PATH = re.compile(r"(/[A-Za-z0-9._~-]+)+")
HOST = re.compile(r"([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?")
ORIGIN = re.compile(rf"https?://{HOST.pattern}")


class Access(NamedTuple):
    """What whoever runs the app allows.

    `root` is the path of a proxy below which the app stands ("/lab"). `hosts` are names that it may be called by beside
    its own, with a port or for every port; `frames` are origins of pages that may show it within themselves.
    """

    root: str = ""
    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        """Whether the app may be called by this name, as browsers write it."""
        return bool(HOST.fullmatch(host)) and not {host, re.sub(r":[0-9]+$", "", host)}.isdisjoint(self.hosts)


def access(root: str = "", hosts: Sequence[str] = (), frames: Sequence[str] = ()) -> Access:
    """What is allowed, checked.

    Raises:
        InputError: a path, a name or an origin that is none.
    """
    root = root.rstrip("/")
    if root and (not PATH.fullmatch(root) or {".", ".."} & set(root.split("/"))):
        raise InputError(f'--root-path: got "{root}"; allowed is a path that begins with a slash, such as /lab.')
    for host in hosts:
        if not HOST.fullmatch(host):
            raise InputError(
                f'--allow-host: got "{host}"; allowed is a name as it stands in the address bar, without http and path,'
                " such as lab.example.org or localhost:9000."
            )
    for frame in frames:
        if not ORIGIN.fullmatch(frame):
            raise InputError(
                f'--allow-frame: got "{frame}"; allowed is the beginning of the address of that page, without its path,'
                " such as https://moodle.example.org."
            )
    return Access(root, tuple(host.lower() for host in hosts), tuple(frames))
