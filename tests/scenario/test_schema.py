"""What a scenario may say: bounds, kinds of value, and what has to fit together; each guard fires."""

import pytest
from pydantic import ValidationError

from sim.scenario import InputError, load_scenario, scenario_from
from sim.scenario.schema import Employees, Mix, Person, Scenario, Team
from sim.scenario.timeline import share_out, sizes_over_time

PEOPLE = "".join(
    f'[[employees.people]]\nname = "{name}"\ncompetence = 0.5\ncommitment = 0.5\ntenure = 5\nteam = "{team}"\n'
    for name, team in (("Ada", "Sales"), ("Ben", "Sales"), ("Cy", "Shop"), ("Di", "Shop"))
)
TWO_TEAMS = 'title = "t"\nquestion = "q"\n[[teams]]\nname = "Sales"\n[[teams]]\nname = "Shop"\n'
CRISIS = '[[events]]\nevent = "crisis"\nweek = 3\nweeks = 4\n'


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("[company]\nskill_diversty = 1", "company.skill_diversty: unknown key; did you mean `skill_diversity`? "),
        ("[compny]\na = 1", "compny: unknown key; did you mean `company`?"),
        ("qqq = 1", "teams[1].qqq (Sales): unknown key. Known here: name, size, leader, mix, skill_diversity."),
        (
            "[company]\nreputation = 70",
            "company.reputation: got 70; allowed is a number from 0 to 1 (share, 0-1). Write 70 % ",
        ),
        ("[company]\nreputation = -0.1", "company.reputation: got -0.1; allowed is a number from 0 to 1"),
        ("[company]\nreputation = nan", "company.reputation: got nan; allowed is"),
        ("[company]\nreputation = inf", "company.reputation: got inf; allowed is"),
        ("[company]\nreputation = true", "company.reputation: got true; allowed is a number from 0 to 1 (share, 0-1)."),
        ('[company]\nreputation = "high"', 'got "high"; allowed is a number from 0 to 1 (share, 0-1). Write a number.'),
        ('[company]\nreputation = "0.7"', "Write the number without quotes."),
        (
            "[company]\nreputation = 2020-01-01",
            "company.reputation: got the date or time 2020-01-01; allowed is a number",
        ),
        ("[company]\nreputation = [1]", "got a list of 1; allowed is a number from 0 to 1 (share, 0-1). Write one"),
        ("[company]\nreputation = {}", "company.reputation: got an empty table; allowed is a number"),
        ("[leader]\nhours = 0", "leader.hours: got 0; allowed is a number from 1 to 80 (hours a week)"),
        ("[leader]\nstyle = 3", "got 3; allowed is text of 1 to 100 characters (name of a style)"),
        ('[leader]\nstyle = ""', 'leader.style: got ""; allowed is text of 1 to 100 characters'),
        ('[leader]\nstyle = "democratc"', 'leader.style: unknown style "democratc"; did you mean "democratic"?'),
        ("[run]\nweeks = 0", "run.weeks: got 0; allowed is a whole number from 1 to 1040 (weeks)"),
        (
            "[run]\nweeks = 10.5",
            "got 10.5; allowed is a whole number from 1 to 1040 (weeks). Write it without decimals",
        ),
        ("[run]\nreplications = 0", "run.replications: got 0; allowed is a whole number from 1 to 1000000 (runs)"),
        ("[run]\nseed = -1", "run.seed: got -1; allowed is a whole number from 0"),
        ('[run]\ndevelopment_scheme = "sli"', 'run.development_scheme: unknown choice "sli"; did you mean "slii"?'),
        ("[run]\ndevelopment_scheme = 3", 'run.development_scheme: got 3; allowed is one of "slii", "readiness"'),
        ("[market]\ndemand = 5.1", "market.demand: got 5.1; allowed is a number from 0 to 5 (share of full capacity)"),
        ("[money]\ncash = -1", "money.cash: got -1; allowed is a number from 0"),
        ("[employees]\nmix = { d1 = 0.5 }", "employees.mix: the shares add up to 0.5 (d1 = 0.5, d2 = 0, "),
        ("[employees]\nmix = { d1 = 1, d2 = -0.5 }", "employees.mix.d2: got -0.5; allowed is a number from 0 to 1"),
        ('[employees]\nmix = { d1 = 1 }\nroster = "a.csv"', "employees: got mix and roster; allowed is one of"),
        ('[employees]\nroster = ""', 'employees.roster: got ""; allowed is text'),
        ("[employees]\npeople = 3", "employees.people: got 3; allowed is a list"),
        ("[[leader]]\n[[leader]]\n", "leader: got a list of 2 for 1 team(s): more leaders than teams; a team has"),
        ("[[leaders]]\n", "leaders: got a list of 1 for 1 team(s): a team has one leader"),
    ],
)
def test_a_wrong_value_is_explained(message, body, says):
    assert says in message(body + "\n")
    assert message(body + "\n").startswith("mine.toml: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "title: missing (the situation in a few words). Add it: allowed is text of 1 to 200 characters."),
        ("", "teams: missing (the teams, each with one leader). Add it: allowed is a list of 1 or more."),
        ("teams = []", "teams: got an empty list; allowed is a list of 1 or more"),
        ('teams = "a"', 'teams: got "a"; allowed is a list of 1 or more'),
        ("teams = [3]", "teams[1]: got 3; allowed is a table"),
        ('[[teams]]\nname = "A"', "teams[1].size (A): missing (positions on the first day"),
        (
            '[[teams]]\nname = "A"\nsize = 26',
            "teams[1].size (A): got 26; allowed is a whole number from 0 to 25 (people)",
        ),
        ('[[teams]]\nname = "A"\nsize = true', "teams[1].size (A): got true; allowed is a whole number from 0 to 25"),
        ("styles = 3", "styles: got 3; allowed is a table"),
        ("events = [3]", "events[1]: got 3; allowed is a table with a key `event`"),
    ],
)
def test_a_missing_or_misshapen_part_is_explained(message, text, says):
    assert says in message(text=text)


