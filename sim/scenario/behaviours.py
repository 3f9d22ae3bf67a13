"""The vocabulary of leading: thirteen kinds of behaviour, each between 0 (never) and 1 (as much as anybody does)."""

from typing import NamedTuple

from sim.scenario.plugins import merged, plugins


class Behaviour(NamedTuple):
    """One kind of behaviour: its name in scenario files and for people, what it means, what the literature calls it."""

    name: str
    label: str
    meaning: str
    literature: str


BEHAVIOUR_TABLE = (
    Behaviour("direction", "Direction", "says what to do, how and by when, and supervises closely", "initiating structure"),
    Behaviour("support", "Support", "listens, praises, helps", "consideration"),
    Behaviour("participation", "Participation", "share of decisions taken together with the team", "participative leadership"),
    Behaviour("delegation", "Delegation", "share of decisions left to whoever is closest to the work", "empowering leadership"),
    Behaviour("inspiration", "Inspiration", "gives vision and meaning", "inspirational motivation"),
    Behaviour("challenge", "Challenge", "sets goals that stretch", "intellectual stimulation; specific, hard goals"),
    Behaviour("development", "Development", "spends time on coaching and training", "individualised consideration"),
    Behaviour("recognition", "Recognition", "notices and rewards good work", "contingent reward"),
    Behaviour("service", "Service", "spends own hours on removing obstacles for people", "servant leadership"),
    Behaviour("feedback", "Feedback", "tells people often how they are doing", "feedback frequency"),
    Behaviour("tolerance", "Tolerance of failure", "treats failure as something to learn from", "error management climate"),
    Behaviour("iteration", "Frequent replanning", "revisits plans often", "short planning cycles"),
    Behaviour("data", "Use of data", "uses data in judgement", "evidence-based management"),
)  # fmt: skip

BEHAVIOURS = tuple(behaviour.name for behaviour in BEHAVIOUR_TABLE)
"""Names of the thirteen behaviours, in the order of every behaviour table."""

OBSERVABLES = ("urgency", "competence", "commitment", "morale", "strain", "strategic_fit", "backlog", "headcount")
"""What a leader can go by when switching between styles: the team's means and the company's situation last week."""


class Channel(NamedTuple):
    """A way, beside the behaviours, in which a practice can reach the model: its name and where it acts."""

    name: str
    meaning: str


_OWN_CHANNELS = (
    Channel("example", "raises the leaders' fidelity: more of what they mean to do comes across"),
    Channel("clarity", "raises the direction that people share"),
    Channel("integrity", "raises fairness and trust as far as leaders keep what is promised, and costs trust if not"),
    Channel("voice", "lets more of those be heard who are there: in decisions, in ideas, in psychological safety"),
    Channel("purpose", "gives meaning to the work"),
    Channel("standing", "slowly builds the company's standing with customers and applicants"),
    Channel("insight", "sharpens what the company notices of its market"),
    Channel("automation", "takes over routine work, up to this share of it"),
    Channel("assistance", "passes on to everybody how the best do the work"),
    Channel("judgement", "removes errors of judgement from decisions"),
    Channel("answers", "answers customers' routine questions at once"),
    Channel("training", "makes people ready for new technology"),
    Channel("openness", "takes away the fear for jobs that new technology brings"),
)

CHANNEL_TABLE = tuple(
    merged(
        {channel.name: channel for channel in _OWN_CHANNELS},
        "channel",
        ((plugin, {new.name: Channel(new.name, new.meaning) for new in plugin.file.channels}) for plugin in plugins()),
    ).values()
)
"""Every channel, those of plug-ins last."""

CHANNELS = tuple(channel.name for channel in CHANNEL_TABLE)
"""Names of the channels, in the order of every table of practices."""
