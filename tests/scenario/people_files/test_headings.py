"""Headings of personnel systems are known in four languages; what looks like ratings is never left unseen."""

import pytest

from sim.scenario.history_file import COUNT_NAMES
from sim.scenario.people_files import Undecided, import_roster
from sim.scenario.people_files.columns import languages, recognised

NAMES = ("Ada Aber", "Ben Brook", "Cleo Cole", "Dov Dunn", "Eva Eke", "Finn Ford")


def read(tmp_path, heading, cells, **decisions):
    rows = [f"{name};x;{cell}" for name, cell in zip(NAMES, cells, strict=True)]
    (tmp_path / "people.csv").write_text("\n".join([f"Name;Position;{heading}", *rows]), encoding="utf-8")
    return import_roster(tmp_path / "people.csv", decisions={key.replace("__", "."): value for key, value in decisions.items()})  # fmt: skip # noqa: E501


@pytest.mark.parametrize(
    ("meaning", "headings"),
    [
        ("competence", "Évaluation de la performance|EVALUATION DE LA PERFORMANCE 2024|Evaluación del desempeño|"
         "Overall Performance Rating|Leistungsbeurteilung|Mitarbeiterbeurteilung 2023|Note d'évaluation|"
         "Calificación de desempeño|Performance Rating FY24|Gesamtbeurteilung|Last Review Score"),
        ("commitment", "Engagement Score|Compromiso laboral|Niveau d'engagement|Mitarbeiterbindung"),
        ("hired", "Hire Date|Continuous Service Date|Eintrittsdatum|Anstelldatum|dtContractStart|Date d'entrée|"
         "Date de début de contrat|Fecha de incorporación|Fecha de alta|Date of Joining"),
        ("left_on", "Termination Date|Austrittsdatum|Date de sortie|Fecha de baja|Kündigungsdatum|Contract End Date"),
        ("manager", "Supervisor|Manager N+1|N+1|Vorgesetzte:r|Führungskraft|Reports To|Responsable hiérarchique|"
         "Jefe/a directo/a|Responsable directo|Worker's Manager|Berichtet an"),
        ("team", "Department|Supervisory Organization|Abteilung|Kostenstelle|Département/Service|Area/Departamento"),
        ("role", "Job Title|Business Title|Stellenbezeichnung|Intitulé du poste|Puesto de trabajo|Tätigkeit"),
        ("fte", "FTE|Scheduled Weekly Hours|Wochenstunden|Beschäftigungsgrad|Taux d'activité|Jornada (%)"),
        ("name", "Worker|Mitarbeiter:in|Nom Prénom|Apellidos y nombre|Last name, First name|Nom et prénom"),
        ("id", "Employee #|Nº de empleado|N° salarié|Personal-Nr.|Matricule|User/Employee ID|DATEV Personalnummer"),
        ("gone", "Employment Status|Mitarbeiterstatus|Statut du salarié|Estado del empleado"),
        ("tenure", "Time in Job Profile|Betriebszugehörigkeit (Jahre)|Ancienneté|Antigüedad en la empresa"),
    ],
)  # fmt: skip
def test_headings_of_personnel_systems(meaning, headings):
    for heading in headings.split("|"):
        known = recognised(heading)
        assert known is not None, heading
        assert known.meaning == meaning, heading


@pytest.mark.parametrize("heading", ["Workload", "State", "Dirección", "Geburtsdatum", "Room", "Salary", "Standort"])
def test_what_says_nothing_of_the_kind_is_left(heading):
    assert recognised(heading) is None


def test_the_language_of_headings():
    assert languages(("Name", "Abteilung", "Eintrittsdatum")) == {"de"}
    assert languages(("Nom", "Poste", "Note (1-5)")) == {"fr"}
    assert languages(("xyz",)) == frozenset()


def test_headcounts_of_a_history():
    assert {"mitarbeiterzahl", "effectifs", "número de empleados"} <= set(COUNT_NAMES["headcount"])


def test_a_heading_that_may_be_it_is_asked_about(tmp_path):
    with pytest.raises(Undecided, match="no heading is known to say competence, but Perf-Wert X may") as caught:
        read(tmp_path, "Perf-Wert X", (1, 2, 3, 4, 5, 3))
    assert [reading.value for reading in caught.value.readings] == ["Perf-Wert X", ""]
    taken = read(tmp_path, "Perf-Wert X", (1, 2, 3, 4, 5, 3), columns__competence="Perf-Wert X")
    assert taken.people[0].shares["competence"] == 0
    assert "nobody is rated" in dict(read(tmp_path, "Perf-Wert X", (1, 2, 3, 4, 5, 3), columns__competence="").summary)["Competence"]  # fmt: skip # noqa: E501
    with pytest.raises(Undecided, match="no heading is known to say commitment"):
        read(tmp_path, "Engagiert?", ("low", "high", "medium", "low", "high", "high"))


def test_what_only_looks_like_ratings_is_said(tmp_path):
    said = dict(read(tmp_path, "Stresslevel", (1, 2, 3, 4, 5, 3)).summary)["Not read"]
    assert said.startswith("Stresslevel (from 1 to 5). They look like ratings and are not read")
    assert "Not read" not in dict(read(tmp_path, "Nr", (1, 2, 3, 4, 5, 6)).summary)
    assert "Not read" not in dict(read(tmp_path, "Room", (101, 102, 103, 104, 105, 106)).summary)


def test_days_and_prose_under_a_heading_of_ratings_are_none(tmp_path):
    read(tmp_path, "Performance Review", ["2024-03-01"] * 6)
    rows = [f"{name};does whatever there is to be done and more besides {name}" for name in NAMES * 2]
    (tmp_path / "p.csv").write_text("\n".join(["Name;Evaluation", *rows]), encoding="utf-8")
    assert "nobody is rated" in dict(import_roster(tmp_path / "p.csv").summary)["Competence"]
