"""Reads the address of a page and goes to other addresses. The address says which view is shown."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs

import solara


class Address(NamedTuple):
    """The text after the question mark, and a function that goes to an address of the app ("/learn?lesson=x")."""

    search: str
    go: Callable[[str], None]


def use_address(page: str) -> Address:
    """The address of the page `page`. A notebook has no address bar; there, only the views of one page change."""
    router = solara.use_router()
    own, set_own = solara.use_state("")

    def stay(to: str) -> None:
        path, _, search = to.partition("?")
        if path.strip("/") == page:
            set_own(search)

    if router.set_path is None:
        return Address(own, stay)
    return Address(router.search or "", router.push)


def asked_for(search: str) -> dict[str, str]:
    """The values in an address, by name. The first value of a name counts. Anybody can type anything."""
    try:
        return {name: values[0] for name, values in parse_qs(search, max_num_fields=20).items()}
    except ValueError:
        return {}
