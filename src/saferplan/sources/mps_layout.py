"""
How the Metropolitan Police lay out a table of recorded crime.

The columns have had several names, and the months are columns of their own:

    MajorText, MinorText, LookUp_BoroughName, 201806, 201807 ...      2020 to 2023
    MajorText, MinorText, BoroughName, 202304 ...                     2024 to 2026
    Group, SubGroup, BOCU, 202407 ...                                 from June 2026
    Borough, Major Category, Minor Category, 200801 ...               to 2018
    majortext, minortext, wardname, wardcode, lookup_boroughname ...  in Parquet
    Month, CrimeType, CrimeDetails, CrimeCount, Borough               2011 to 2013
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Their name, in lower case and without spaces or underscores; what it is to us.
ROLES = {
    "majortext": "major",
    "majorcategory": "major",
    "group": "major",
    "crimetype": "major",
    "minortext": "minor",
    "minorcategory": "minor",
    "subgroup": "minor",
    "crimedetails": "minor",
    "boroughname": "borough",
    "lookupboroughname": "borough",
    "bocu": "borough",
    "borough": "borough",
    "wardname": "ward_name",
    "wardcode": "ward_code",
    "lsoacode": "lsoa_code",
    "lsoaname": "lsoa_name",
    "month": "month",
    "crimecount": "offences",
}
MONTH = re.compile(r"20\d{2}(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Layout:
    """
    Which column is what.

    roles   their column, by what it is to us: major, minor, borough, ward_code ...
    months  the columns that are months, such as "202403"; empty where each row is one
            month
    """

    roles: dict[str, str]
    months: tuple[str, ...]

    @property
    def is_recorded_crime(self) -> bool:
        long = {"month", "offences"} <= self.roles.keys()
        return {"major", "minor"} <= self.roles.keys() and (bool(self.months) or long)

    @property
    def area_set(self) -> str:
        """lsoa, ward or borough, by the finest code there is."""
        if "lsoa_code" in self.roles:
            return "lsoa"
        return "ward" if "ward_code" in self.roles else "borough"


def layout_of(columns: Iterable[str]) -> Layout:
    """Say what each column is to us; a column we do not know is left out."""
    roles: dict[str, str] = {}
    months = []
    for column in columns:
        plain = re.sub(r"[\s_]", "", column).lower()
        if MONTH.fullmatch(plain):
            months.append(column)
        elif plain in ROLES:
            roles.setdefault(ROLES[plain], column)
    return Layout(roles, tuple(months))
