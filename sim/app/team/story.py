"""Records a single run person by person, week by week, as plain data that a browser can play.

The run is made by the Mesa model. `same_as_engine` makes the same run with the compiled engine and compares all
numbers.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.app.profile_rows import stage_names
from sim.app.team import leaving, moved, timeline
from sim.app.team.names import Names
from sim.model.agents import Employee
from sim.model.build import AS_IS
from sim.model.metrics import METRIC_NAMES
from sim.model.rules.diagnosis import HIGH_COMMITMENT, HIGH_COMPETENCE, MODERATE_COMPETENCE
from sim.model.rules.trust import closeness
from sim.model.state import CLOSED
from sim.model.team_model import TeamModel
from sim.model.terms import Term
from sim.run.case import Case, run_cases
from sim.run.record import Record
from sim.run.size import positions
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.variants import with_parameters
from sim.view.language import english, said
from sim.view.sentences import called

type Story = dict[str, Any]

MOST_PERSON_WEEKS = 15_000
"""The most positions times weeks of a story; nobody reads more person by person."""

LEVEL_NAMES = ("D1", "D2", "D3", "D4")

TEAM_NOTES = ("stage", "vacant", "load", "attention", "fidelity")
"""What is recorded of a team each week: the leader's stage (an index into `stages`), vacant positions, the hours asked
of the leader over the hours available, the share of the intended behaviour that there was time for, and the share of it
that reached people."""

STATES = ("competence", "commitment", "morale", "strain", "trust")
"""What is recorded of a person each week, in thousandths."""

MOODS = (
    (0.0, english("low")),
    (0.4, english("uneasy")),
    (0.55, english("fair")),
    (0.65, english("good")),
    (0.75, english("high")),
)
"""Words for morale, each with its lowest value. They are only for reading."""


def tell(
    scenario: Scenario,
    style: str,
    seed: int = 1,
    replication: int = 0,
    weeks: int | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Story:
    """Run the Mesa model once, and record what happens.

    Args:
        scenario: the scenario.
        style: a built-in style, one of the scenario's own, or "as-is".
        seed: of all chance, as in `sim.compare`.
        replication: number of the replication, as in `sim.compare`.
        weeks: length of the run; by default the scenario's.
        parameters: values that replace those of the model and the scenario.

    Returns:
        Plain data: `people` with a list for each of STATES and for `level`, `seen` (0 = D1 .. 3 = D4; NOT_LED where
        nobody led the person), `done` (an index into `behaviour`) and `closeness` (what the person gets of the leader
        against the team's average, in thousandths), from the week in which the person came; `teams` with the leader's
        weeks; `events`; `marks`, those of them that the scenario brings; `edges`, where development levels begin; the
        company's `metrics`; `moved`, for each of the people, why morale moved in each week that
        they lived through. Week 0 is the first day, before anything happened.

    Raises:
        InputError: an argument is wrong, or the run is too long to record.
    """
    weeks = scenario.run.weeks if weeks is None else weeks
    if parameters:
        scenario = with_parameters(scenario, parameters)
    people = positions(scenario)
    if people * weeks > MOST_PERSON_WEEKS:
        raise InputError(
            said(
                "{positions} positions over {weeks} weeks are too much for this page; allowed are {most} person-weeks."
                " Run fewer weeks, or choose a smaller company.",
                positions=people,
                weeks=weeks,
                most=MOST_PERSON_WEEKS,
            )
        )
    return _Recorder(scenario, style, seed, replication, weeks).story()


def same_as_engine(story: Story, scenario: Scenario, parameters: Mapping[str, float] | None = None) -> bool:
    """Whether the compiled engine gives exactly the same numbers: every metric in every week of the story."""
    if parameters:
        scenario = with_parameters(scenario, parameters)
    numbers = range(story["replication"], story["replication"] + 1)
    case = Case(scenario, (story["style"],), {}, numbers, story["seed"], story["weeks"])
    (outcome,) = run_cases([case], Record(weekly=True))
    assert outcome.weekly is not None  # noqa: S101  # every week is recorded
    rows = outcome.weekly[0, 0]
    recorded = np.column_stack([np.array(story["metrics"][name], float) for name in METRIC_NAMES])  # None becomes NaN
    return bool(np.array_equal(recorded, rows, equal_nan=True))


NOT_LED = -1
"""Instead of a level that a leader sees, or of a row of behaviour: nobody led the person in that week."""


class _Recorded(Employee):
    """An employee with the last week that he or she lived through completely."""

    lived = 0
    felt: tuple[float, float, list[Term]] = (0.0, 0.0, [])
    """Morale before and after the week, and the terms of the rule that moves it."""

    def feel(self) -> None:
        before, terms = self.morale, moved.terms_for(self)
        super().feel()
        self.felt = (before, self.morale, terms)

    def have_ideas(self) -> None:
        super().have_ideas()
        self.lived = self.model.week

    pushes: Mapping[str, float] = {}
    """What pushed to leave, as it was just before that was decided."""

    def stay_or_leave(self) -> None:
        company = self.model.world.company.view(np.recarray)[0]
        self.pushes = leaving.pushes(self, company, self.model.parameters.view(np.recarray)[0])
        super().stay_or_leave()


class _Recorder:
    """Follows a model through its weeks and records what happens. The model does not know about it."""

    def __init__(self, scenario: Scenario, style: str, seed: int, replication: int, weeks: int) -> None:
        model = TeamModel(scenario, style, seed, replication, weeks, employee_class=_Recorded, collect_people=False)
        self.model = model
        self.parameters = model.parameters.view(np.recarray)[0]
        self.listed = {person.name for person in scenario.employees.people}
        self.names = Names(seed, replication, self.listed)
        self.people: list[dict[str, Any]] = []
        self.moved: list[list[list[Any]]] = []
        self.terms: dict[Employee, list[Term]] = {}
        self.known: dict[Employee, dict[str, Any]] = {}
        self.done: dict[tuple[int, ...], int] = {}
        self.teams: list[dict[str, Any]] = [
            {"name": team.name, **{kind: [] for kind in TEAM_NOTES}} for team in scenario.teams
        ]
        self.metrics: dict[str, list[float | None]] = {name: [] for name in METRIC_NAMES}
        self.events = timeline.by_week(scenario, weeks, styles_change=model.style == AS_IS)
        self.marks = [[week, " ".join(texts)] for week, texts in sorted(self.events.items())]

    def story(self) -> Story:
        """Run the model to its end, and return the record."""
        model = self.model
        for employee in self._present():
            self._meet(employee)
        self._note_teams()
        while model.running:
            self._live_a_week()
        for notes in self.teams:
            # Leaders take up their style in the first week. Before that, the model has no stage for them.
            notes["stage"][0] = notes["stage"][1]
        return {
            "scenario": model.scenario.name,
            "title": said(model.scenario.title),
            "style": model.style,
            "seed": model.seed,
            "replication": model.replication,
            "weeks": model.week,
            "states": list(STATES),
            "moods": [[least, said(word)] for least, word in MOODS],
            "behaviours": [said(name, "behaviour") for name in BEHAVIOURS],
            "people": self.people,
            "teams": self.teams,
            "stages": self._stages(),
            "done": [list(row) for row in self.done],
            "events": {str(week): texts for week, texts in sorted(self.events.items())},
            "marks": self.marks,
            "edges": {
                "competence": [_thousandths(MODERATE_COMPETENCE), _thousandths(HIGH_COMPETENCE)],
                "commitment": [_thousandths(HIGH_COMMITMENT)],
            },
            "slii": model.scenario.run.development_scheme == "slii",
            "metrics": self.metrics,
            "moved": self.moved,
        }

    def _live_a_week(self) -> None:
        model, before = self.model, self._present()
        model.step()
        for employee in before:
            person = self.known[employee]
            lived = employee.lived == model.week
            self._note(employee, person, led=lived)
            if lived:
                was, now, terms = employee.felt
                sentence = moved.in_words(person["name"], was, now, terms, self.terms.get(employee, []))
                self.moved[person["id"]].append([model.week, sentence])
                self.terms[employee] = terms
            if not employee.employed:
                person["left"] = model.week
                person["quit"] = lived
                person["why"] = said("left of their own accord") if lived else self._taken_by(employee)
                pushed = f": {leaving.in_words(employee.pushes)}" if lived else ""
                where = person["role"] or model.teams[person["team"]].name
                self._say(f"{person['name']} ({where}) {person['why']}{pushed}.")
        for employee in self._present():
            if employee not in self.known:
                self._say(said("{name} joins {team}.", name=self._meet(employee)["name"], team=employee.team.name))
        self._note_teams()
        for name, value in model.metrics.items():
            self.metrics[name].append(None if np.isnan(value) else value)

    def _present(self) -> list[_Recorded]:
        return [employee for employee in self.model.places if isinstance(employee, _Recorded)]

    def _meet(self, employee: _Recorded) -> dict[str, Any]:
        """Record a new person."""
        named = employee.name in self.listed and self.model.week == 0
        person: dict[str, Any] = {
            "id": len(self.people),
            "name": employee.name if named else self.names.next(),
            "role": employee.role,
            "team": employee.team.index,
            "position": employee.position,
            "came": self.model.week,
            "left": None,
            "why": "",
            "quit": False,
            **{kind: [] for kind in ("level", "seen", "done", "closeness", *STATES)},
        }
        self.people.append(person)
        self.moved.append([])
        self.known[employee] = person
        self._note(employee, person, led=False)
        return person

    def _note(self, employee: _Recorded, person: dict[str, Any], led: bool) -> None:
        person["level"].append(LEVEL_NAMES.index(employee.level))
        person["seen"].append(LEVEL_NAMES.index(employee.seen_level) if led else NOT_LED)
        row = tuple(_thousandths(getattr(employee.week, name)) for name in BEHAVIOURS)
        person["done"].append(self.done.setdefault(row, len(self.done)) if led else NOT_LED)
        close = closeness.py_func(employee, self.parameters) if led else 1.0
        person["closeness"].append(_thousandths(close))
        for name in STATES:
            person[name].append(_thousandths(getattr(employee, name)))

    def _note_teams(self) -> None:
        world = self.model.world
        for team, notes in zip(self.model.teams, self.teams, strict=True):
            leader = team.leader
            notes["stage"].append(int(world.leaders["stage"][team.index]))
            notes["vacant"].append(len(team.vacancies))
            for name in ("load", "attention", "fidelity"):
                notes[name].append(_thousandths(getattr(leader, name)))

    def _taken_by(self, employee: _Recorded) -> str:
        """Why a person did not live through the week: the position was closed, or the company lost the person."""
        closed = self.model.world.employees["status"][employee.position] == CLOSED
        return said("was laid off") if closed else said("was lost to the company")

    def _say(self, text: str) -> None:
        self.events.setdefault(self.model.week, []).append(text)

    def _stages(self) -> list[dict[str, Any]]:
        """The stages of all styles in the run: their names, and the intended behaviour for each level."""
        tables = self.model.timetable.tables
        names = [
            (style, stage) for style in self.model.styles for stage in stage_names(style, self.model.scenario.styles)
        ]
        return [
            {
                "style": style,
                **stage._asdict(),
                "style_called": called(style),
                "name_called": called(stage.name),
                "rows": list(stage.rows),
                "meant": [[_thousandths(row[name]) for name in BEHAVIOURS] for row in tables[place]],
            }
            for place, (style, stage) in enumerate(names)
        ]


def _thousandths(value: float) -> int:
    return round(1000 * float(value))
