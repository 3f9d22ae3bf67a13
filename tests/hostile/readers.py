"""Everything that the program reads from outside, each with good examples to damage and a way to read one."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

import sim
from sim.analysis.calibration.file import load_calibration
from sim.analysis.claims.load import load_claims
from sim.analysis.evidence import load_patterns, load_values
from sim.analysis.trial.spec import load_trial
from sim.app.compare.link import from_query, to_query
from sim.app.compare.setting import Setting, own_scenario, prepared
from sim.cli import app
from sim.results import save
from sim.scenario.history_file import read_history
from sim.scenario.interview import QUESTIONS, read_answer
from sim.scenario.load import load_scenario, scenario_from, shipped_folder, to_toml
from sim.scenario.people_files import import_roster
from sim.scenario.people_files.choices import read_map
from sim.scenario.plugin_file import read_plugin
from sim.scenario.practices import Practice
from sim.scenario.problems import InputError
from sim.scenario.roster import read_roster
from sim.scenario.toml_files import read_models
from sim.study.load import load_study, studies_folder
from sim.study.tables import read_points
from sim.view.report.brand import read_brand
from sim.view.report.from_results import saved_results
from sim.view.study.catalog import other_in
from tests.hostile.mutation import damaged

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


class Reader(NamedTuple):
    """A way in: good examples, how one of them is damaged, and what reads it from a folder of its own."""

    examples: Callable[[], Sequence[bytes]]
    read: Callable[[Path, bytes], Any]
    damage: Callable[[bytes, random.Random, Sequence[bytes]], bytes] = damaged
    slow: int = 1
    """How many times fewer of them are tried."""

    prepare: Callable[[], Any] = lambda: None
    """What all of them need, so that no input is charged for it."""


def _files(folder: Path, pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(folder.glob(pattern)))


def _from_file(name: str, load: Callable[[Path], Any]) -> Callable[[Path, bytes], Any]:
    def read(folder: Path, data: bytes) -> Any:
        (folder / name).write_bytes(data)
        return load(folder / name)

    return read


def command(*words: str) -> None:
    """Run a command; whatever it complains of is one clear error and a known exit status."""
    done = CliRunner().invoke(app, list(words))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    if done.exit_code not in (0, 1, 2, 130):
        raise AssertionError(f"exit status {done.exit_code}: {done.output[-300:]}")
    if done.exit_code == 2:
        raise InputError(done.output)


def _scenario_files() -> Sequence[bytes]:
    return _files(shipped_folder(), "*.toml")


def _study_files() -> Sequence[bytes]:
    left_out = ("claims", "calibration", "patterns")
    return tuple(path.read_bytes() for path in sorted(studies_folder().glob("*.toml")) if path.stem not in left_out)


def _values() -> Sequence[bytes]:
    from sim.scenario.parameters import PARAMETERS

    return ("\n".join(["[parameters]", *(f"{one.name} = {one.default!r}" for one in PARAMETERS)]).encode(),)


BRANDS = (
    b'name = "Muster & Partner"\ncolour = "#AA3311"\nfooter = "Confidential"\n',
    b'name = "X"\ncolour = "#000"\nlogo = "logo.png"\n',
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc"
    b"\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
TRIAL = (
    b'title = "t"\nfirms = [20, 40]\npeople = 8\nmeasure = "morale"\nafter = 26\n'
    b"[treatment.behaviour]\ndevelopment = 0.3\n",
)
MAP = (b'[columns]\nname = "Name"\n[scales]\nCompetence = [1, 5]\n[teams]\nrule = "departments"\n',)


def _logo(folder: Path, data: bytes) -> Any:
    (folder / "logo.png").write_bytes(data)
    (folder / "brand.toml").write_bytes(BRANDS[1])
    return read_brand(folder / "brand.toml")


def _own_roster(folder: Path, data: bytes) -> Any:
    (folder / "people.csv").write_bytes(data)
    return read_roster(folder / "people.csv")


def _people_files() -> Sequence[bytes]:
    return _files(ROOT / "tests/scenario/people_files/cases", "**/*.csv") or _rosters()


def _rosters() -> Sequence[bytes]:
    return _files(shipped_folder(), "*.csv")


@cache
def _spreadsheets() -> Sequence[bytes]:
    import openpyxl

    rows = list(csv.reader(io.StringIO(_rosters()[0].decode("utf-8-sig"))))
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("other").append(["x", 1.5, True])
    packed = io.BytesIO()
    book.save(packed)
    return (packed.getvalue(),)


def _damaged_zip(data: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """Bytes of the archive, or of a part in it that is packed again."""
    if rng.random() < 0.25:
        return damaged(data, rng, others)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        victim = rng.choice([name for name in parts if "sheet" in name or "workbook" in name or "shared" in name])
        for name, content in parts.items():
            new.writestr(name, damaged(content, rng, tuple(parts.values())) if name == victim else content)
    return packed.getvalue()


def _answers() -> Sequence[bytes]:
    typical = ("10-14", "a bit to much", "60%", "?", "3", "no", "2,5", "between 2 and 4")
    return ("\n".join(f'{one.name} = "{typical[n % len(typical)]}"' for n, one in enumerate(QUESTIONS)).encode(),)


def _each_answer(_: Path, data: bytes) -> Any:
    text = data.decode(errors="replace")
    refused = None
    for question in QUESTIONS:
        try:
            read_answer(question, text)
        except InputError as error:
            refused = error
    if refused:
        raise refused


def _links() -> Sequence[bytes]:
    own = to_query(Setting(scenario="ours", own=to_toml(load_scenario("several-teams"))))
    usual = (
        "scenario=crisis&set=market.urgency:0.7&pin=leader.hours:20&styles=agile,servant&metric=output&seed=3&weeks=52"
    )
    return (own.encode(), usual.encode())


def _link(_: Path, data: bytes) -> Any:
    arrival = from_query(data.decode(errors="replace"))
    prepared(arrival.setting)
    if arrival.notes:
        raise InputError(arrival.notes[0])


HISTORIES = (
    "\n".join(["month,headcount,left,morale_1_5", *(f"2024-{k:02},12,{k % 2},3.1" for k in range(1, 13))]).encode(),
    "\n".join(["Quartal;Abgänge;Umsatz", *(f"2024-Q{k};1;1.200,{k}" for k in range(1, 5))]).encode("cp1252"),
)
PLUGINS = ((ROOT / "tests/plugins/worked/teamsim_laughter/plugin.toml").read_bytes(),)


def _practices() -> Sequence[bytes]:
    return _files(ROOT / "tests/plugins/worked/teamsim_laughter", "practices.toml")


POINTS = (b"market.urgency,leader.style\n0.3,agile\n0.4,servant\n", b"market.urgency;run.weeks\n0,3;20\n0,4;30\n")


@cache
def _saved() -> Sequence[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "runs.parquet"
        save(sim.compare("everyday", ["agile", "servant"], replications=2, weeks=4, seed=1), file)
        return (file.read_bytes(),)


TEXT = ("title", "question", "description")


def _said() -> Sequence[bytes]:
    return (
        json.dumps(["A shop", "Who leads?", "It grows.", "Muster & Partner", "Confidential", "Ben retires"]).encode(),
    )


@cache
def _report() -> Any:
    import pytest

    from sim.analysis.futures import futures
    from sim.view.report.make import report

    table = load_scenario("client-roster").model_dump()
    table["run"] = {**table["run"], "replications": 10, "weeks": 13}
    table["events"] = [{"event": "crisis", "week": 5, "weeks": 3, "note": "A crisis."}]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.analysis.practice_effects.REPLICATIONS", 3)
        patch.setattr("sim.view.report.runs.futures", partial(futures, sets=5))
        return report(scenario_from(table), styles=["autocratic", "servant"])


def _other_words(data: bytes, rng: random.Random, _: Sequence[bytes]) -> bytes:
    """Texts of a report, some of them odd."""
    from tests.hostile.mutation import TEXTS

    parsed = json.loads(data)
    for place in range(len(parsed)):
        if rng.random() < 0.5:
            odd = rng.choice(TEXTS)
            parsed[place] = rng.choice(
                (odd, parsed[place] + odd, odd + parsed[place], chr(rng.randrange(0x2FFFF)) + parsed[place])
            )
    return json.dumps(parsed).encode()


def _reported(folder: Path, data: bytes) -> Any:
    """What people say in a scenario and a brand, in every form of a report."""
    made = _report()
    title, question, description, house, footer, note = json.loads(data)
    table = made.content.scenario.model_dump() | {"title": title, "question": question, "description": description}
    table["events"] = [{**event, "note": note} for event in table["events"]]
    brand = {"name": house, "footer": footer, "colour": "#AA3311"}
    import tomli_w

    (folder / "brand.toml").write_text(tomli_w.dumps(brand), encoding="utf-8", errors="surrogatepass")
    (folder / "mine.toml").write_text(tomli_w.dumps(_without_none(table)), encoding="utf-8", errors="surrogatepass")
    content = made.content._replace(scenario=load_scenario(folder / "mine.toml"))
    making = made.making._replace(title=content.scenario.title, brand=read_brand(folder / "brand.toml"))
    again = made._replace(content=content, making=making)
    for ending in (".html", ".pdf", ".pptx"):
        again.as_bytes(ending)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return [_without_none(inner) for inner in value] if isinstance(value, list | tuple) else value


def _interviewed(folder: Path, data: bytes) -> Any:
    (folder / "answers.toml").write_bytes(data)
    command("interview", str(folder / "made.toml"), "--answers", str(folder / "answers.toml"), "--force")


def _checked(folder: Path, data: bytes) -> Any:
    (folder / "mine.toml").write_bytes(data)
    command("check", str(folder / "mine.toml"))


READERS: dict[str, Reader] = {
    "scenario": Reader(_scenario_files, _from_file("mine.toml", load_scenario)),
    "checked scenario": Reader(_scenario_files, _checked, slow=2),
    "upload": Reader(_scenario_files, lambda _, data: own_scenario(data.decode(errors="replace"), "own")),
    "study": Reader(_study_files, _from_file("mine.toml", load_study)),
    "study or other": Reader(_study_files, _from_file("mine.toml", other_in)),
    "claims": Reader(lambda: _files(studies_folder(), "claims.toml"), _from_file("mine.toml", load_claims), slow=2),
    "calibration": Reader(
        lambda: _files(studies_folder(), "calibration.toml"), _from_file("mine.toml", load_calibration)
    ),
    "patterns": Reader(lambda: _files(studies_folder(), "patterns.toml"), _from_file("mine.toml", load_patterns)),
    "parameters": Reader(_values, _from_file("mine.toml", load_values)),
    "trial": Reader(lambda: TRIAL, _from_file("mine.toml", load_trial)),
    "brand": Reader(lambda: BRANDS, _from_file("mine.toml", read_brand)),
    "logo": Reader(lambda: (PNG,), _logo),
    "map of people files": Reader(lambda: MAP, _from_file("map.toml", read_map)),
    "history": Reader(lambda: HISTORIES, _from_file("history.csv", read_history)),
    "plug-in": Reader(lambda: PLUGINS, _from_file("plugin.toml", read_plugin)),
    "practices of a plug-in": Reader(_practices, _from_file("practices.toml", partial(read_models, model=Practice))),
    "roster": Reader(_rosters, _own_roster),
    "roster in a spreadsheet": Reader(_spreadsheets, _from_file("people.xlsx", read_roster), _damaged_zip, slow=2),
    "people file": Reader(_people_files, _from_file("people.csv", import_roster)),
    "spreadsheet": Reader(_spreadsheets, _from_file("people.xlsx", import_roster), _damaged_zip, slow=2),
    "answers": Reader(_answers, _interviewed, slow=2),
    "an answer": Reader(lambda: (b"10-14", b"a bit to much", b"between 2 and 4", b"60%"), _each_answer),
    "link": Reader(_links, _link),
    "table of points": Reader(lambda: POINTS, _from_file("points.csv", read_points)),
    "saved results": Reader(_saved, _from_file("runs.parquet", lambda path: saved_results(path, None))),
    "words of a report": Reader(_said, _reported, _other_words, slow=8, prepare=_report),
}  # fmt: skip
