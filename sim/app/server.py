"""Serves the app with Solara, with settings that keep everything on this machine, behind the guard."""

import gc
import logging
import os
import secrets
import site
import socket
import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.app import INSTALL, require_extra
from sim.app.access import Access
from sim.app.first_language import FIRST_LANGUAGE
from sim.app.guard import Guard, trusted_names
from sim.app.sockets import SEATS
from sim.scenario.problems import InputError
from sim.view.language import language_of

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = ("127.0.0.1", "::1", "localhost")
"""Hosts that only this machine can reach."""

FIRST_PORT = 8765
"""The first port that the server tries."""

LARGEST_MESSAGE = 2_000_000
"""The most bytes that a browser may send in one message."""

GARBAGE = (20_000, 20, 50)
"""Thresholds of the garbage collector: an answer makes thousands of objects that are still in use."""

TURN = 0.0005
"""Seconds that a thread may keep Python while others wait: a run needs Python every millisecond."""

SETTINGS = {
    "SOLARA_APP": "sim.app.shell",
    "SOLARA_MODE": "production",
    "SOLARA_ASSETS_PROXY": "false",  # it would get missing files from outside
    "SOLARA_ASSETS_CDN": "/static/assets/cdn",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_TITLE": "teamsim",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_SESSION_HTTP_ONLY": "true",
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
    "SOLARA_KERNEL_MAX_COUNT": str(SEATS),
    "SOLARA_CHECK_HOOKS": "off",
}
"""Solara reads these from the environment when it is imported. Older values do not count."""


def serve(
    host: str,
    port: int | None,
    ready: Callable[[str], None],
    browser: bool = True,
    access: Access | None = None,
    language: str | None = None,
) -> None:
    """Serve the app until it is stopped.

    Args:
        host: the address to listen at. An address that is not only of this machine lets others in.
        port: None takes the first free port from FIRST_PORT on.
        ready: called with the address of the app when it is ready.
        browser: whether to open it in a browser.
        access: where it stands behind a proxy, and who else may call and show it.
        language: the language that pages begin in; by default that of each browser.

    Raises:
        InputError: the extra `app` is not installed; the host is not one of this machine; the port is taken.
    """
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"

    def started() -> None:
        ready(address)
        if browser:
            webbrowser.open(address)

    server = _server(application(host, port, access, language), started)
    server.run(sockets=[listening])


def application(host: str, port: int, access: Access | None = None, language: str | None = None) -> Any:
    """The app as an ASGI application, to be served at this host and port.

    Raises:
        InputError: the extra `app` is not installed.
    """
    # Mesa looks at everything that is being called and imported, for each of its methods: here that is little yet.
    import sim.model.team_model  # noqa: F401

    prepare(access.root if access else "", language)
    from solara.server.starlette import app

    from sim.app.compute import threads

    threads()
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    return Guard(app, trusted_names(host, port) if host in LOOPBACK else None, access)


def prepare(root: str = "", language: str | None = None) -> None:
    """Set up Solara to work without a network, below this path of a proxy. Solara must not be imported before.

    `language` is the one that pages begin in, unless a visitor has chosen another.

    Raises:
        InputError: the extra `app` is not installed; no such language.
    """
    require_extra()
    os.environ[FIRST_LANGUAGE] = language_of(language).name if language else ""
    places = [Path(base) / "share/solara/cdn" for base in (sys.prefix, site.getuserbase())]
    assets = next((place for place in places if place.is_dir()), None)
    if assets is None:
        raise InputError("pictures and scripts of the browser app are missing. Install them with: " + INSTALL)
    os.environ.update(SETTINGS)
    os.environ["SOLARA_ROOT_PATH"] = root
    os.environ["SOLARA_ASSETS_CDN"] = root + SETTINGS["SOLARA_ASSETS_CDN"]
    # The address that it sees is that of the proxy's other side.
    warnings.filterwarnings("ignore", message="base url")
    # Without https, it advises everybody to set up a proxy.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    # It says of every visitor whose browser keeps no cookies that there is none.
    logging.getLogger("solara.server.fastapi").setLevel(logging.ERROR)
    os.environ["SOLARA_ASSETS_EXTRA_LOCATIONS"] = f"{Path(__file__).parent / 'assets'},{assets.parent}"
    os.environ["SOLARA_SESSION_SECRET_KEY"] = secrets.token_urlsafe(32)


def _warm() -> None:
    """Compute the first answer that every visitor sees, so that the model is loaded and compiled.

    All objects that exist then stay, so the garbage collector need not check them again and again.
    """
    from sim.app.compare.setting import Setting, prepared
    from sim.app.compute import run

    run(prepared(Setting()), ("morale",))
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def _server(app: Any, started: Callable[[], None]) -> "uvicorn.Server":
    import uvicorn

    class Server(uvicorn.Server):
        """A server that reports when it is ready."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started()

    return Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            ws_max_size=LARGEST_MESSAGE,
            ws=_sockets(),
        )
    )


def _sockets() -> Any:
    """What speaks to browsers through websockets: each message is compressed, quickly rather than well.

    The first page has some 300 kB of messages, seconds of a slow link; the 40 kB of a change take a millisecond.
    """
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
    from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

    class Compressed(WebSocketsSansIOProtocol):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.conn.available_extensions = [ServerPerMessageDeflateFactory(compress_settings={"level": 1})]

    return Compressed


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket at the host, on this port or, without a port, on the first free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = range(FIRST_PORT, FIRST_PORT + 20) if port is None else [port]
    for one in wanted:
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, one))
            listening.listen(2048)
        except OSError as error:
            listening.close()
            reason = error.strerror or str(error)
            if isinstance(error, socket.gaierror) or error.errno not in (13, 48, 98, 10013, 10048):
                raise InputError(f"--host {host}: cannot listen there ({reason}). Use 127.0.0.1.") from None
        else:
            return listening
    where = f"ports {wanted[0]} to {wanted[-1]} are" if port is None else f"--port {port}: this port is"
    raise InputError(f"{where} in use or not allowed. Choose another one, such as --port 8800.")
