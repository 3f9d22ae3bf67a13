"""The promises of the project as a whole: who imports whom, what is shipped, what no file may contain."""

import ast
import io
import os
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import grimp
import networkx
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "sim").rglob("*.py"))
RULES = sorted((ROOT / "sim/model/rules").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

LONGEST = 400
"""Lines that a file may have."""

RULES_MAY_IMPORT = {"math", "typing", "collections.abc", "numpy", "numba", "sim.model.state", "sim.model.rules"}
COMPILING_MAY_IMPORT = RULES_MAY_IMPORT | {"atexit", "functools", "hashlib", "pathlib", "shutil", "tempfile"}
COMPILING_MAY_IMPORT |= {"sim.scenario.problems"}  # says where compiled rules cannot be kept

SLOW_TO_IMPORT = {
    "altair",
    "matplotlib",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "scipy",
}
SLOW_TO_IMPORT |= {"solara", "xarray"}

# The brackets keep these patterns from finding themselves.
FOREIGN = re.compile(
    r"py[p]i\.org|python[h]osted|test\.py[p]i|registry\.[n]pmjs|deb\.[d]ebian|(?:extra-)?[i]ndex-url|[f]ind-links"
    r"|(?<![\w.$}])/(?:[w]ork|[r]oot|[f]arm)/|(?<![\w.$}])/[t]mp/[a-z]|/[o]pt/(?:wheels|simple)"
)
"""Addresses of package registries and paths of one machine."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run_python(code: str, folder: Path = ROOT) -> str:
    """What a fresh interpreter prints for this code, with the `sim` that lies in the folder."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- Who imports whom -------------------------------------------------------------------------------------------------


def imported(source: str) -> set[str]:
    """The modules that a source text imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def not_allowed(modules: set[str], allowed: set[str]) -> set[str]:
    return {name for name in modules if not any(f"{name}.".startswith(f"{one}.") for one in allowed)}


@pytest.mark.parametrize("path", RULES, ids=relative)
def test_rules_know_numpy_numba_and_their_records_only(path):
    allowed = COMPILING_MAY_IMPORT if path.name == "compiled.py" else RULES_MAY_IMPORT
    assert not not_allowed(imported(path.read_text(encoding="utf-8")), allowed)


@pytest.mark.parametrize(
    "line",
    ["import pandas", "from sim.scenario import schema", "def f():\n    import mesa.agent", "from .. import engine"],
)
def test_a_rule_that_imports_something_else_is_found(line):
    assert not_allowed(imported(line), RULES_MAY_IMPORT)


def circles(graph):
    """Groups of modules each of which imports the others, by whatever way."""
    imports = [(one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one)]
    groups = networkx.strongly_connected_components(networkx.DiGraph(imports))
    return [sorted(group) for group in groups if len(group) > 1]


def test_no_modules_import_each_other():
    """By no way at all, those of the app included; imports for types apart."""
    assert not circles(grimp.build_graph("sim", exclude_type_checking_imports=True, cache_dir=None))


def test_modules_that_import_each_other_are_found():
    graph = grimp.ImportGraph()
    for importer, imported in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        graph.add_import(importer=importer, imported=imported)
    assert circles(graph) == [["a", "b", "c"]]


def test_no_file_of_tests_runs_the_model_while_it_is_read(run_before):
    """Rules are compiled while the tests are looked for, and every worker looks for them."""
    assert not run_before, "use a fixture"


def test_help_is_quick_because_it_imports_nothing_heavy():
    loaded = run_python(
        "import sys; sys.argv = ['teamsim', '--help']\n"
        "from sim.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sys.modules)"
    )
    assert "compare" in loaded
    assert not SLOW_TO_IMPORT & set(loaded.rpartition("LOADED")[2].split())


# --- What no file may contain -----------------------------------------------------------------------------------------


def style_words() -> set[str]:
    """The words that name the built-in styles."""
    styles = tomllib.loads((ROOT / "sim/scenario/styles.toml").read_text(encoding="utf-8"))
    return {word for name in styles for word in name.casefold().split("-")} - {"faire"}


def code_words(source: str) -> Iterator[str]:
    """Each word of the names and the texts of a source, comments and docstrings left out."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    names = [token.string for token in tokens if token.type == tokenize.NAME]
    for text in texts + names:
        yield from re.findall("[a-z0-9]+", text.casefold())


@pytest.mark.parametrize("path", RULES, ids=relative)
def test_no_rule_knows_a_style_by_name(path):
    assert not style_words() & set(code_words(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "code", ["AUTOCRATIC = 1", "f('laissez-faire')", "f'{x} is agile'", "x.is_servant", "x == 'S1'"]
)
def test_a_rule_that_names_a_style_is_found(code):
    assert style_words() & set(code_words(code))


def test_a_docstring_may_name_a_style():
    assert not style_words() & set(code_words('def f():\n    """Autocratic."""  # democratic\n'))


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_says_what_it_is_for_and_stays_short(path):
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "begin with a docstring: the first line is the module's role"
    assert source.count("\n") <= LONGEST, "one concept a file: split it"


def files_of_the_project() -> list[Path]:
    """Every file that is tracked, or would be with the next commit."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [ROOT / name for name in sorted(set(done.stdout.split("\0")) - {""}) if (ROOT / name).is_file()]


def test_no_file_holds_a_registry_or_a_path_of_one_machine():
    found = []
    for path in files_of_the_project():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{relative(path)}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "--{}ndex-url x".format("i"),
        "https://{}.org/simple".format("pypi"),
        "see /{}/notes".format("root"),
        "'/{}/x'".format("tmp"),
    ],
)
def test_a_registry_or_a_path_of_one_machine_is_found(text):
    assert FOREIGN.search(text)


def test_versions_are_pinned_in_one_place():
    assert not [path for path in files_of_the_project() if path.name in {"uv.lock", "poetry.lock", "requirements.txt"}]


# --- What is installed and shipped ------------------------------------------------------------------------------------


def requirements() -> list[Requirement]:
    """Everything that pyproject.toml asks for, extras included; what an extra asks of another stands there."""
    extras = PROJECT["optional-dependencies"].values()
    every = [Requirement(line) for lines in (PROJECT["dependencies"], *extras) for line in lines]
    return [one for one in every if one.name != PROJECT["name"]]


def pins() -> dict[str, str]:
    """The versions in constraints.txt by name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    matches = [re.fullmatch(r"([\w.-]+)==([\w.+!]+)", line) for line in lines if not line.startswith("#")]
    assert all(matches), "a name and a version on every line"
    return {canonicalize_name(match[1]): match[2] for match in matches if match}


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_the_ranges_admit_the_pinned_version(requirement):
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)])


