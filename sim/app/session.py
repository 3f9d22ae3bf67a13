"""What one visitor has set and is kept while pages change; never shared between visitors."""

import solara


class Session:
    """The state of one visit; each browser tab has its own."""

    def __init__(self) -> None:
        self.visits = solara.reactive(0)


_current = solara.create_context(None)


def provide_session(session: Session) -> None:
    """Make a session known to everything below the component that calls this."""
    _current.provide(session)


def use_session() -> Session:
    """The session of whoever sees the component that calls this."""
    session: Session | None = solara.use_context(_current)
    if session is None:
        raise LookupError("no session: use_session is for components below the frame of the app")
    return session
