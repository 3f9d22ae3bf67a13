"""Rosters: what comes out of spreadsheets is read, and every fault is named with its row and column."""

from pathlib import Path

import pytest

from sim.scenario import InputError
from sim.scenario.roster import OPTIONAL, read_roster

HEADER = "name,role,competence,commitment,tenure\n"
TWO = HEADER.replace("tenure", "tenure_weeks") + "Ada,Clerk,0.5,0.6,10\nBen,Clerk,0.7,0.8,20.5\n"


@pytest.fixture
def roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def read(text: str | bytes):
        path = Path("people.csv")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_roster(path)

    return read


@pytest.fixture
def fault(roster):
    def fault(text: str | bytes) -> str:
        with pytest.raises(InputError) as caught:
            roster(text)
        return str(caught.value)

    return fault


def test_a_plain_roster(roster):
    ada, ben = roster(TWO).people
    assert (ada.name, ada.role, ada.competence, ada.commitment, ada.tenure) == ("Ada", "Clerk", 0.5, 0.6, 10.0)
    assert ben.tenure == 20.5
    assert ada.team is None
    assert ada.creativity is None


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_line_ends_and_encodings(roster, separator, ending, encoding):
    text = TWO.replace("Ada", "Zoë").replace(",", separator).replace("\n", ending)
    assert roster(text.encode(encoding)).people == roster(TWO.replace("Ada", "Zoë")).people


def test_decimal_commas_between_semicolons(roster):
    text = "name;role;competence;commitment;tenure_weeks\nAda;Clerk;0,5;0,6;10\nBen;Clerk;0.7;0,8;20,5\n"
    assert roster(text).people == roster(TWO).people


def test_the_separator_goes_by_the_header_and_not_by_what_is_common_in_the_rows(roster):
    text = 'name;role;competence;commitment;tenure\n"a,b,c";"x, y";0,5;0,6;1\nd,e;"f,g";0,5;0,6;1\n'
    assert [person.name for person in roster(text).people] == ["a,b,c", "d,e"]


def test_a_spreadsheets_own_separator_line(roster):
    assert roster("sep=;\r\n" + TWO.replace(",", ";")).people == roster(TWO).people


def test_columns_in_any_order_and_spelling(roster):
    text = "Tenure , COMMITMENT,Need for Autonomy,Name,role,competence\n10,0.6,0.3,Ada,Clerk,0.5\n1,0.6,,Ben,,0.5\n"
    ada, ben = roster(text).people
    assert (ada.tenure, ada.need_for_autonomy, ben.need_for_autonomy, ben.role) == (10, 0.3, None, "")


def test_every_trait_may_be_given(roster):
    cells = ",".join("Sales" if name == "team" else "0.5" for name in OPTIONAL)
    header = HEADER.strip() + "," + ",".join(OPTIONAL)
    ada, _ = roster(f"{header}\nAda,x,0.5,0.5,1,{cells}\nBen,x,0.5,0.5,1,{cells}\n").people
    assert ada.team == "Sales"
    assert all(getattr(ada, name) == 0.5 for name in OPTIONAL if name != "team")


def test_empty_rows_and_columns_are_skipped_and_rows_still_count(roster):
    read = roster("name,role,competence,commitment,tenure,,\n\nAda,x,0.5,0.5,1,,\n,,,,,,\nBen,x,0.5,0.5,1\n")
    assert read.rows == (3, 5)


def test_quoted_line_breaks_stay_in_their_cell(roster):
    read = roster(HEADER + '"Ada","one\ntwo",0.5,0.5,1\nBen,x,0.5,0.5,1\n')
    assert read.people[0].role == "one\ntwo"


