"""What all tests share: how examples are sought, and rules compiled once before tests run side by side."""

import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import settings

THOROUGH = "thorough"
"""The mark that `make thorough` asks for."""

# No deadline: the first example of all may compile the rules. In continuous integration the same examples every time.
settings.register_profile("teamsim", deadline=None, print_blob=True, derandomize="CI" in os.environ, max_examples=40)
settings.register_profile(THOROUGH, deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("teamsim")

# What somebody has added on this machine is no part of what is tested, nor of any process that a test starts.
os.environ["TEAMSIM_PLUGINS"] = "none"

# Nor is what extends Pydantic here; each process would look through all installed packages for it.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

TOGETHER = ("tests/browser/", "tests/view/report/")
"""Folders whose files share what takes seconds to make: the app with a browser, and a report."""

BESIDE = dict.fromkeys(
    ("tests/study/test_cluster.py", "tests/view/test_adopting.py"), "tests/analysis/calibration/test_plan.py"
)
"""Files that share what another one makes: a calibration."""

COMPILE_RULES = """
import sim
sim.compare("everyday", styles=["democratic"], replications=1, weeks=1)
list(sim.simulate([sim.Case(sim.load_scenario("everyday"), ("democratic",), replications=range(1))]))
sim.explain("everyday", metrics=["output"], replications=1, weeks=1)
sim.TeamModel(sim.load_scenario("everyday"), style="democratic").run_for(1)
"""


def pytest_configure(config: pytest.Config) -> None:
    """Where thorough tests are asked for, try a thousand examples of all that is tried with some dozens."""
    if config.option.markexpr == THOROUGH:
        settings.load_profile(THOROUGH)


RUN_BEFORE = pytest.StashKey[bool]()
"""Whether the model was run before the first test."""


@pytest.fixture
def run_before(pytestconfig: pytest.Config) -> bool:
    """Whether a file has run the model while it was read."""
    return pytestconfig.stash[RUN_BEFORE]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Then a test is thorough, too, that takes whatever examples it is given."""
    if config.option.markexpr == THOROUGH:
        for item in items:
            if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
                item.add_marker(THOROUGH)
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER[0]))  # what takes longest begins first
    weeks = sys.modules.get("sim.model.weeks")
    config.stash[RUN_BEFORE] = bool(weeks and weeks.run_compiled.signatures)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file are run by the same process, and so are those of a folder that shares more."""
    if config.getoption("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class InFolders(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((folder for folder in TOGETHER if file.startswith(folder)), BESIDE.get(file, file))

    return InFolders(config, log)


COMPILING = pytest.StashKey["subprocess.Popen[bytes]"]()
"""The process that compiles the rules."""


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the rules in one process before several share them: Numba's cache does not bear writers that race.

    Meanwhile the others look for tests, which runs no model. A failure is left for the tests to report. Processes that
    share the cores each solve equations in one thread.
    """
    if session.config.getoption("numprocesses", None):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        session.config.stash[COMPILING] = subprocess.Popen(
            [sys.executable, "-c", COMPILE_RULES],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=session.config.rootpath,
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any) -> None:
    """No test begins before the rules are compiled."""
    node.config.stash[COMPILING].wait()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing was tried, nothing has to be compiled."""
    if process := session.config.stash.get(COMPILING, None):
        process.terminate()
        process.wait()


@pytest.fixture(scope="session")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The results of a small calibration, run in one go; who changes their folder copies it first."""
    import sim
    from sim.analysis.calibration.plan import CalibrationPlan
    from tests.analysis.calibration.settings import quick, two_patterns

    folder = tmp_path_factory.mktemp("calibrated") / "results"
    return sim.run_experiment(CalibrationPlan.begin(quick(), two_patterns()), folder, workers=1)
