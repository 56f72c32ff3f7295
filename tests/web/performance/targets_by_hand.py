"""Targets written by hand, as the services take them."""

from datetime import date

MOPAC_7 = {
    "measure": "Seven neighbourhood crimes",
    "kind": "count",
    "area": "London",
    "level": "pan-London",
    "better": "down",
    "baseline": [411_033],
    "baseline_years": "2011/12",
    "number": 328_826,
    "ends": date(2016, 3, 1),
    "years": 4,
    "claim": 250_000,
    "since": [384_474],
    "set_by": "The Mayor’s Office for Policing and Crime",
}
CONFIDENCE = {
    "measure": "Confidence in the police",
    "kind": "share",
    "area": "London",
    "level": "pan-London",
    "better": "up",
    "baseline": [62],
    "number": 75,
    "ends": date(2016, 3, 1),
    "years": 4,
    "claim": 20,
    "since": [67],
    "asked": 400,
    "set_by": "The Mayor’s Office for Policing and Crime",
}
BURGLARY = {
    "measure": "Burglary",
    "kind": "count",
    "area": "Example",
    "level": "borough",
    "better": "down",
    "baseline": [1_200, 1_180, 1_220],
    "number": 900,
    "ends": date(2027, 3, 1),
    "years": 2,
    "monthly": {f"{2023 + m // 12}-{m % 12 + 1:02}": 100 + m % 5 for m in range(44)},
}