def test_all_faults_come_in_one_message(fault):
    text = fault(
        HEADER + "Ada,x,high,0.5,1\n,x,0.5,0.5,1\nCy,x,70,0.5,-1\nAda,x,0.5,,1\nEve,x,0.5,0.5,1,9\nFlo,x,nan,50%,1_0\n"
    )
    assert text.splitlines() == [
        "10 things to put right in people.csv:",
        '  - row 2, column competence: got "high", which is not a number. Write a number such as 0.7.',
        "  - row 3, column name: empty. Fill it in.",
        "  - row 4, column competence: got 70; allowed is a number from 0 to 1 (share, 0-1). Write 70 % as 0.7.",
        "  - row 4, column tenure: got -1; allowed is a number from 0 to 3120 (weeks). Correct the number.",
        "  - row 5, column commitment: empty. Fill it in.",
        '  - row 5, column name: "Ada" is in row 2 too. Make each name unique.',
        "  - row 6: has 6 cells, but there are 5 columns. "
        "Write decimals with a point, or separate the columns by semicolons.",
        '  - row 7, column competence: got "nan", which is not a number. Write a number such as 0.7.',
        '  - row 7, column commitment: got "50%", which is not a number. Write 70 % as 0.7.',
        '  - row 7, column tenure: got "1_0", which is not a number. Write a number such as 0.7.',
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,role,competence\nAda,x,0.5\n", "people.csv: row 1: missing column(s) commitment, tenure; found name"),
        ("Ada;x;0.5;0.5;1\n", "missing column(s) name, role, competence, commitment, tenure; found ada, x, 0.5"),
        (
            HEADER.replace("\n", ",creativty\n"),
            'unknown column "creativty"; did you mean "creativity"? Known: name, role',
        ),
        (HEADER.replace("\n", ",shoe size\n"), 'unknown column "shoe_size". Known: name, role'),
        (HEADER.replace("\n", ",name\n"), 'column "name" is there twice'),
        (HEADER.replace("\n", ",\n") + "Ada,x,0.5,0.5,1,yes\n", "column 6 has no name"),
        ("", "no header in the first row. It needs the columns name, role, competence, commitment, tenure"),
        (",,,\n", "no header in the first row"),
        (HEADER, "got no people; it takes at least 2 to be a team"),
        (HEADER + "Ada,x,0.5,0.5,1\n", "got one person; it takes at least 2 to be a team"),
        (
            HEADER + 'Ada,x,"0,5",0.5,1\nBen,x,0.5,0.5,1\n',
            'got "0,5", which is not a number. Write decimals with a point',
        ),
        (
            HEADER + "Ada,x,1e999,0.5,1\nBen,x,0.5,0.5,1\n",
            "row 2, column competence: got inf; allowed is a number from 0 to 1",
        ),
        (HEADER + "Ada,x,٠,0.5,1\nBen,x,0.5,0.5,1\n", "which is not a number"),
        (HEADER + f"{'A' * 200},x,0.5,0.5,1\nBen,x,0.5,0.5,1\n", "row 2, column name: got"),
        (HEADER + 'Ada,"x,0.5,0.5,1\n', "not a readable CSV file (unexpected end of data). Save it again as CSV"),
        (HEADER + "A" * 200_000, "not a readable CSV file (field larger than field limit"),
        (
            HEADER + "".join(f"P{number},x,0.5,0.5,1\n" for number in range(26)),
            "26 people without a team, who form one; a team has at most 25. Spread them over teams",
        ),
        (
            HEADER.replace("\n", ",team\n") + "Ada,x,0.5,0.5,1,Shop\nBo,x,0.5,0.5,1,Shop\nCy,x,0.5,0.5,1,Hall\n",
            'one person in team "Hall"; a team has 2 people or more. Add somebody, or join teams.',
        ),
        (
            HEADER.replace("\n", ",team\n") + "".join(f"P{number},x,0.5,0.5,1,Shop\n" for number in range(30)),
            '30 people in team "Shop"; a team has at most 25',
        ),
        (
            TWO.encode("latin-1").replace(b"Ada", b"Zo\xeb"),
            "not text in UTF-8 (byte 47). In the spreadsheet choose 'Save as'",
        ),
        (bytes(range(256)), "not text in UTF-8"),
        (b"\xff\xfea", "not text in UTF-8"),
    ],
)
def test_a_wrong_roster_is_explained(fault, text, says):
    assert fault(text).startswith("people.csv: ")
    assert says in fault(text)


def test_a_missing_roster(tmp_path: Path):
    with pytest.raises(InputError, match=r"no\.csv: no such file\. A roster is a CSV file with the columns name, role"):
        read_roster(tmp_path / "no.csv")


def test_a_tenure_that_can_be_years_or_weeks_is_refused(roster, fault):
    text = HEADER + "Ada,Clerk,0.5,0.6,6.3\nBen,Clerk,0.7,0.8,12.4\n"
    assert "column tenure: from 6.3 to 12.4, which can be years or weeks. Call the column tenure_years" in fault(text)
    assert roster(text.replace("tenure", "tenure_weeks")).people[0].tenure == 6.3
    assert roster(text.replace("tenure", "tenure_years")).people[0].tenure == pytest.approx(327.6)
    assert roster(text.replace("12.4", "124.5")).people[0].tenure == 6.3  # nobody has been anywhere for 124 years
