"""Handles what one visitor does on the page Compare: takes each change, and shows the answer to the newest one."""

import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import solara
from solara.toestand import Ref

from sim.app.browser_input import is_number, is_text, is_whole
from sim.app.compare.answer import Answer, Answerer
from sim.app.compare.asking import STYLE, Asked, subjects
from sim.app.compare.controls import Control, Group, groups
from sim.app.compare.explaining import Explainer
from sim.app.compare.link import from_query, mark_of, rounded, to_address, to_query
from sim.app.compare.reporting import Reporter
from sim.app.compare.setting import Setting, fitted, for_question, prepared, prepared_both
from sim.app.compare.trying import trial_for
from sim.app.compare.uploads import opened
from sim.app.compute import Newest, Stopped
from sim.model.build import AS_IS
from sim.model.metrics import METRIC_NAMES
from sim.scenario.load import to_toml
from sim.scenario.problems import InputError
from sim.scenario.schema import Scenario
from sim.scenario.styles import builtin_styles
from sim.view.language import english, said, speaking, spoken

NOT_UNDERSTOOD = english("The app did not understand the browser. Nothing was changed.")

NOT_KEPT = english(
    "This scenario is too large for the address, and this browser keeps nothing: it is lost when the page is loaded"
    " anew. Save it first."
)

WENT_WRONG = english("The app itself has made an error. Undo your last change, and the page works again.")

NO_MEMORY = english("There is not enough memory. Take fewer people, weeks or styles.")


@dataclass(frozen=True)
class Question:
    """A setting that the visitor asks about, and the number that the browser gave to the request."""

    setting: Setting
    ask: int


@dataclass(frozen=True, eq=False)  # an answer is long, and equal to nothing but itself
class Shown:
    """The newest answer, the request it belongs to, and the problem with that request, if there is one."""

    ask: int = 0
    answer: Answer | None = None
    problem: str = ""


@dataclass(frozen=True)
class Start:
    """The values that the controls start with. They start again when something else has changed the setting."""

    revision: int
    setting: Setting
    scenario: Scenario
    groups: tuple[Group, ...] = field(repr=False)


@dataclass(frozen=True)
class View:
    """What is drawn: the newest answer, its setting, and the setting when a slider was last released."""

    setting: Setting
    settled: Setting
    shown: Shown


