"""From offence codes to a publisher's categories."""

import pandas as pd
import pytest

from saferplan.definitions import bridge_weights
from saferplan.errors import SourceChanged
from saferplan.methods.harm import harm

# Published weights of the codes, in round figures.
WEIGHTS = {
    "1/4.1/4.10/4.2": 7_831.8,
    "34B": 993.6,
    "28I": 564.0,
    "29B": 2_459.0,
    "46": 13.1,
    "8N": 203.1,
    "5D": 2_087.9,
    "92E": 1.5,
    "92D": 9.0,
}


def test_a_category_of_one_offence_has_its_exact_weight():
    found = bridge_weights(WEIGHTS)["Shoplifting"]
    assert (found.weight, found.high, found.exact) == (13.1, 13.1, True)


def test_a_mixed_category_has_the_weight_of_its_commonest_offence_and_a_high_one():
    found = bridge_weights(WEIGHTS)["Violence with injury"]
    assert (found.weight, found.exact) == (203.1, False)
    # Charges: .683 assault with injury to .136 with intent, so .166 of the two.
    assert found.high == pytest.approx(203.1 + 0.166 * (2_087.9 - 203.1), abs=2)


def test_the_high_weight_is_never_below_the_cautious_one():
    for found in bridge_weights(WEIGHTS).values():
        assert found.high >= found.weight


def test_a_category_whose_commonest_offence_has_no_weight_has_none():
    assert "Rape" not in bridge_weights(WEIGHTS)
    assert "Fraud and forgery" not in bridge_weights(WEIGHTS)


def test_bridged_weights_are_what_harm_takes():
    weights = {name: w.weight for name, w in bridge_weights(WEIGHTS).items()}
    found = harm(
        pd.Series({"Homicide": 1, "Shoplifting": 100, "NFIB": 3}), pd.Series(weights)
    )
    assert found.total == pytest.approx(7_831.8 + 1_310)
    assert found.unweighted == 3


def test_a_scheme_without_a_bridge_is_refused():
    with pytest.raises(SourceChanged, match="Weigh figures of mps-2024"):
        bridge_weights(WEIGHTS, scheme="mps-2008")
