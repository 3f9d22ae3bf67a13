"""Mechanisms: the parts of the model between a leader's behaviour and its effects, declared as data.

A mechanism is a set of fields of the state. Which rules keep it up, which others read it and when, is read off the
rules (`sim.model.flows`). Cut, it goes on by itself, but everything else meets what it was under the baseline.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.model.flows import STATE, Place, Places, influences
from sim.model.state import PRACTISED
from sim.scenario.behaviours import BEHAVIOURS
from sim.scenario.plugins import Plugin, plugins
from sim.scenario.problems import InputError, listed, unknown

if TYPE_CHECKING:
    from sim.scenario.plugin_file import NewState


class Mechanism(NamedTuple):
    """Something that carries an effect on: its name, what it is called, how a sentence puts it, and its fields."""

    name: str
    label: str
    through: str
    says: str
    fields: Mapping[str, tuple[str, ...]]

    @property
    def places(self) -> Places:
        """Its fields with their records."""
        return frozenset((record, name) for record, names in self.fields.items() for name in names)


_OWN = (
    Mechanism(
        "attention", "The leader's time", "the leader's time",
        "what there is time for, how easily the leader can be asked, and how well the leader knows people",
        {"LEADER": ("attention", "load", "prompt", "presence", "deciding", "spare", "contact", "data_use"),
         "EMPLOYEE": ("seen_competence", "seen_commitment", "seen_level")},
    ),
    Mechanism(
        "guidance", "Guidance and ambiguity", "guidance and ambiguity",
        "how well people know what to do, and what is left unclear",
        {"WEEK": ("guidance", "ambiguity")},
    ),
    Mechanism(
        "decisions", "Decisions", "the delay and the quality of decisions",
        "delay and quality of decisions, the hours that they take, and the work that waits for them",
        {"TEAM": ("waiting", "deciding", "delay", "quality", "blocked", "meeting_hours", "deciding_hours")},
    ),
    Mechanism(
        "work", "Workload and success", "workload and success at work",
        "how much there is to do for how many hands, how much of the week goes into it, and how it goes",
        {"TEAM": ("pressure", "utilisation", "backlog"), "WEEK": ("practice", "success")},
    ),
    Mechanism(
        "learning", "Learning", "learning",
        "how able people become",
        {"EMPLOYEE": ("competence", "mastered")},
    ),
    Mechanism(
        "motivation", "Needs and motivation", "needs, motivation and confidence",
        "autonomy and other needs met or frustrated, and the motivation and confidence that come of it",
        {"WEEK": ("oversupervision", "underguidance", "autonomy_met", "needs_met"),
         "EMPLOYEE": ("motivation", "confidence", "commitment", "level")},
    ),
    Mechanism(
        "mood", "Mood", "mood at work",
        "how morale moves effort, customers, colleagues and the wish to leave",
        {"EMPLOYEE": ("morale", "accustomed")},
    ),
    Mechanism("strain", "Strain", "strain", "exhaustion", {"EMPLOYEE": ("strain",)}),
    Mechanism(
        "threat", "Threat", "what threatens people",
        "fear for jobs: of new technology, in a crisis, after a layoff",
        {"COMPANY": ("fear",)},
    ),
    Mechanism("trust", "Trust", "trust", "trust in the leader and the company", {"EMPLOYEE": ("trust",)}),
    Mechanism(
        "people", "People leaving and newcomers", "people who leave and newcomers",
        "who is there: who leaves, how long a position stays empty, and who comes",
        {"EMPLOYEE": ("status", "tenure", "newness", "learning_rate", "need_for_autonomy", "creativity", "skill",
                      "affect", "ability", "resilience", "propensity", "self_view", "rapport",
                      "regard"),
         "TEAM": ("quits", "hires")},
    ),
    Mechanism(
        "climate", "Safety, direction and self-leading", "safety, shared direction and self-leading in the team",
        "psychological safety, goals that are clear and shared, and being used to deciding",
        {"TEAM": ("psychological_safety", "shared_direction", "self_leading")},
    ),
    Mechanism(
        "ideas", "Ideas and process", "ideas and the way work is done",
        "ideas put into use, and how good the way is in which work is done",
        {"WEEK": ("ideas",), "TEAM": ("heard", "adopted", "ideas", "process")},
    ),
    Mechanism(
        "market", "Market and customers", "the market and customers",
        "customers' satisfaction, reputation, demand, and how well the offer fits the market",
        {"COMPANY": ("customer_satisfaction", "reputation", "strategic_fit", "demand_level", "standing")},
    ),
    Mechanism(
        "practices", "Practices and technology", "practices and technology",
        "how far practices and technology have taken hold",
        {"COMPANY": ("automation", "ai_readiness", "unfamiliarity", "practice_hours", "practice_time",
                     "practice_money", *PRACTISED),
         "LEADER": ("conduct",)},
    ),
)  # fmt: skip


def _with_plugins() -> tuple[Mechanism, ...]:
    """The mechanisms, and what plug-ins say that one of them carries, too."""
    found = {mechanism.name: mechanism for mechanism in _OWN}
    for plugin, new in _state_of_plugins():
        if new.mechanism is None:
            continue
        where = f"{plugin.shown}: state ({new.name}).mechanism"
        if new.record == "TALLY":
            raise InputError(f"{where}: a sum for metrics carries nothing. Take it out.")
        if new.mechanism not in found:
            raise InputError(f"{where}: {unknown('mechanism', new.mechanism, found)}")
        fields = found[new.mechanism].fields
        more = {**fields, new.record: (*fields.get(new.record, ()), new.name)}
        found[new.mechanism] = found[new.mechanism]._replace(fields=more)
    return tuple(found.values())


def _state_of_plugins() -> "Iterator[tuple[Plugin, NewState]]":
    return ((plugin, new) for plugin in plugins() for new in plugin.file.state)


MECHANISMS = _with_plugins()
"""All of them, in the order in which they are listed."""

NAMES = tuple(mechanism.name for mechanism in MECHANISMS)

BY_NAME = {mechanism.name: mechanism for mechanism in MECHANISMS}

PEOPLE = NAMES.index("people")
"""The one that says who is there, and so whom others are about."""

IN_PASSING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "the leadership style itself": {
        "WEEK": (*BEHAVIOURS, "unsaid"),
        "TEAM": BEHAVIOURS,
        "LEADER": ("policy", "stage"),
    },
    "what happens to the company from outside": {
        "COMPANY": ("urgency", "decision_rate", "demand"),
        "LEADER": ("hours", "competence", "diagnosis_skill", "fidelity", "away", "turned"),
        "EMPLOYEE": ("private",),
    },
    "put together anew each week from what mechanisms carry": {
        "TEAM": ("positions", "employed", "newcomers", "diversity", "best", "competence", "confidence", "commitment",
                 "morale", "strain", "incompetence_squared", "helping_hours", "decisions", "capacity", "output"),
        "WEEK": ("proficiency", "effort", "knack", "capacity"),
    },
    "outcomes that act on nothing": {
        "EMPLOYEE": ("output",),
        "COMPANY": ("revenue", "cost", "profit", "cash"),
    },
    **{
        f"what the plug-in {plugin.name} keeps, and says of no mechanism that it carries it": {
            record: tuple(new.name for new in plugin.file.state if new.record == record and new.mechanism is None)
            for record in STATE
        }
        for plugin in plugins()
        if any(new.record != "TALLY" and new.mechanism is None for new in plugin.file.state)
    },
}  # fmt: skip
"""Fields that a week changes and no mechanism carries, by the reason why none has to."""


def uncarried() -> Places:
    """Fields of the state that a week changes and that neither a mechanism carries nor IN_PASSING accounts for."""
    known = {place for mechanism in MECHANISMS for place in mechanism.places}
    known |= {(record, name) for of in IN_PASSING.values() for record, names in of.items() for name in names}
    return frozenset(place for place in influences() if place[0] in STATE and place not in known)


def chosen(names: Sequence[str] | None) -> tuple[str, ...]:
    """The mechanisms asked for, in the order of the list; all where none are named.

    Raises:
        InputError: none, one that there is not, or the same one twice.
    """
    if names is None:
        return NAMES
    if isinstance(names, str):
        names = [names]
    if not names:
        raise InputError("mechanisms: got none; name at least one, or leave it out for all of them.")
    for name in names:
        if name not in NAMES:
            raise InputError(f"mechanisms: {unknown('mechanism', name, NAMES)}")
    if twice := sorted({name for name in names if list(names).count(name) > 1}):
        raise InputError(f"mechanisms: {listed(twice)} given twice; name each once.")
    return tuple(name for name in NAMES if name in names)


def mechanism_of(place: Place) -> Mechanism | None:
    """The mechanism that carries a field, if one does."""
    return next((mechanism for mechanism in MECHANISMS if place in mechanism.places), None)
