"""The state of one visit: it stays while the visitor changes pages, and it is never shared between visitors."""

import solara

from sim.app.guesses import Guesses
from sim.app.learn.classroom import Seat, Taught
from sim.app.style_choices import StyleChoices


class Session:
    """The state of one visit; each browser tab has its own."""

    def __init__(self) -> None:
        from sim.app.compare.controller import Controller  # imported here, because the pages import this module

        self.controller = Controller()
        self.guesses = Guesses()
        self.style_choices = StyleChoices()
        self.classes: solara.Reactive[dict[str, Taught]] = solara.reactive({})
        """The classes that the visitor has opened, by their codes."""
        self.seats: solara.Reactive[dict[str, Seat]] = solara.reactive({})
        """Seats of the visitor in classes, by their codes."""
        self.arrived = solara.reactive(False)
        """Whether what the browser has kept is there."""

    def leave(self, code: str) -> None:
        """Forget a class that is over."""
        for kept in (self.classes, self.seats):
            if code in kept.value:
                kept.value = {other: one for other, one in kept.value.items() if other != code}

    def close(self) -> None:
        """Stop all work for the visitor."""
        self.controller.close()


_current = solara.create_context(None)


def provide_session() -> None:
    """Make a session for all components below the one that calls this. The session ends with that component."""
    session = solara.use_memo(Session, [])
    solara.use_effect(lambda: session.close, [])
    _current.provide(session)


def use_session() -> Session:
    """The session of the visitor who sees the component that calls this."""
    session: Session | None = solara.use_context(_current)
    if session is None:
        raise LookupError("no session: use_session is for components below the frame of the app")
    return session
