"""Reads a whole response of the app, as text, so that the guard can change it before it is sent."""

from sim.app.sockets import App, Message, Receive, Scope

UNWANTED = (b"accept-encoding", b"if-none-match", b"if-modified-since")
"""What a browser asks for that would bring less than the text: compressed, or only if it is new."""


async def whole(app: App, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """The beginning of an answer and its body, not compressed, whatever a browser has already."""
    plain = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in UNWANTED]}
    begin: Message = {}
    body = bytearray()

    async def gathered(message: Message) -> None:
        nonlocal begin
        if message["type"] == "http.response.start":
            begin = message
        else:
            body.extend(message.get("body", b""))

    await app(plain, receive, gathered)
    return begin, bytes(body)
