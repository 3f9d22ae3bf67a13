"""Lists the libraries that teamsim needs, with their versions and licences: python -m tests.release.licences FILE."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

HEAD = """# Licences

teamsim is under the MIT licence. It comes with one library, Vue 3.5.45 (MIT licence, `sim/app/tab/vue.js`), which is in
every page that `teamsim export` writes. It comes with none of the libraries below, but installs them; these are the
versions that everything is tried with. Made by `make licences` from what the libraries say of themselves. The
documentation site comes with a script that has its licence (MIT) with it: `docs/javascripts/iframe-worker.js`.
"""

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
"""What teamsim asks for; an editable installation may still say what it asked for earlier."""

LONGEST = 60


def names(extra: str | None) -> set[str]:
    """All distributions that an extra needs, or teamsim itself, directly or not, as far as they are installed."""
    found: set[str] = set()
    waiting = [Requirement(f"teamsim[{extra}]" if extra else "teamsim")]
    done = set()
    while waiting:
        one = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if (name, frozenset(one.extras)) in done:
            continue
        done.add((name, frozenset(one.extras)))
        try:
            needs = _asked(one.extras) if name == PROJECT["name"] else metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        found.add(name)
        for text in needs:
            need = Requirement(text)
            if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in (*one.extras, "")):
                waiting.append(need)
    return found - {"teamsim"}


def _asked(extras: set[str]) -> list[str]:
    """What teamsim needs with these extras."""
    return [*PROJECT["dependencies"], *(line for one in extras for line in PROJECT["optional-dependencies"][one])]


def licence(name: str) -> str:
    """What a distribution says of its licence, in short."""
    facts = metadata.metadata(name)
    kinds = [text.rpartition(" :: ")[2] for text in facts.get_all("Classifier") or [] if text.startswith("License ::")]
    whole = (
        facts.get("License-Expression") or ", ".join(kinds) or (facts.get("License") or "").strip().partition("\n")[0]
    )
    return whole if 0 < len(whole) <= LONGEST else ", ".join(kinds) or "see its files"


def page() -> Iterator[str]:
    """The lines of the page."""
    yield HEAD
    core = names(None)
    extras = [extra for extra in PROJECT["optional-dependencies"] if extra != "dev"]
    for title, part in (("Always", core), *((f"With `{extra}`", names(extra) - core) for extra in sorted(extras))):
        yield f"## {title}\n"
        yield "| library | version | licence |"
        yield "| --- | --- | --- |"
        yield from (f"| {name} | {metadata.version(name)} | {licence(name)} |" for name in sorted(part))
        yield ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("\n".join(page()).rstrip() + "\n", encoding="utf-8")