def test_a_wrong_entry_does_not_make_its_list_too_short(message):
    text = message(text='title = "t"\nquestion = "q"\n[[teams]]\nname = "A"\nsize = 40\n')
    assert text.startswith("mine.toml: teams[1].size (A): got 40;")


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ('event = "crises"\nweek = 3', 'events[1] (crises): unknown event "crises"; did you mean "crisis"?'),
        ("week = 3", "events[1]: has no key `event` that says what happens. Add it: allowed is one of"),
        ("event = 3\nweek = 3", 'events[1]: unknown event "3". Known'),
        ('event = "crisis"\nweek = 3', "events[1].weeks (crisis): missing (how long it lasts)."),
        ('event = "crisis"\nweek = 0\nweeks = 2', "events[1].week (crisis): got 0; allowed is a whole number from"),
        ('event = "crisis"\nweek = 3\nweeks = 2\nurgncy = 1', "unknown key; did you mean `urgency`?"),
        ('event = "crisis"\nweek = 3\nweeks = 2\ndemand = 11', "events[1].demand (crisis): got 11; allowed is"),
        (
            'event = "crisis"\nweek = 105\nweeks = 2',
            "got 105, which is after the end; the run has 104 weeks (run.weeks)",
        ),
        (
            'event = "demand"\nweek = 3\nfactor = -1',
            "events[1].factor (demand): got -1; allowed is a number from 0 to 10",
        ),
        (
            'event = "market_shock"\nweek = 3\nsize = 2',
            "events[1].size (market_shock): got 2; allowed is a number from",
        ),
        ('event = "new_technology"\nweek = 3', "events[1].size (new_technology): missing (share of skill"),
        ('event = "growth"\nweek = 3\npeople = 0', "events[1].people (growth): got 0; allowed is a whole number of 1 "),
        (
            'event = "growth"\nweek = 3\npeople = 2\nteam = "Sale"',
            '[1].team (growth): unknown team "Sale"; did you mean "Sales"?',
        ),
        (
            'event = "growth"\nweek = 3\npeople = 21',
            'after this growth in week 3 there are 26 people in team "Sales"; ',
        ),
        ('event = "layoff"\nweek = 3\npeople = 4', 'after this layoff in week 3 there are 1 people in team "Sales"'),
        ('event = "layoff"\nweek = 3\npeople = 4\nteam = "Sales"', "there are 1 people in team"),
        ('event = "layoff"\nweek = 3\npeople = 40', "there are -35 people in team"),
        ('event = "key_person_leaves"\nweek = 3\nperson = "Ada"', 'got "Ada", but [employees] lists no people'),
        (
            'event = "leader_replaced"\nweek = 3\nleader = { style = "serv" }',
            '.leader.style (leader_replaced): unknown style "serv',
        ),
        (
            'event = "leader_replaced"\nweek = 3\nleader = { hours = 99 }',
            "events[1].leader.hours (leader_replaced): got 99",
        ),
        (
            'event = "style_changed"\nweek = 3\nstyle = "agil"',
            '(style_changed): unknown style "agil"; did you mean "agile"?',
        ),
        (
            'event = "style_changed"\nweek = 3\nstyle = "agile"\nteam = "X"',
            'events[1].team (style_changed): unknown team "X"',
        ),
    ],
)
def test_a_wrong_event_is_explained(message, event, says):
    assert message(f"[[events]]\n{event}\n").startswith("mine.toml: " + says) or says in message(
        f"[[events]]\n{event}\n"
    )


