"""
The categories of recorded crime, how often each happens, and what older files call it.

The rates are those of an ordinary London borough, rounded, so that counts look right;
they describe nowhere.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """
    One of the police's minor categories.

    a_year      offences per 1,000 residents in an ordinary year
    uneven      how unequal areas are: the spread of the logarithm of their risk
    in_town     how many times more there are in a town centre
    poverty     how strongly it follows poverty: 0 is not at all
    winter      how much more there is at midwinter than the average month
    older       major and minor category before 2024, and the share of this
                category that went there
    """

    major: str
    minor: str
    a_year: float
    uneven: float
    in_town: float
    poverty: float
    winter: float
    older: tuple[tuple[str, str, float], ...]

    @property
    def is_sexual(self) -> bool:
        """Whether the LSOA file leaves it out, to protect victims."""
        return self.major == "SEXUAL OFFENCES"


def category(
    major: str,
    minor: str,
    a_year: float,
    older: str,
    *,
    uneven: float = 0.35,
    in_town: float = 2.0,
    poverty: float = 0.6,
    winter: float = 0.0,
) -> Category:
    """`older` is "Minor" or "Minor 0.6; Other minor 0.4"."""
    parts = []
    for part in older.split("; "):
        name, _, share = part.rpartition(" ")
        if share.replace(".", "").isdigit():
            parts.append((title_case(major), name, float(share)))
        else:
            parts.append((title_case(major), part, 1.0))
    return Category(
        major, minor, a_year, uneven, in_town, poverty, winter, tuple(parts)
    )


def title_case(capitals: str) -> str:
    """
    Write a category as it was written before the police went over to capitals.

    >>> title_case("ARSON AND CRIMINAL DAMAGE")
    'Arson and Criminal Damage'
    """
    small = {"and", "the", "of", "a"}
    words = capitals.lower().split()
    return " ".join(word if word in small else word.capitalize() for word in words)


ARSON = "ARSON AND CRIMINAL DAMAGE"
BURGLARY = "BURGLARY"
DRUGS = "DRUG OFFENCES"
MISC = "MISCELLANEOUS CRIMES AGAINST SOCIETY"
WEAPONS = "POSSESSION OF WEAPONS"
ORDER = "PUBLIC ORDER OFFENCES"
ROBBERY = "ROBBERY"
SEXUAL = "SEXUAL OFFENCES"
THEFT = "THEFT"
VEHICLE = "VEHICLE OFFENCES"
VIOLENCE = "VIOLENCE AGAINST THE PERSON"

HOME_BURGLARY = "RES BURGLARY OF A HOME"
CRIMINAL_DAMAGE = "CRIMINAL DAMAGE"
PERSONAL_ROBBERY = "ROBBERY OF PERSONAL PROPERTY"
BUSINESS_ROBBERY = "ROBBERY OF BUSINESS PROPERTY"
WITH_INJURY = "VIOLENCE WITH INJURY"
WITHOUT_INJURY = "VIOLENCE WITHOUT INJURY"
VEHICLE_THEFT = "THEFT OR UNAUTH TAKING OF A MOTOR VEH"
DRUG_POSSESSION = "POSSESSION OF DRUGS"

CATEGORIES = (
    category(ARSON, "ARSON", 0.22, "Arson"),
    category(ARSON, CRIMINAL_DAMAGE, 6.7, "Criminal Damage", uneven=0.2),
    category(
        BURGLARY,
        "BURGLARY BUSINESS AND COMMUNITY",
        1.0,
        "Burglary Business and Community",
        in_town=6,
        winter=0.1,
    ),
    category(
        BURGLARY, HOME_BURGLARY, 3.6, "Domestic Burglary", uneven=0.2, winter=0.15
    ),
    category(
        BURGLARY,
        "RES BURGLARY OF UNCONNECTED BUILDING",
        1.1,
        "Domestic Burglary",
        in_town=0.5,
    ),
    category(DRUGS, DRUG_POSSESSION, 4.1, "Possession of Drugs", uneven=0.7, in_town=5),
    category(DRUGS, "TRAFFICKING OF DRUGS", 2.5, "Drug Trafficking", uneven=0.7),
    category(
        MISC,
        "MISC CRIMES AGAINST SOCIETY",
        1.4,
        "Handling Stolen Goods 0.3; Other Notifiable Offences 0.45; "
        "Going Equipped for Stealing 0.1; Perverting Course of Justice 0.15",
    ),
    category(
        WEAPONS,
        "POSSESSION OF WEAPONS",
        1.1,
        "Possession of Article with Blade or Point 0.6; Possession of Other Weapon "
        "0.25; Other Firearm Offences 0.15",
        in_town=4,
        uneven=0.6,
    ),
    category(
        ORDER,
        "OTHER OFFENCES PUBLIC ORDER",
        1.3,
        "Other Offences Against the State, or Public Order",
        in_town=4,
    ),
    category(
        ORDER,
        "PUBLIC FEAR ALARM OR DISTRESS",
        4.4,
        "Public Fear Alarm or Distress",
        in_town=5,
    ),
    category(
        ORDER,
        "RACE OR RELIGIOUS AGG PUBLIC FEAR",
        1.4,
        "Racially or Religiously Aggravated Public Fear, Al",
        in_town=5,
    ),
    category(ORDER, "VIOLENT DISORDER", 0.03, "Violent Disorder", in_town=8),
    category(
        ROBBERY, BUSINESS_ROBBERY, 0.9, "Robbery of Business Property", in_town=14
    ),
    category(
        ROBBERY,
        PERSONAL_ROBBERY,
        2.5,
        "Robbery of Personal Property",
        in_town=6,
        uneven=0.5,
        winter=0.12,
    ),
    category(SEXUAL, "OTHER SEXUAL OFFENCES", 2.1, "Other Sexual Offences"),
    category(SEXUAL, "RAPE", 1.4, "Rape"),
    category(THEFT, "BICYCLE THEFT", 1.1, "Bicycle Theft", in_town=6, winter=-0.3),
    category(THEFT, "OTHER THEFT", 8.6, "Other Theft", in_town=7),
    category(THEFT, "SHOPLIFTING", 7.3, "Shoplifting", in_town=22, uneven=0.9),
    category(
        THEFT, "THEFT FROM THE PERSON", 4.1, "Theft from Person", in_town=10, winter=0.1
    ),
    category(VEHICLE, "AGGRAVATED VEHICLE TAKING", 0.1, "Aggravated Vehicle Taking"),
    category(
        VEHICLE,
        "INTERFERING WITH A MOTOR VEHICLE",
        1.0,
        "Interfering with a Motor Vehicle",
        in_town=0.7,
    ),
    category(
        VEHICLE,
        "THEFT FROM A VEHICLE",
        4.1,
        "Theft from a Motor Vehicle",
        in_town=0.8,
        poverty=0.2,
    ),
    category(
        VEHICLE,
        VEHICLE_THEFT,
        4.0,
        "Theft or Taking of a Motor Vehicle",
        in_town=0.8,
        poverty=0.2,
    ),
    category(
        VIOLENCE,
        "DEATH SERIOUS INJURY ILLEGAL DRIVING",
        0.02,
        "Violence with Injury",
        in_town=1,
    ),
    category(VIOLENCE, "HOMICIDE", 0.02, "Homicide"),
    category(VIOLENCE, "STALKING AND HARASSMENT", 8.2, "Violence without Injury"),
    category(VIOLENCE, WITH_INJURY, 8.8, "Violence with Injury", in_town=4),
    category(VIOLENCE, WITHOUT_INJURY, 14.6, "Violence without Injury", in_town=3),
)

PLACE = {each.minor: number for number, each in enumerate(CATEGORIES)}
