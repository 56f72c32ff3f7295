"""
The tables of the evidence store: one per kind of evidence, whoever published it.

A source turns a publisher's words into these columns; an assessment asks questions of
them. `slice_by` names what one publication replaces whole: when a publisher revises
March, March is replaced, never added to.

Throughout: `month` is its first day; `area_set` is a kind of area (`borough`, `ward`,
`lsoa`, `force`, ...); `vintage` is the year its boundaries were drawn; codes are GSS
codes.
"""

from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
COUNT = pa.int64()
YEAR = pa.int32()
NUMBER = pa.float64()
DAY = pa.date32()
YES_NO = pa.bool_()


@dataclass(frozen=True)
class Dataset:
    """One table: its columns, and the part of it that a newer publication replaces."""

    name: str
    title: str
    schema: pa.Schema
    slice_by: tuple[str, ...]


def dataset(
    name: str, title: str, slice_by: tuple[str, ...], /, **columns: pa.DataType
) -> Dataset:
    return Dataset(name, title, pa.schema(list(columns.items())), slice_by)


DATASETS = {
    table.name: table
    for table in [
        dataset(
            "street_crime",
            "Street-level incidents, one row each, at a snapped point",
            ("publisher", "force", "month"),
            publisher=TEXT,
            force=TEXT,
            month=DAY,
            crime_id=TEXT,
            reported_by=TEXT,
            falls_within=TEXT,
            longitude=NUMBER,
            latitude=NUMBER,
            location=TEXT,
            lsoa_code=TEXT,
            lsoa_name=TEXT,
            crime_type=TEXT,
            outcome=TEXT,
        ),
        dataset(
            "crime_outcome",
            "What became of street-level crimes, one row per outcome",
            ("publisher", "force", "month"),
            publisher=TEXT,
            force=TEXT,
            month=DAY,
            crime_id=TEXT,
            reported_by=TEXT,
            falls_within=TEXT,
            longitude=NUMBER,
            latitude=NUMBER,
            location=TEXT,
            lsoa_code=TEXT,
            lsoa_name=TEXT,
            outcome=TEXT,
        ),
        dataset(
            "stop_search",
            "Stops and searches, one row each, in London time",
            ("publisher", "force", "month"),
            publisher=TEXT,
            force=TEXT,
            month=DAY,
            searched_at=pa.timestamp("us"),  # wall clock, Europe/London
            kind=TEXT,  # person | vehicle | person and vehicle
            operation=YES_NO,
            longitude=NUMBER,
            latitude=NUMBER,
            gender=TEXT,
            age_range=TEXT,
            self_defined=TEXT,  # as published
            officer_defined=TEXT,  # as published
            self_defined_group=TEXT,  # Asian, Black, Mixed, Other, White or null
            officer_defined_group=TEXT,
            legislation=TEXT,
            object_of_search=TEXT,
            outcome=TEXT,
            outcome_linked=YES_NO,
            more_than_outer_clothing=YES_NO,
        ),
        dataset(
            "recorded_crime",
            "Recorded offences by area, month and category",
            ("publisher", "area_set", "month"),
            publisher=TEXT,
            area_set=TEXT,
            vintage=YEAR,
            area_code=TEXT,  # null for a non-area such as Unknown
            area_name=TEXT,
            parent_code=TEXT,
            parent_name=TEXT,
            month=DAY,
            scheme=TEXT,  # the category scheme, see saferplan.definitions
            major=TEXT,
            minor=TEXT,
            offences=COUNT,
        ),
        dataset(
            "recorded_crime_year",
            "Recorded offences of twelve months by area, with the publisher's rates",
            ("publisher", "area_set", "year_ending", "statistic"),
            publisher=TEXT,
            area_set=TEXT,
            area_code=TEXT,  # null for a non-area such as "Unassigned Kent"
            area_name=TEXT,
            authority_code=TEXT,  # the local authority a partnership's area equals
            parent_code=TEXT,
            parent_name=TEXT,
            year_ending=DAY,
            offence=TEXT,  # null where the number is of people or households
            statistic=TEXT,  # offences | per 1,000 residents | residents ...
            value=NUMBER,
        ),
        dataset(
            "flagged_crime",
            "Offences or victims carrying a flag (knife, VAWG), by area and month",
            ("publisher", "flag", "unit", "area_set", "month"),
            publisher=TEXT,
            flag=TEXT,
            unit=TEXT,  # offences | victims | positive outcomes
            area_set=TEXT,
            vintage=YEAR,
            area_code=TEXT,
            area_name=TEXT,
            parent_code=TEXT,
            parent_name=TEXT,
            month=DAY,
            category=TEXT,
            subcategory=TEXT,
            count=COUNT,
        ),
        dataset(
            "survey",
            "Answers to a public survey: the share who agree, by area and quarter",
            ("publisher", "survey", "area_set", "period_end"),
            publisher=TEXT,
            survey=TEXT,
            area_set=TEXT,
            area_code=TEXT,
            area_name=TEXT,
            period_end=DAY,
            measure=TEXT,
            proportion=NUMBER,  # 0 to 1
            base=COUNT,  # people asked; null where the publisher does not say
        ),
        dataset(
            "court",
            "Crown Court caseload and timeliness, by region or court and quarter",
            ("publisher", "measure", "area_set", "period_end"),
            publisher=TEXT,
            measure=TEXT,
            area_set=TEXT,
            area_name=TEXT,
            parent_name=TEXT,  # a court's region
            period_end=DAY,
            category=TEXT,
            statistic=TEXT,  # count | mean | median | percent ...
            value=NUMBER,
            unit=TEXT,  # cases | days | weeks | share
        ),
        dataset(
            "population",
            "People or households living in an area, by year, sex and age",
            ("publisher", "unit", "area_set", "vintage", "year"),
            publisher=TEXT,
            unit=TEXT,  # people | households | household spaces | people, projected
            area_set=TEXT,
            vintage=YEAR,
            area_code=TEXT,
            area_name=TEXT,
            year=YEAR,  # 30 June of it
            sex=TEXT,  # all | female | male
            age_from=YEAR,  # 0 and null together mean every age
            age_to=YEAR,
            count=COUNT,
        ),
        dataset(
            "census",
            "Census counts by area, topic and category",
            ("publisher", "area_set", "vintage", "year", "topic"),
            publisher=TEXT,
            area_set=TEXT,
            vintage=YEAR,
            area_code=TEXT,
            area_name=TEXT,
            year=YEAR,
            topic=TEXT,  # ethnic group (5) | ethnic group (19) | age ...
            category=TEXT,
            count=COUNT,
        ),
        dataset(
            "deprivation",
            "Indices of deprivation: scores, ranks and deciles by area and domain",
            ("publisher", "edition", "area_set", "domain"),
            publisher=TEXT,
            edition=TEXT,  # IMD 2019 | IoD 2025
            area_set=TEXT,
            vintage=YEAR,
            area_code=TEXT,
            area_name=TEXT,
            domain=TEXT,
            statistic=TEXT,  # score | rank | decile | average score | extent ...
            value=NUMBER,
        ),
        dataset(
            "lookup",
            "Which area of one set an area of another falls in",
            ("publisher", "from_set", "from_vintage", "to_set", "to_vintage"),
            publisher=TEXT,
            from_set=TEXT,
            from_vintage=YEAR,
            from_code=TEXT,
            from_name=TEXT,
            to_set=TEXT,
            to_vintage=YEAR,
            to_code=TEXT,
            to_name=TEXT,
            fit=TEXT,  # exact | best fit | split | merged
        ),
        dataset(
            "boundary",
            "The outline of each area, as WKB in longitude and latitude (EPSG:4326)",
            ("publisher", "area_set", "vintage", "extent"),
            publisher=TEXT,
            area_set=TEXT,
            vintage=YEAR,
            extent=TEXT,  # the areas' common parent: a file replaces its own extent
            area_code=TEXT,
            area_name=TEXT,
            parent_code=TEXT,
            parent_name=TEXT,
            geometry=pa.binary(),
        ),
        dataset(
            "severity_weight",
            "The harm weight of each offence code (ONS Crime Severity Score)",
            ("publisher", "edition"),
            publisher=TEXT,
            edition=TEXT,
            offence_group=TEXT,
            offence_subgroup=TEXT,
            offence_code=TEXT,
            offence=TEXT,
            weight=NUMBER,
        ),
        dataset(
            "front_counter",
            "Where people can speak to the police in person, as listed on a day",
            ("publisher", "listed_on"),
            publisher=TEXT,
            listed_on=DAY,
            counter=TEXT,
            longitude=NUMBER,
            latitude=NUMBER,
        ),
        dataset(
            "grant",
            "Grants that funders have awarded, one row each; no person is named",
            ("publisher", "funder_id", "year"),
            publisher=TEXT,
            funder_id=TEXT,
            funder=TEXT,
            year=YEAR,  # in which it was awarded
            awarded_on=DAY,
            grant_id=TEXT,
            title=TEXT,
            description=TEXT,
            currency=TEXT,
            amount=NUMBER,
            to_person=YES_NO,
            recipient_id=TEXT,
            recipient=TEXT,
            ward_code=TEXT,  # where the recipient is
            borough_code=TEXT,
            beneficiary_code=TEXT,  # the first place that the grant is to help
        ),
        dataset(
            "partner_incident",
            "A partner's depersonalised return under SI 2007/1831",
            ("publisher", "category", "month"),
            publisher=TEXT,  # the partner
            category=TEXT,
            subcategory=TEXT,
            month=DAY,
            day=DAY,
            hour=YEAR,
            area_set=TEXT,
            area_code=TEXT,
            outward_postcode=TEXT,
            count=COUNT,
        ),
    ]
}
