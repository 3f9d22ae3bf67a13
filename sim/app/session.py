"""What one visitor has set and is kept while pages change; never shared between visitors."""

import solara

from sim.app.guesses import Guesses
from sim.app.style_choices import StyleChoices


class Session:
    """The state of one visit; each browser tab has its own."""

    def __init__(self) -> None:
        from sim.app.compare.controller import (
            Controller,  # the pages need the session, so it cannot need them to be imported
        )

        self.controller = Controller()
        self.guesses = Guesses()
        self.style_choices = StyleChoices()

    def close(self) -> None:
        """Let go of what works for the visitor."""
        self.controller.close()


_current = solara.create_context(None)


def provide_session() -> None:
    """Make a new session, known to everything below the component that calls this, and end it with that component."""
    session = solara.use_memo(Session, [])
    solara.use_effect(lambda: session.close, [])
    _current.provide(session)


def use_session() -> Session:
    """The session of whoever sees the component that calls this."""
    session: Session | None = solara.use_context(_current)
    if session is None:
        raise LookupError("no session: use_session is for components below the frame of the app")
    return session