def test_the_installer_and_the_project_are_not_pinned():
    assert not {"pip", "setuptools", "wheel", "uv", "teamsim"} & set(pins())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_holds_the_package_and_its_scenarios_and_nothing_else(wheel):
    assert {path.name for path in wheel.iterdir()} == {"sim", f"teamsim-{PROJECT['version']}.dist-info"}
    assert (wheel / "sim/scenario/styles.toml").is_file()
    assert (wheel / "sim/py.typed").is_file()  # type checkers of others read the types
    shipped = {path.name for path in (wheel / "sim/scenarios").iterdir()}
    assert shipped == {path.name for path in (ROOT / "scenarios").iterdir() if path.is_file()}
    assert not (wheel / "sim/experiments/results").exists()


def test_what_an_index_shows_needs_no_file_beside_it(wheel):
    """The pictures and pages of README.md are not there, and a picture that does not load says nothing."""
    text = (wheel / f"teamsim-{PROJECT['version']}.dist-info/METADATA").read_text(encoding="utf-8")
    assert "Description-Content-Type: text/markdown" in text
    assert not re.findall(r"\]\((?!https?:)[^)]*\)", text)
    assert "Morale and output of a business of twelve" in text
    assert "docs/researchers.md" in text


def test_an_installed_package_finds_its_scenarios_and_studies(wheel, tmp_path):
    """From any folder, without a checkout beside it."""
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r})\n"
        "import sim\n"
        "from sim.analysis.claims.load import load_claims\n"
        "print(sim.__file__, sim.load_scenario('everyday').name)\n"
        "print(sim.load_study('crisis').study.name, load_claims().claims[0].id)"
    )
    assert run_python(code, tmp_path).split() == [str(wheel / "sim/__init__.py"), "everyday", "crisis", "C01"]


def test_the_versions_agree():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['version']}\n" in citation


# --- Setting up -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("found", ["no Python", "an old Python"])
def test_without_a_fitting_python_one_sentence_says_what_to_do(tmp_path, found):
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    path = tmp_path / "bin"
    path.mkdir()
    if found == "an old Python":
        (path / "python3").write_text("#!/bin/sh\nexit 1\n")  # what it answers when asked whether it is new enough
        (path / "python3").chmod(0o755)
    command = [shutil.which("make") or "make", "demo"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={"PATH": str(path)})
    error_lines = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
    assert done.returncode != 0
    assert len(error_lines) == 1
    assert "Python 3.12 or newer" in error_lines[0]
    assert not (tmp_path / ".venv").exists()


def test_continuous_integration_runs_what_a_developer_runs(tmp_path):
    folder, asked = tmp_path / ".ci", tmp_path / "asked"
    folder.mkdir()
    shutil.copy2(ROOT / ".ci/run", folder)
    (tmp_path / "make").write_text(f'#!/bin/sh\necho "$PWD: make $*" >> "{asked}"\n')
    (tmp_path / "make").chmod(0o755)
    done = subprocess.run([folder / "run"], env={"PATH": f"{tmp_path}:{os.environ['PATH']}"}, cwd="/")
    assert done.returncode == 0
    assert f"{tmp_path}: make test" in asked.read_text().splitlines()


# --- How it is tested -------------------------------------------------------------------------------------------------

PUBLIC = {"_replace", "_asdict", "_fields", "_make", "_exit"}
"""Of named tuples, and of `os`: public by its documentation."""


def private_names(source: str) -> Iterator[str]:
    """Private names that a test takes from elsewhere: imported, read, or replaced for a while."""
    tree = ast.parse(source)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom():
                names = [alias.name for alias in node.names]
            case ast.Attribute(value=ast.Name(id="self")):
                continue  # of a class in the test itself
            case ast.Attribute():
                names = [node.attr]
            case ast.Call(func=ast.Attribute(attr="setattr" | "delattr")):
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                names = [text.rpartition(".")[2] for text in texts if isinstance(text, str)]
            case _:
                continue
        yield from (name for name in names if re.match("_[^_]", name) and name not in PUBLIC | own)


@pytest.mark.parametrize("path", TESTS, ids=relative)
def test_a_test_uses_what_is_public(path):
    assert not list(private_names(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "code", ["from sim.x import _y", "x._y()", "patch.setattr(x, '_y', 1)", "patch.setattr('sim.x._y', 1)"]
)
def test_a_private_name_in_a_test_is_found(code):
    assert list(private_names(code)) == ["_y"]


def test_what_a_named_tuple_offers_is_public():
    assert not list(private_names("x._replace(y=x._fields)\nclass A:\n    def b(self): self._c = 1"))
