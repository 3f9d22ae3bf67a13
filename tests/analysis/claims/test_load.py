"""A file of claims is checked as a whole, and each thing that can be wrong with it is said once, where it is."""

import pytest

from sim.analysis.claims.load import load_claims, shipped_claims
from sim.analysis.claims.schema import Arm, Difference, parsed
from sim.scenario.problems import InputError
from sim.scenario.styles import COMPARED
from tests.analysis.claims.files import CLAIMS


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(tmp_path, text):
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_claims_are_all_there():
    claims = load_claims()
    assert [claim.id for claim in claims.claims] == [f"C{number:02}" for number in range(1, 35)]


def test_every_situation_of_the_shipped_claims_is_used():
    claims = load_claims()
    used = {arm.situation for claim in claims.claims for part in claim.parts for arm in part.arms}
    assert used == set(claims.situations)


def test_situations_are_written_like_scenario_files(tmp_path):
    situations = load_claims(written(tmp_path, CLAIMS)).situations
    assert situations["hurried"].market.urgency == 0.9
    assert situations["brief"].teams == situations["hurried"].teams
    assert situations["hurried"].parameters == {"quit_base": 0.0}


def test_others_are_the_usual_styles_but_the_one_that_the_part_is_about(tmp_path):
    (part,) = load_claims(written(tmp_path, CLAIMS)).claims[0].parts
    assert isinstance(part, Difference)
    assert [arm.style for arm in part.others] == [style for style in COMPARED if style != "autocratic"]


def test_an_arm_is_a_style_in_a_situation():
    assert parsed("laissez-faire in size-25") == Arm("laissez-faire", "size-25")


def test_claims_are_chosen_by_id_in_the_order_of_the_file(tmp_path):
    claims = load_claims(written(tmp_path, CLAIMS))
    assert [claim.id for claim in claims.chosen(("a3", "A1")).claims] == ["A1", "A3"]
    assert claims.chosen(()).claims == claims.claims
    with pytest.raises(InputError, match=r'unknown claim "C99".*Known: A1, A2, A3, A4'):
        claims.chosen(("C99",))


WRONG = [
    ('id = "A2"', 'id = "A1"', r'claims\[2\]\.id.*"A1" is the id of an earlier claim'),
    ('id = "A2"', 'id = "2"', r"claims\[2\]\.id.*got \"2\""),
    ('of = "autocratic in brief"\n', "", r"claims\[1\]\.parts\[1\]\.of \(A1\): missing"),
    ('of = "autocratic in brief"', 'of = "autocratic"', r"\.of \(A1\): got \"autocratic\".*STYLE in SITUATION"),
    ('of = "autocratic in brief"', 'of = "autocrat in brief"', 'A1.*style "autocrat"; did you mean "autocratic"'),
    ('of = "autocratic in brief"', 'of = "autocratic in brif"', 'unknown situation "brif"; did you mean "brief"'),
    ('metric = "decision_delay"', 'metric = "decision_dely"', 'metric.*unknown metric "decision_dely"; did you mean'),
    ('metric = "share_d3 + share_d4"', 'metric = "share_d3 + share_d5"', 'unknown metric "share_d5"'),
    ("weeks = [11, 20]", "weeks = [11, 21]", r"weeks.*got 11 to 21, which is past the end: brief has 20 weeks"),
    ("since = [1, 10]", "since = [10, 1]", "since.*got 10 to 1. Give the earlier week first"),
    ("since = [1, 10]", 'measure = "recovery"\nsince = [1, 10]', "measure.*take out `since`"),
    ("since = [1, 10]", 'measure = "median"', 'measure.*unknown choice "median"'),
    ("weeks = [11, 20]", "weeks = [11]", "weeks.*got a list of 1"),
    ('direction = "higher"', 'direction = "up"', 'direction.*unknown choice "up"'),
    ('kind = "slope"', 'kind = "slop"', r'unknown kind "slop"; did you mean "slope"'),
    ("levels = [0.3, 0.9]", "levels = [0.3, 0.6, 0.9]", "got 2 arms for 3 levels"),
    ("levels = [0.3, 0.9]", "levels = [0.3, 0.3]", "the same level each time"),
    ('unit = "own"', 'unit = "percents"', 'unit.*unknown choice "percents"; did you mean "percent"'),
    ('kind = "interaction"', 'kind = "interaction"\nunit = "percent"', "unit.*a percentage needs something"),
    ('metrics = ["output", "morale"]', 'metrics = ["headcount"]', '"headcount" is neither good high nor good low'),
    ('note = "A note."', 'nota = "A note."', "unknown key; did you mean `note`"),
    ("seed = 3", "seed = -3", "seed: got -3"),
    ('extends = "everyday"', 'extends = "everday"', r', brief: extends.*did you mean "everyday"'),
    ("market.urgency = 0.9", "market.urgency = 9", r", hurried: market\.urgency: got 9"),
    ("quit_base = 0.0", "quit_base = 40.0", r"hurried: parameters\.quit_base: got 40; allowed is"),
    ("quit_base = 0.0", "quit_bass = 0.0", r'hurried: parameters\.quit_bass: unknown parameter.*"quit_base"'),
    ('[[claims]]\nid = "A1"', '[[claims]\nid = "A1"', "not valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "expected"), WRONG, ids=[wrong for _, wrong, _ in WRONG])
def test_what_is_wrong_is_said_in_one_message(tmp_path, right, wrong, expected):
    assert right in CLAIMS
    with pytest.raises(InputError, match=r"(?s)own\.toml.*" + expected):
        load_claims(written(tmp_path, CLAIMS.replace(right, wrong, 1)))


def test_a_file_without_claims(tmp_path):
    with pytest.raises(InputError, match="claims: missing"):
        load_claims(written(tmp_path, "seed = 1"))
    with pytest.raises(InputError, match="no such file"):
        load_claims(tmp_path / "nothing.toml")


def test_the_shipped_file_lies_where_people_look_for_it():
    assert shipped_claims().parts[-2:] == ("experiments", "claims.toml")