def test_many_faults_come_in_one_message(message):
    text = message('[company]\nreputation = 7\nautomatn = 1\n[run]\nweeks = 0\n[[events]]\nevent = "layof"\n')
    assert text.startswith("4 things to put right in mine.toml:\n  - ")
    assert len(text.splitlines()) == 5


def test_one_person_is_no_team(message):
    says = message(text='title = "t"\nquestion = "q"\n[[teams]]\nname = "A"\nsize = 1\n')
    assert (
        says == "mine.toml: teams[1].size (A): got 1; a team has 2 to 25 people. One person is no team: add somebody."
    )


def test_an_empty_team_needs_a_growth_event(message, write):
    later = '[[teams]]\nname = "Later"\nsize = 0\n'
    assert "teams[2].size (Later): got 0; a team has 2 to 25 people. Add people, or a growth event" in message(later)
    opened = later + '[[events]]\nevent = "growth"\nweek = 3\npeople = 2\nteam = "Later"\n'
    assert load_scenario(write(opened)).teams[1].size == 0
    assert 'there are 1 people in team "Later"' in message(opened.replace("people = 2", "people = 1"))


def test_names_are_given_once(message):
    assert message('[[teams]]\nname = "Sales"\nsize = 5\n').startswith(
        'mine.toml: teams[2].name (Sales): "Sales" is the name of an earlier team.'
    )
    text = message(text=TWO_TEAMS + PEOPLE.replace("Ben", "Ada"))
    assert text.startswith('mine.toml: employees.people[2].name (Ada): "Ada" is the name of somebody earlier.')


def test_more_people_than_a_small_company_has(message):
    teams = "".join(f'[[teams]]\nname = "T{number}"\nsize = 25\n' for number in range(10))
    assert message(teams).startswith(
        "mine.toml: teams: there are 255 people in the company; allowed are 2 to 250 at every time. Take fewer"
    )
    grow = '[[events]]\nevent = "growth"\nweek = 9\npeople = 20\n'
    assert message(teams.replace("size = 25", "size = 24") + grow).startswith(
        "mine.toml: events[1].people (growth): after this growth in week 9 there are 265 people in the company"
    )


def test_a_list_of_people_gives_the_sizes(write):
    scenario = load_scenario(write(text=TWO_TEAMS + PEOPLE))
    assert [team.size for team in scenario.teams] == [2, 2]
    assert scenario.employees.mix is None


def test_people_without_a_team_join_the_first(write):
    others = PEOPLE.replace('team = "Sales"\n', "")
    for name, other in (("Ada", "Eve"), ("Ben", "Flo"), ("Cy", "Gus"), ("Di", "Hal")):
        others = others.replace(name, other)
    scenario = load_scenario(write(text=TWO_TEAMS + PEOPLE + others))
    assert [team.size for team in scenario.teams] == [4, 4]


def test_sizes_agree_with_the_people(message):
    text = message(text=TWO_TEAMS.replace('"Shop"\n', '"Shop"\nsize = 3\n') + PEOPLE)
    assert text.startswith("mine.toml: teams[2].size (Shop): got 3, but 2 of the listed people are in this team.")


def test_a_team_without_any_of_the_listed_people(message):
    assert "teams[3].size (Empty): got 0" in message(text=TWO_TEAMS + '[[teams]]\nname = "Empty"\n' + PEOPLE)


def test_a_mix_beside_people_is_refused(message):
    text = message(text=TWO_TEAMS + "mix = { d1 = 1 }\n" + PEOPLE)
    assert text.startswith("mine.toml: teams[2].mix (Shop): has no effect where people are listed.")


