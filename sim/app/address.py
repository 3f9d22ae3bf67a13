"""Where a page stands in the app, and how it goes elsewhere: the address bar says which view is shown."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs

import solara


class Address(NamedTuple):
    """What stands after the question mark, and how to go to an address below the app's root ("/learn?lesson=x")."""

    search: str
    go: Callable[[str], None]


def use_address(page: str) -> Address:
    """The address of the page at `page`. In a notebook there is no address bar; views of one page change there too."""
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
    """What an address asks for, by name; of a name that is given twice, the first. Anybody can type anything."""
    try:
        return {name: values[0] for name, values in parse_qs(search, max_num_fields=20).items()}
    except ValueError:
        return {}