class Controller:
    """The state of the page for one visitor."""

    def __init__(self) -> None:
        setting = Setting()
        self.now = setting
        """The setting that is asked for now. The page draws a change together with its answer, and so only once."""
        self._view = solara.reactive(View(setting, setting, Shown()), equals=operator.is_)
        self.setting = Ref(self._view.fields.setting)
        self.settled = Ref(self._view.fields.settled)
        self.shown = Ref(self._view.fields.shown)
        self.start = solara.reactive(_start(0, setting), equals=operator.is_)
        self.notes: solara.Reactive[tuple[str, ...]] = solara.reactive(())
        self.file = solara.reactive({"name": "", "text": ""}, equals=operator.is_)
        self.own: solara.Reactive[dict[str, str]] = solara.reactive({})
        """A scenario that is too large for the address, by its mark, for the browser to keep."""
        self._texts: dict[str, str] = {}
        self._waiting = ""
        self.reporter = Reporter()
        self.explainer = Explainer()
        self._answerer = Answerer()
        self._newest: Newest[Question] | None = None
        self._visited: str | None = None
        self._asked = 0
        self._released = setting
        self._language = spoken().name

    def speak(self, language: str) -> None:
        """Say everything in this language from now on."""
        if language != self._language:
            self._language = language
            self.notes.value = ()
            self._set_anew(self.now)

    def visit(self, query: str | None) -> None:
        """Take the setting of a link, unless it was visited last.

        None (there are no addresses) means the setting that the visitor left.
        """
        if query is None:
            query = to_address(self.now)
        if query == self._visited:
            return
        self._visited = query
        if query == to_address(self.now):
            self._ask(self._asked)
            return
        arrival = from_query(query, self._texts)
        self._waiting = query if arrival.setting == Setting() and arrival.notes else ""
        self.notes.value = arrival.notes
        self._set_anew(arrival.setting)

    def keep(self, texts: Any) -> None:
        """Take scenarios that the browser has kept, by their marks, and show the one that the address is about."""
        if not isinstance(texts, Mapping):
            return
        found = {mark: text for mark, text in texts.items() if is_text(text) and mark == mark_of(text)}
        self._texts = {**self._texts, **found}
        if any(f"kept={mark}" in self._waiting.split("&") for mark in found):
            self.visit(self._waiting)

    def not_kept(self) -> None:
        """Say that the browser cannot keep a scenario that is too large for the address."""
        self._complain(said(NOT_KEPT))

    def change(self, message: Any) -> None:
        """Do what a control asks: {"kind": "set", "id": ..., "values": [...], "final": ..., "ask": ...} and so on."""
        if not isinstance(message, Mapping):
            return
        ask = message.get("ask")
        ask = ask if isinstance(ask, int) and not isinstance(ask, bool) else self._asked
        kind, value = message.get("kind"), message.get("value")
        setting = self.now
        changed: Setting | None = None
        if kind == "set":
            changed = self._with_control(setting, message.get("id"), message.get("values"))
        elif kind == "styles" and isinstance(value, list) and value and all(is_text(one) for one in value):
            changed = replace(setting, styles=tuple(value[:100]))
        elif kind in ("baseline", "metric") and is_text(value):
            changed = replace(setting, baseline=value) if kind == "baseline" else replace(setting, metric=value)
        elif kind in ("replications", "weeks", "seed") and is_whole(value):
            changed = replace(setting, **{kind: int(value)})  # type: ignore[arg-type]
        if changed is None:
            self._refuse(ask, said(NOT_UNDERSTOOD))
            return
        if kind != "set":  # sliders have no values that are not allowed
            try:
                prepared(changed)
            except InputError as error:
                self._refuse(ask, str(error))
                return
        self._take(changed, ask, final=message.get("final") is True)

    def act(self, message: Any) -> None:
        """Do what a button or a file asks for: open, save, visit, back, pin, unpin, reset, try, scenario."""
        if not isinstance(message, Mapping):
            return
        kind, setting = message.get("kind"), self.now
        if kind == "scenario" and is_text(message.get("name")) and message["name"]:
            self.choose(message["name"])
        elif kind == "visit" and is_text(message.get("query")):
            self.visit(message["query"])
        elif kind == "back":
            control = self._control(message.get("id"))
            if control is not None:
                kept = {name: value for name, value in setting.changes.items() if name not in control.names}
                pinned = {name: value for name, value in setting.pinned.items() if name in control.names}
                self._set_anew(replace(setting, changes={**kept, **pinned}))
        elif kind == "pin":
            self._set_anew(replace(setting, pinned=setting.changes))
        elif kind == "unpin":
            self._set_anew(replace(setting, pinned={}))
        elif kind == "try":
            trial = trial_for(self.start.value.scenario)
            self._set_anew(replace(setting, changes={**setting.changes, **trial.changes}))
        elif kind == "reset":
            self._set_anew(replace(setting, changes={}, pinned={}))
        elif kind == "save":
            self._save()
        elif kind == "open":
            self._open(message)

    def choose(self, name: str) -> None:
        """Change to another question and the settings that it needs. The styles stay if they can."""
        try:
            asked = replace(self.now, scenario=name, own="")
            self._set_anew(for_question(fitted(asked, asked.starting), asked.starting))
        except InputError as error:
            self._complain(str(error))

    def ask_again(self, messages: Iterable[Mapping[str, Any]]) -> None:
        """Do what was asked while the connection was lost: each {"change": message} or {"act": message}, in order."""
        for message in messages:
            if isinstance(message.get("change"), Mapping):
                self.change({**message["change"], "ask": None, "final": True})
            else:
                self.act(message.get("act"))
        self._set_anew(self.now)

    def report(self, ending: Any) -> None:
        """Make a report on the present setting, in the form with this file ending."""
        try:
            prepared(self.now)
            self.reporter.make(self.now, str(ending))
        except InputError as error:
            self.reporter.complain(str(error))

    def why(self, message: Any) -> None:
        """Say where a difference comes from: {"kind": "why", "what": ..., "metric": ..., "style": ...}; or "close"."""
        answer = self.shown.value.answer
        if not isinstance(message, Mapping) or message.get("kind") != "why":
            self.explainer.forget()
            return
        metric, style, what = message.get("metric"), message.get("style"), message.get("what", STYLE)
        if answer is None or metric not in METRIC_NAMES or style not in answer.job.styles:
            return
        if what not in [one["value"] for one in self.subjects]:
            return
        if what == STYLE and style == answer.job.baseline:
            style = next(one for one in answer.job.styles if one != style)
        self.explainer.ask(answer.job, Asked(str(what), str(metric), str(style)), self._before())

    @property
    def subjects(self) -> list[dict[str, str]]:
        """What can be asked of the answer that is shown: a name and a text of each."""
        answer = self.shown.value.answer
        return subjects(answer.job, self._before()) if answer else []

    def _before(self) -> Scenario | None:
        """The situation that the answer's is compared with, where it is another one."""
        view = self._view.value
        if view.setting.changes == view.setting.pinned:
            return None
        return prepared(view.setting.before).scenario

    def close(self) -> None:
        """Stop all work for the visitor."""
        self.reporter.close()
        self.explainer.close()
        if self._newest is not None:
            self._newest.close()

    def _open(self, message: Mapping[str, Any]) -> None:
        try:
            found = opened(self.now, message)
        except InputError as error:
            self._complain(said("The app cannot use this file. Nothing was changed. {error}", error=error))
            return
        self.notes.value = found.notes
        self._set_anew(found.setting)

    def _save(self) -> None:
        try:
            job = prepared(self.now)
        except InputError as error:
            self._complain(str(error))
            return
        self.file.value = {"name": f"{job.scenario.name}.toml", "text": to_toml(job.whole)}

    def _with_control(self, setting: Setting, where: Any, values: Any) -> Setting | None:
        control = self._control(where)
        if control is None or not isinstance(values, list) or not all(is_number(value) for value in values):
            return None
        if len(values) != (len(control.names) if control.kind == "mix" else 1):
            return None
        named = dict(zip(control.names, values if len(values) > 1 else values * len(control.names), strict=True))
        kept = {name: value for name, value in setting.changes.items() if name not in named}
        same = all(abs(value - base) < 1e-9 for value, base in zip(values, control.base, strict=False))
        return replace(setting, changes=kept if same else {**kept, **rounded(named)})

    def _control(self, where: Any) -> Control | None:
        """The control with this id, `GROUP-PLACE`."""
        group, _, place = str(where)[:20].partition("-")
        known = self.start.value.groups
        if group.isdecimal() and place.isdecimal() and int(group) < len(known):
            controls = known[int(group)].controls
            return controls[int(place)] if int(place) < len(controls) else None
        return None

    def _take(self, setting: Setting, ask: int, final: bool) -> None:
        self.now = setting
        if final:
            self._visited = to_address(setting)
            self._released = setting
        self._ask(ask)  # answers are kept, so the same request costs little

    def _set_anew(self, setting: Setting) -> None:
        """Take a setting that does not come from the controls, and start the controls again with it."""
        self._visited = to_address(setting)
        if setting.own and not to_query(setting):
            mark = mark_of(setting.own)
            self._texts[mark] = setting.own
            self.own.value = {mark: setting.own}
        self.now = self._released = setting
        self.start.value = _start(self.start.value.revision + 1, setting)  # drawn at once, with what is asked for now
        self._view.value = replace(self._view.value, setting=setting, settled=setting)
        self._ask(self._asked)

    def _ask(self, ask: int) -> None:
        self._asked = ask
        self.explainer.forget()
        if self._newest is None:
            self._newest = Newest(self._answer)
        self._newest.ask(Question(self.now, ask))

    def _answer(self, question: Question, stopped: Stopped) -> None:
        """Run the request in the visitor's own thread, and show each answer to it."""
        for shown in self._answers(question, stopped):
            self._show(question, shown)

    def _answers(self, question: Question, stopped: Stopped) -> Iterator[Shown]:
        """What is to be shown, one after the other; a problem is the last."""
        kept = self.shown.value.answer
        try:
            with speaking(spoken().name):
                answers = self._answerer.answers(*prepared_both(question.setting), stopped)
                found = next(answers, None)
            while found is not None:
                yield Shown(question.ask, found)
                with speaking(spoken().name):
                    found = next(answers, None)
        except InputError as error:
            yield Shown(question.ask, kept, str(error))
        except MemoryError:
            yield Shown(question.ask, kept, said(NO_MEMORY))
        except Exception:
            yield Shown(question.ask, kept, said(WENT_WRONG))
            raise

    def _show(self, question: Question, shown: Shown) -> None:
        self._view.value = View(question.setting, self._released, shown)

    def _complain(self, text: str) -> None:
        self.notes.value = (text,)

    def _refuse(self, ask: int, why: str) -> None:
        self.shown.value = replace(self.shown.value, ask=ask, problem=why)


def _start(revision: int, setting: Setting) -> Start:
    scenario = setting.starting
    return Start(revision, setting, scenario, groups(scenario))


AS_IT_IS = english("each leader as in the scenario")


def styles_for(scenario: Scenario) -> dict[str, str]:
    """Every style that can be chosen for a scenario, with its description."""
    known = {**builtin_styles(), **scenario.styles}
    return {name: said(known[name].description, "description") for name in known} | {AS_IS: said(AS_IT_IS)}
