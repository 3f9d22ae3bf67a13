"""The interview: some thirty short questions about a business, and the scenario that the answers make.

The steps are files: answers are read, questions say where their numbers belong, and writing puts them there.
"""

from sim.scenario.interview.answers import Guess
from sim.scenario.interview.follows import what_follows
from sim.scenario.interview.questions import QUESTIONS, Question, known_of_last_year, read_answer
from sim.scenario.interview.writing import scenario_text

__all__ = ["QUESTIONS", "Guess", "Question", "known_of_last_year", "read_answer", "scenario_text", "what_follows"]
