"""What acts on what is read off the rules, through the rules that they call."""

from sim.model import state
from sim.model.fields import RECORDS
from sim.model.flows import MOOD, SUMS, flow, influences, rules_in_order
from sim.model.rules import innovation, morale, trust, turnover, work


def test_a_rule_writes_what_it_assigns_from_what_its_formula_has():
    acts = flow(trust.give_trust).acts
    assert set(acts) == {("EMPLOYEE", "trust")}
    sources = acts["EMPLOYEE", "trust"]
    assert {("EMPLOYEE", "trust"), ("WEEK", "oversupervision"), ("LEADER", "attention"), ("COMPANY", "fear")} <= sources
    assert ("PARAMETER", "trust_of_benevolence") in sources
    assert ("EMPLOYEE", "morale") not in sources


def test_what_a_called_rule_does_counts_with_what_it_is_given():
    acts = flow(turnover.stay_or_leave).acts
    assert {("EMPLOYEE", "morale"), ("COMPANY", "labour_tightness")} <= acts[
        "EMPLOYEE", "status"
    ]  # who leaves, and why
    assert ("EMPLOYEE", "status") in flow(turnover.recruit).acts
    assert MOOD in flow(morale.feel).acts["EMPLOYEE", "morale"]


def test_fields_of_one_record_are_told_apart():
    acts = flow(innovation.innovate).acts
    assert ("TEAM", "process") not in acts["TEAM", "adopted"]
    assert {("TEAM", "process"), ("TEAM", "quality"), ("TEAM", "adopted")} <= acts["TEAM", "process"]
    guided = flow(work.be_guided).acts
    assert ("LEADER", "presence") not in guided["WEEK", "guidance"]
    assert ("LEADER", "presence") in guided["WEEK", "ambiguity"]


def test_all_that_is_found_are_fields_that_there_are():
    places = {place for target, sources in influences().items() for place in (target, *sources)} - {MOOD, SUMS}
    assert all(any(field.name == name for field in RECORDS[record].fields) for record, name in places)


def test_every_state_that_a_person_has_is_written_by_some_rule():
    constant = {"team"}
    assert {name for name in state.EMPLOYEE.names or () if ("EMPLOYEE", name) not in influences()} == constant


def test_rules_come_in_the_order_of_the_week():
    names = [rule.__name__ for _, rule in rules_in_order()]
    assert names.index("decide") < names.index("work") < names.index("feel") < names.index("serve_customers")