def test_a_person_in_an_unknown_team(message):
    text = message(text=TWO_TEAMS + PEOPLE.replace('team = "Shop"', 'team = "Shp"'))
    assert 'employees.people[3].team (Cy): unknown team "Shp"; did you mean "Shop"?' in text


def test_a_person_without_a_name(message):
    assert "employees.people[1].name: missing" in message("[[employees.people]]\ncompetence = 0.5\n")


def test_who_leaves_has_to_be_there(message, write):
    leaves = '[[events]]\nevent = "key_person_leaves"\nweek = 3\n'
    assert 'unknown person "Adda"; did you mean "Ada"?' in message(text=TWO_TEAMS + PEOPLE + leaves + 'person = "Adda"')
    other = message(text=TWO_TEAMS + PEOPLE + leaves + 'person = "Ada"\nteam = "Shop"')
    assert '"Ada" is in team "Sales", not in "Shop"' in other
    assert load_scenario(write(text=TWO_TEAMS + PEOPLE + leaves + 'person = "Ada"\nteam = "Sales"')).events


def test_nobody_leaves_a_team_that_is_not_open_yet(message):
    body = '[[teams]]\nname = "Later"\nsize = 0\n[[events]]\nevent = "growth"\nweek = 9\npeople = 2\nteam = "Later"\n'
    leaves = '[[events]]\nevent = "key_person_leaves"\nweek = {week}\nteam = "Later"\n'
    says = 'events[2].team (key_person_leaves): team "Later" has nobody in week 8.'
    assert says in message(body + leaves.format(week=8))


def test_a_roster_needs_a_file_to_start_from():
    table = {"title": "t", "question": "q", "teams": [{"name": "A", "size": 4}], "employees": {"roster": "a.csv"}}
    with pytest.raises(InputError, match=r'employees\.roster: "a\.csv" has not been read'):
        scenario_from(table)


def test_whole_numbers_stand_for_decimals(write):
    assert load_scenario(write("[company]\nreputation = 1\n")).company.reputation == 1.0


def test_nothing_changes_once_loaded():
    scenario = load_scenario("everyday")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(scenario.market, "urgency", 0.9)  # noqa: B010 - the type checker would stop the plain form


def test_objects_are_as_good_as_tables():
    people = (
        Person(name="Ada", competence=0.5, commitment=0.5, tenure=3),
        Person(name="Ben", competence=0.5, commitment=0.5, tenure=3),
    )
    scenario = Scenario(title="t", question="q", teams=(Team(name="A", size=2),), employees=Employees(people=people))
    assert scenario.employees.people == people
    # Tables and objects may be mixed; the size of the team is then counted, too.
    table = {"title": "t", "question": "q", "teams": [{"name": "A"}], "employees": Employees(people=people)}
    assert Scenario.model_validate(table) == scenario


def test_the_usual_mix_unless_something_is_said():
    assert Employees().mix == Mix(d1=0.1, d2=0.15, d3=0.35, d4=0.4)


def test_braces_in_a_name_survive_in_the_message(message):
    assert 'unknown style "{0}{x}"' in message('[leader]\nstyle = "{0}{x}"\n')


def test_sizes_follow_growth_and_layoff():
    scenario = scenario_from(
        {
            "title": "t",
            "question": "q",
            "teams": [{"name": "A", "size": 6}, {"name": "B", "size": 3}],
            "events": [
                {"event": "layoff", "week": 20, "people": 3},
                {"event": "growth", "week": 10, "people": 2, "team": "B"},
                {"event": "layoff", "week": 30, "people": 1, "team": "A"},
            ],
        }
    )
    course = sizes_over_time(scenario.teams, scenario.events)
    assert [(moment.week, moment.sizes) for moment in course] == [(1, (6, 3)), (10, (6, 5)), (20, (4, 4)), (30, (3, 4))]
    assert [moment.event for moment in course] == [None, 1, 0, 2]


@pytest.mark.parametrize(
    ("people", "sizes", "parts"), [(3, (6, 5), (2, 1)), (1, (2, 2), (1, 0)), (0, (4,), (0,)), (5, (0, 0), (0, 0))]
)
def test_share_out(people, sizes, parts):
    assert share_out(people, sizes) == parts
