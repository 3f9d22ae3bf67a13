"""Plug-ins: one that is a package, seen everywhere and the same in both drivers; one in a folder; and broken ones."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sim.analysis import fingerprint
from sim.model import plugged, week
from sim.model.rules import tally
from sim.scenario import plugins
from sim.scenario.problems import InputError
from tests.docs.pages import blocks

ROOT = Path(__file__).parents[2]
WORKED = Path(__file__).parent / "worked"
PACKAGE = "teamsim_laughter"


def environment(folder, **more):
    """That of a process in which the folder holds installed packages and compiled rules, and nobody has plug-ins."""
    (folder / "mine").mkdir(exist_ok=True)
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "XDG_CACHE_HOME": str(folder / "cache"),
        plugins.VARIABLE: str(folder / "mine"),
        "NUMBA_OPT": "0",  # to optimise takes longer than it saves
        "PYTHONWARNINGS": "ignore",
        **more,
    }


def teamsim(folder, *words, **more):
    command = [sys.executable, "-m", "sim", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment(folder, **more))


SEVERAL = """
import json, sys
from typer.testing import CliRunner
from sim.cli import app
done = [CliRunner().invoke(app, words) for words in json.loads(sys.argv[1])]
print(json.dumps([[one.exit_code, one.stdout] for one in done]))
"""


def each_of(folder, *commands, **more):
    """The exit status and the output of several commands, all in one process."""
    command = [sys.executable, "-c", SEVERAL, json.dumps(commands)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment(folder, **more))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def installed(tmp_path):
    """A folder of installed packages that holds the worked one, as an installer leaves it."""
    project = tomllib.loads((WORKED / "pyproject.toml").read_text())["project"]
    facts = tmp_path / f"{PACKAGE}-{project['version']}.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = [f"{name} = {value}" for name, value in project["entry-points"][plugins.GROUP].items()]
    (facts / "entry_points.txt").write_text("\n".join([f"[{plugins.GROUP}]", *points, ""]))
    shutil.copytree(WORKED / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_package_is_seen_everywhere_and_both_drivers_agree(installed):
    command = [sys.executable, "-m", "tests.plugins.seen"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(installed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ALL THERE" in done.stdout
    kept = [path for path in (installed / "cache").rglob("*.nbi") if "teamsim-with-plugins-" in str(path)]
    assert kept  # apart from the rules of the model alone


def test_without_plugins_the_week_is_that_of_the_model():
    assert plugins.plugins() == ()
    assert plugged.WEEK is week.WEEK
    assert plugged.measure is tally.measure
    assert "NUMBA_CACHE_DIR" not in os.environ or "with-plugins" not in os.environ["NUMBA_CACHE_DIR"]


def test_a_plugin_with_rules_has_another_fingerprint(monkeypatch, laughing):
    found = plugins.plugins()
    monkeypatch.setattr(fingerprint, "plugins", tuple)
    before = fingerprint.fingerprint([])
    monkeypatch.setattr(fingerprint, "plugins", lambda: found)
    assert fingerprint.fingerprint([]) != before
    style = found[0]._replace(
        file=found[0].file.model_copy(update=dict.fromkeys(("steps", "rules", "metrics", "state"), ()))
    )
    monkeypatch.setattr(fingerprint, "plugins", lambda: (style,))
    assert fingerprint.fingerprint([]) == before


def of_the_page(folder):
    """The plug-in that docs/plugins.md shows as a whole, file by file."""
    folder.mkdir()
    for block in blocks(ROOT / "docs/plugins.md"):
        if named := re.fullmatch(r'title="(.*)"', block.note):
            (folder / named[1]).write_text(block.text, encoding="utf-8")


def test_a_folder_of_ones_own_can_hold_plugins(tmp_path):
    folder = tmp_path / "mine" / "my-styles"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "plugin.toml").write_text('title = "My styles"\n')
    (folder / "styles.toml").write_text('[coach]\nbased_on = "S2"\nbehaviour = { development = 0.9 }\n')
    (folder / "scenarios" / "shop.toml").write_text('extends = "everyday"\ntitle = "A shop"\nquestion = "Who?"\n')
    of_the_page(folder.parent / "laughter")
    commands = (["plugins", "--json"], ["styles", "coach"], ["scenarios", "shop"], ["metrics", "laughter"])
    (_, listed), (_, style), (_, scenario), (_, metric) = each_of(tmp_path, *commands)
    laughter, plugin = json.loads(listed)
    assert laughter["brings"]["metrics"] == ["laughter"]
    assert "mean laughter of the people employed" in metric
    assert plugin["brings"] == {"styles": ["coach"], "scenarios": ["shop"]}
    assert "0.90" in style
    assert "A shop" in scenario
    for status, none in each_of(tmp_path, ["plugins", "--json"], ["styles", "--json"], TEAMSIM_PLUGINS="none"):
        assert '"coach"' not in none
        assert status == 0


# --- Broken ones ------------------------------------------------------------------------------------------------------


@pytest.fixture
def laughing(tmp_path, monkeypatch):
    """The worked plug-in in a folder of one's own, for this process."""
    folder = tmp_path / "mine" / "laughter"
    shutil.copytree(WORKED / PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv(plugins.VARIABLE, str(folder.parent))
    plugins.plugins.cache_clear()
    yield folder
    plugins.plugins.cache_clear()


def replace(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Laughter"', "title = ", "not valid TOML"),
        ('title = "Laughter"\n', "", "title"),
        ('title = "Laughter"', 'title = "Laughter"\ncolour = "red"', "colour"),
        ('name = "laughter_rate"', 'name = "morale_rate"', 'there is another parameter with "morale_rate"'),
        ('symbol = "ρ_lau"', 'symbol = "ρ_m"', 'there is another parameter with "ρ_m"'),
        ("default = 0.3", "default = 3", "allowed is 0 to 1"),
        ("low = 0.1\nhigh = 0.5", "low = 0.6\nhigh = 0.5", "rise in this order"),
        ('name = "fun"', 'name = "class"', "a word of Python"),
        ('name = "laughter_relieves"', 'name = "laughter_rate"', "is there twice"),
        ('record = "TALLY"', 'record = "SUMS"', "record"),
        ('who = "person"', 'who = "everybody"', "who"),
        ('rules = ["laugh"]', "rules = []", "rules"),
        ('name = "laugh"', 'name = "To laugh"', "name"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(laughing, old, new, said):
    replace(laughing / "plugin.toml", old, new)
    with pytest.raises(InputError) as error:
        plugins.plugins()
    assert said in str(error.value)
    assert "plugin.toml" in str(error.value)


def test_two_plugins_of_one_name_are_refused(laughing, monkeypatch):
    monkeypatch.setattr(plugins, "of_packages", lambda: [("laughter", WORKED / PACKAGE, PACKAGE)])
    with pytest.raises(InputError, match="another plug-in called laughter"):
        plugins.plugins()


def test_an_entry_point_of_a_package_that_is_gone_is_said(monkeypatch):
    from importlib import metadata

    point = metadata.EntryPoint("gone", "no_such_package_at_all", plugins.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda group: [point])
    with pytest.raises(InputError, match="plug-in gone: the package no_such_package_at_all cannot be found"):
        list(plugins.of_packages())


BROKEN = [
    ("plugin.toml", 'rules = ["laugh"]', 'rules = ["laughs"]', 'unknown function "laughs"; did you mean "laugh"?'),
    ("plugin.toml", 'after = "feel"', 'after = "feels"', 'unknown step "feels"; did you mean "feel"?'),
    ("plugin.toml", 'after = "feel"', 'after = "add_teams"', "not among the steps that teams take"),
    ("plugin.toml", 'step = "recruit"', 'step = "recruits"', 'unknown step "recruits"'),
    ("plugin.toml", 'name = "laugh"', 'name = "learn"', 'another step called "learn"'),
    ("plugin.toml", 'record = "TALLY"\nname = "laughter"', 'record = "TALLY"\nname = "morale"', "has a field"),
    ("plugin.toml", '[[metrics]]\nname = "laughter"', '[[metrics]]\nname = "trust"', 'another metric called "trust"'),
    ("plugin.toml", 'name = "fun"', 'name = "voice"', 'another channel called "voice"'),
    ("plugin.toml", 'mechanism = "mood"', 'mechanism = "moods"', 'unknown mechanism "moods"'),
    ("rules.py", "@rule\ndef laugh(", "def laugh(", "no compiled rule"),
    ("rules.py", "def laugh(employee, company, p)", "def laugh(employee, company, q, p=1)", "nothing called q"),
    ("rules.py", "def mean_laughter(tally)", "def mean_laughter(tally, team)", 'unknown argument "team"'),
    ("rules.py", "employee.morale +", "employee.moral +", "cannot be compiled"),
    ("rules.py", "tally.employed", "tally.people", "No record that it is given has a field 'people'"),
    ("rules.py", "from sim.model.rules.tally import per", "import nothing_of_this_name", "cannot be imported"),
    ("styles.toml", "[clown]", "[agile]", 'another style called "agile"'),
    ("practices.toml", "acts = { fun", "acts = { fan", 'unknown behaviour or channel "fan"; did you mean "fun"?'),
]
"""File, what stands there, what somebody has written instead, and what is said about it."""


@pytest.fixture(scope="module")
def errors(tmp_path_factory):
    """What `teamsim plugins` says of each broken plug-in: its exit status and the text."""
    above = tmp_path_factory.mktemp("broken")
    folders = []
    for number, (file, old, new, _) in enumerate(BROKEN):
        folder = above / str(number) / "laughter"
        shutil.copytree(WORKED / PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        replace(folder / file, old, new)
        folders.append(str(folder.parent))
    command = [sys.executable, "-m", "tests.plugins.one_by_one", *folders]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(above))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("number", range(len(BROKEN)), ids=lambda number: BROKEN[number][3].replace(" ", "-"))
def test_a_broken_plugin_is_one_clear_error(errors, number):
    status, text = errors[number]
    assert status == 2, text
    assert "Traceback" not in text
    assert text.count("Error:") == 1
    assert BROKEN[number][3] in text
    assert "laughter" in text


def test_a_run_says_what_is_wrong_with_a_plugin(tmp_path):
    folder = tmp_path / "mine" / "laughter"
    shutil.copytree(WORKED / PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    replace(folder / "rules.py", "employee.morale +", "employee.moral +")
    done = teamsim(tmp_path, "compare", "everyday", "--replications", "1", "--weeks", "1")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert "rules.py: laugh: cannot be compiled" in " ".join(done.stderr.split())


def test_a_folder_that_is_none_is_said(tmp_path):
    done = teamsim(tmp_path, "styles", TEAMSIM_PLUGINS=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert done.stderr.startswith("Error: TEAMSIM_PLUGINS: got ")
    assert teamsim(tmp_path, "--help", TEAMSIM_PLUGINS=str(tmp_path / "nowhere")).returncode == 0


def test_what_a_practice_costs_has_bounds_and_its_file_is_named(tmp_path):
    """Without them a week would have more hours than there are, or less than none."""
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd/plugin.toml").write_text('title = "Odd"\n')
    costs = "hours_people = -1e6\nhours_leader = -1e300\nmoney = 1e300\npace = -50\n"
    practice = f'[odd]\ngroup = "culture"\ntitle = "Odd"\ndescription = "Odd."\n{costs}acts = {{ support = 1.0 }}\n'
    (tmp_path / "odd/practices.toml").write_text(practice)
    code = (
        "from sim.scenario.load import load_scenario\nfrom sim.scenario.problems import InputError\n"
        "try: load_scenario('values-led')\nexcept InputError as error: print(error)"
    )
    environment = {**os.environ, "TEAMSIM_PLUGINS": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stderr == ""
    assert "practices.toml: odd" in done.stdout
    assert all(f"{cost}: got" in done.stdout for cost in ("hours_people", "hours_leader", "money", "pace"))
