"""The vocabulary of leading: thirteen kinds of behaviour, each between 0 (never) and 1 (as much as anybody does)."""

from typing import NamedTuple


class Behaviour(NamedTuple):
    """One kind of behaviour: its name in scenario files, what it means, and how the literature calls it."""

    name: str
    meaning: str
    literature: str


BEHAVIOUR_TABLE = (
    Behaviour("direction", "says what to do, how and by when, and supervises closely", "initiating structure"),
    Behaviour("support", "listens, praises, helps", "consideration"),
    Behaviour("participation", "share of decisions taken together with the team", "participative leadership"),
    Behaviour("delegation", "share of decisions left to whoever is closest to the work", "empowering leadership"),
    Behaviour("inspiration", "gives vision and meaning", "inspirational motivation"),
    Behaviour("challenge", "sets goals that stretch", "intellectual stimulation; specific, hard goals"),
    Behaviour("development", "spends time on coaching and training", "individualised consideration"),
    Behaviour("recognition", "notices and rewards good work", "contingent reward"),
    Behaviour("service", "spends own hours on removing obstacles for people", "servant leadership"),
    Behaviour("feedback", "tells people often how they are doing", "feedback frequency"),
    Behaviour("tolerance", "treats failure as something to learn from", "error management climate"),
    Behaviour("iteration", "revisits plans often", "short planning cycles"),
    Behaviour("data", "uses data in judgement", "evidence-based management"),
)

BEHAVIOURS = tuple(behaviour.name for behaviour in BEHAVIOUR_TABLE)
"""Names of the thirteen behaviours, in the order of every behaviour table."""

OBSERVABLES = ("urgency", "competence", "commitment", "morale", "strain", "strategic_fit", "backlog", "headcount")
"""What a leader can go by when switching between styles: the team's means and the company's situation last week."""
