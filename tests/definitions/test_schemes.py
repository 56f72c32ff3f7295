"""Category schemes, and what of one is like for like in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.definitions import (
    basket_count,
    baskets,
    bridged,
    categories,
    like_for_like,
)
from saferplan.errors import SourceChanged
from saferplan.sources.mps_categories import TELLING

# One month as each of the three schemes of data.police.uk would have shown it. Of the
# hundred violent or sexual offences ten are sexual, which were once in Other crime.
FOURTEEN = {
    "Anti-social behaviour": 90,
    "Bicycle theft": 5,
    "Burglary": 30,
    "Criminal damage and arson": 20,
    "Drugs": 12,
    "Other crime": 4,
    "Other theft": 25,
    "Possession of weapons": 3,
    "Public order": 14,
    "Robbery": 9,
    "Shoplifting": 18,
    "Theft from the person": 7,
    "Vehicle crime": 22,
    "Violence and sexual offences": 100,
}
ELEVEN = {
    "Anti-social behaviour": 90,
    "Burglary": 30,
    "Criminal damage and arson": 20,
    "Drugs": 12,
    "Other crime": 14,  # with the ten sexual offences
    "Other theft": 37,  # 25 and 5 and 7
    "Public disorder and weapons": 17,  # 3 and 14
    "Robbery": 9,
    "Shoplifting": 18,
    "Vehicle crime": 22,
    "Violent crime": 90,
}
SIX = {
    "Anti-social behaviour": 90,
    "Burglary": 30,
    "Other crime": 118,
    "Robbery": 9,
    "Vehicle crime": 22,
    "Violent crime": 90,
}


def test_the_three_schemes_have_six_eleven_and_fourteen_categories():
    names = ["police-uk-2010", "police-uk-2011", "police-uk-2013"]
    assert [len(categories(name)) for name in names] == [6, 11, 14]


def test_one_month_comes_to_the_same_in_every_scheme_where_it_is_like_for_like():
    newest = bridged(FOURTEEN, "police-uk-2013")
    assert bridged(ELEVEN, "police-uk-2011") == newest
    oldest = bridged(SIX, "police-uk-2010")
    assert oldest == {name: newest[name] for name in oldest}
    assert sum(FOURTEEN.values()) == sum(ELEVEN.values()) == sum(SIX.values())


def test_before_september_2011_only_four_series_are_comparable():
    assert set(like_for_like("police-uk-2010", "police-uk-2013")) == {
        "anti-social-behaviour",
        "burglary",
        "robbery",
        "vehicle-crime",
    }


def test_violence_is_not_like_for_like_though_the_names_look_alike():
    assert "violence" not in like_for_like("police-uk-2011", "police-uk-2013")
    assert "other-crime" not in like_for_like("police-uk-2011", "police-uk-2013")


@given(
    st.dictionaries(
        st.sampled_from(sorted(FOURTEEN)), st.integers(0, 500), min_size=14, max_size=14
    )
)
def test_bridging_the_newest_scheme_loses_only_violence_and_other_crime(month):
    kept = sum(bridged(month, "police-uk-2013").values())
    left_out = month["Violence and sexual offences"] + month["Other crime"]
    assert kept + left_out == sum(month.values())


def test_a_split_category_of_the_met_is_summed_across_its_issues():
    before = bridged({"Burglary in a dwelling": 40}, "mps-2024")
    after = bridged(
        {"Res burglary of a home": 31, "Res burglary of unconnected building": 9},
        "mps-2024",
    )
    assert before["residential-burglary"] == after["residential-burglary"] == 40


def test_a_series_with_no_category_in_the_file_is_missing_and_not_zero():
    # The files for small areas leave sexual offences out.
    assert bridged({"Homicide": 0}, "mps-2024")["rape"] is None


def test_a_missing_part_makes_the_series_missing():
    month = {**FOURTEEN, "Bicycle theft": None}
    assert bridged(month, "police-uk-2013")["other-theft"] is None


def test_a_category_of_another_scheme_is_refused_by_name():
    with pytest.raises(SourceChanged, match="Violent crime is not in the scheme"):
        bridged({"Violent crime": 3}, "police-uk-2013")


def test_an_unknown_scheme_is_refused_with_the_known_ones():
    with pytest.raises(SourceChanged, match="police-uk-2010"):
        categories("home-office")


MET = {
    "Violence with injury": 10,
    "Robbery of personal property": 20,
    "Robbery of business property": 3,
    "Burglary in a dwelling": 40,
    "Burglary business and community": 15,
    "Criminal damage": 30,
    "Theft from the person": 12,
    "Theft or unauth taking of a motor veh": 8,
    "Aggravated vehicle taking": 1,
    "Theft from a vehicle": 25,
    "Rape": 2,  # in no basket of neighbourhood crime
}


def test_the_mopac_7_are_seven_and_add_up():
    assert len(baskets()["mopac-7"].series) == 7
    assert basket_count(baskets()["mopac-7"], MET, "mps-2024") == 164


def test_the_published_mopac_7_totals_are_those_of_their_parts():
    # London 2011/12, in the words of a scheme that has all seven.
    published = {
        "Violence with injury": 61_346,
        "Robbery of personal property": 38_914,
        "Domestic burglary": 96_224,
        "Criminal damage": 72_928,
        "Theft from person": 42_081,
        "Theft or taking of a motor vehicle": 26_188,
        "Theft from a motor vehicle": 73_352,
    }
    assert basket_count(baskets()["mopac-7"], published, "mps-2018") == 411_033


def test_neighbourhood_crime_leaves_business_premises_out():
    assert basket_count(baskets()["neighbourhood-crime"], MET, "mps-2024") == 106


def test_a_basket_is_missing_when_one_of_its_series_is():
    gap = {name: count for name, count in MET.items() if name != "Criminal damage"}
    assert basket_count(baskets()["mopac-7"], gap, "mps-2024") is None


def test_a_scheme_a_basket_cannot_be_counted_in_is_refused():
    with pytest.raises(SourceChanged, match="mps-2018, mps-2024"):
        basket_count(baskets()["mopac-7"], {}, "mps-2008")


@pytest.mark.parametrize("scheme", list(TELLING))
def test_the_sources_tell_schemes_apart_by_categories_we_list(scheme):
    words = {name for c in categories(scheme) for name in (c.major, c.minor)}
    assert words >= TELLING[scheme]


def test_drugs_and_weapons_are_marked_as_found_by_police():
    marked = {c.major for c in categories("mps-2024") if c.police_generated}
    assert marked == {"Drug offences", "Possession of weapons"}
