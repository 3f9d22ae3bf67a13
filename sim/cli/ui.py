"""`teamsim ui`: serves the browser app on this machine."""

from typing import Annotated

import typer

from sim.scenario.problems import InputError, unknown


def ui(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 lets others in the network in.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(metavar="N", min=0, max=65535, help="(default: the first free one from 8765 on)")
    ] = None,
    root_path: Annotated[
        str, typer.Option(metavar="/PATH", help="The path of a proxy below which the app stands.")
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Another name in the address bar, of a forwarded port or a proxy; repeatable."
        ),
    ] = None,
    allow_frame: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A site, such as a learning platform, that may show the app; repeatable."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Language that pages begin in: en, de, fr, es. (default: the browser's)"),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in a browser.")] = True,
) -> None:
    """Serve the browser app for students on this machine; stop it with Ctrl-C."""
    from sim.app.access import access
    from sim.app.server import LOOPBACK, serve
    from sim.view.language import LANGUAGES

    if language is not None and language not in LANGUAGES:
        raise InputError(f"--language: {unknown('language', language, LANGUAGES)}")
    allowed = access(root_path, allow_host or (), allow_frame or ())

    def ready(address: str) -> None:
        typer.echo(f"The app is at {address} (stop it with Ctrl-C)")
        if host not in LOOPBACK:
            typer.echo("Everybody who can reach this machine can use it: there is no password.", err=True)

    serve(host, port, ready, browser, allowed, language)
