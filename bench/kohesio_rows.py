"""Invented rows in the shape of a Kohesio file: texts of our own, and every trap that a real file may hold.

The same number gives the same row, so a file can be made again, at any size.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

HEADERS = (
    *("Operation_Unique_Identifier", "Operation_Local_Identifier", "Operation_Name_English"),
    *("Operation_Name_Programme_Language", "Country", "CountryCode", "Operation_Start_Date", "Operation_End_Date"),
    *("Cofinancing_Rate", "Total_Eligible_Expenditure_amount", "Total_Eligible_Expenditure_Currency"),
    *("Project_EU_Budget", "Beneficiary_Unique_Identifier", "Beneficiary_Name", "Beneficiary_Local_Identifier"),
    *("Location_Indicator_latitude_longitude", "Category_Of_Intervention", "Category_Label"),
    *("Thematic_Objective_ID", "Thematic_Objective_Label", "Policy_Objective_ID", "Policy_Objective_Label"),
    *("Specific_Objective_ID", "Specific_Objective_Label", "Fund_Code", "Fund_Name", "Programme_Code"),
    *("Programme_Name", "Postal_Code", "LAU_IDs", "LAU_Labels", "NUTS1_Code", "NUTS1_Label", "NUTS2_Code"),
    *("NUTS2_Label", "NUTS3_Code", "NUTS3_Label", "Programming_Period", "Operation_Summary_English"),
    *("Operation_Summary_Programme_Language", "Managing_Authority", "Image_URL", "InfoRegio_ID", "InfoRegio_URL"),
)
"""Columns of a file of 2021-2027, 45 with the code of the country."""

FIELDS = (
    ("010", "Research and innovation activities in small firms, including networking", 30),
    ("021", "Business development of small firms and their internationalisation", 30),
    ("134", "Measures to improve access to employment", 15),
    ("121", "Infrastructure for early childhood education and care", 5),
    ("154", "Measures for marginalised groups such as the Roma and their social inclusion", 5),
    ("158", "Measures to enhance equal and timely access to quality, sustainable and affordable services", 10),
    ("168", "Physical regeneration and security of public spaces", 5),
)
"""Codes, labels with the words of the official ones, and how many of a hundred rows have them."""

_PLACES = ("Arbrefort", "Bellerive", "Clairmont", "Dunoise", "Eaubelle", "Fontgrise", "Grandpré", "Hautval")
_WHAT = (
    "The neighbours open the old {house} and share a kitchen on {day} evenings.",
    "A team of {number} visits families at home and goes with them to the {office}.",
    'People say "we decide", and the {office} writes down what they decided.',
    "Girls and boys learn to repair bicycles in the yard of the {house}.",
    "Whoever speaks another language finds somebody in the {office} who does too.",
    "The square gets benches, shade and a ramp, chosen by {number} people who live there.",
    "Long-term unemployed people cook lunch for the {house} and are paid for it.",
    "After {number} months the {office} asks everybody what was better and what was not.",
)
_WORDS = {
    "house": ("school", "mill", "station", "laundry", "chapel"),
    "office": ("town hall", "health centre", "library", "job centre"),
    "day": ("Monday", "Thursday", "Sunday"),
}


def row(number: int, country: str = "France", code: str = "FR", **changed: str) -> dict[str, str]:
    """One row. Some have two lines in a cell, an empty amount, a private person, or the text of another row."""
    random = Random(number)  # noqa: S311  invented rows
    field, label, _ = random.choices(FIELDS, [weight for *_, weight in FIELDS])[0]
    town = random.choice(_PLACES)
    cost = random.randrange(3_000, 900_000) + random.randrange(100) / 100
    told = number // 50 if number % 10 == 0 else number
    text = _story(Random(told), 6)  # noqa: S311  the same
    private = number % 7 == 0
    found: dict[str, str] = {
        "Operation_Unique_Identifier": f"https://linkedopendata.eu/entity/Q{7_000_000 + number}",
        "Operation_Local_Identifier": f"2021{code}05SFPR001-{number:07d}",
        "Operation_Name_English": f"Open house {number} of {town}",
        "Operation_Name_Programme_Language": f"Maison ouverte {number} de {town}",
        "Country": country,
        "CountryCode": code,
        "Operation_Start_Date": f"{1 + number % 28:02d}/{1 + number % 12:02d}/2023",
        "Operation_End_Date": "" if number % 5 == 0 else f"{1 + number % 28:02d}/06/2025",
        "Cofinancing_Rate": "60.0",
        "Total_Eligible_Expenditure_amount": f"{cost:.2f}",
        "Total_Eligible_Expenditure_Currency": "EUR",
        "Project_EU_Budget": "" if number % 4 == 0 else f"{cost * 0.6:.2f}",
        "Beneficiary_Unique_Identifier": f"https://linkedopendata.eu/entity/Q{2_000_000 + number % 5000}",
        "Beneficiary_Name": f"Prénom{number} Nomdefamille" if private else f"Commune de {town}",
        "Location_Indicator_latitude_longitude": f"{45 + number % 100 / 100:.5f},{4 + number % 90 / 100:.5f}",
        "Category_Of_Intervention": field,
        "Category_Label": label,
        "Specific_Objective_ID": "ESO4.11",
        "Fund_Code": "ESF+",
        "Fund_Name": "European Social Fund Plus",
        "Programme_Code": f"2021{code}05SFPR001",
        "Programme_Name": "Employment and inclusion",
        "LAU_IDs": f"{code}_{10_000 + _PLACES.index(town)}",
        "LAU_Labels": town,
        "NUTS3_Code": f"{code}K2{1 + number % 5}",
        "NUTS3_Label": f"Département {1 + number % 5}",
        "Programming_Period": "2021-2027",
        "Operation_Summary_English": text,
        "Operation_Summary_Programme_Language": f"{town} : {text}".replace("The", "Le").replace("people", "gens"),
        "Managing_Authority": "Ministry of Work",
    }
    return {name: (found | changed).get(name, "") for name in HEADERS}


def _story(random: Random, sentences: int) -> str:
    chosen = random.choices(_WHAT, k=sentences)
    words = {name: random.choice(choice) for name, choice in _WORDS.items()}
    text = [sentence.format(number=random.randrange(2, 99), **words) for sentence in chosen]
    return "\r\n".join((" ".join(text[:3]), " ".join(text[3:])))


def rows(total: int, start: int = 0, **changed: str) -> Iterator[dict[str, str]]:
    """So many rows. Every tenth project has a second beneficiary; half of these stand far from the first row."""
    for number in range(total):
        first = number - 1 if number % 20 == 10 else number - total // 2 if number % 20 == 0 else number
        if first == number or first < 0:
            yield row(start + number, **changed)
        else:
            yield row(start + first, **changed) | {"Beneficiary_Name": f"Association des voisins {first}"}


def write_file(path: Path, found: Iterator[dict[str, str]]) -> None:
    """Write rows as Kohesio does: UTF-8 with a byte order mark, commas, CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADERS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(found)
