"""What the tests of scenarios share: a file to write to, and the message that a wrong file gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario import InputError, load_scenario

HEAD = 'title = "A test"\nquestion = "Does it load?"\n'
TEAM = '[[teams]]\nname = "Sales"\nsize = 5\n'


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a scenario into an empty current folder: `write(body)` adds a team, `write(text=...)` nothing."""
    monkeypatch.chdir(tmp_path)

    def write(body: str = "", *, text: str | None = None, name: str = "mine.toml") -> Path:
        path = Path(name)
        path.write_text(HEAD + TEAM + body if text is None else text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def message(write: Callable[..., Path]) -> Callable[..., str]:
    """The message that loading the written file gives."""

    def message(body: str = "", *, text: str | None = None) -> str:
        with pytest.raises(InputError) as caught:
            load_scenario(write(body, text=text))
        return str(caught.value)

    return message
