"""The bench and its floors."""

from pathlib import Path

import pytest

from bench.commitment import FOLDER, SETS, polarity, read_case, read_cases
from bench.figures import DATA


@pytest.mark.parametrize("name", SETS)
def test_every_case_of_the_sets_fits_the_notation(name: str) -> None:
    cases = read_cases(FOLDER / f"{name}.yaml")
    assert len(cases) > 80
    assert len({case.text for case in cases}) == len(cases)


def test_a_value_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="1 attributions"):
        read_case("CT+ | {Ann} <said> [it rained].")


@pytest.mark.shared
def test_the_rules_hold_their_floor_on_a_slice_of_uds() -> None:
    if not Path(DATA).exists():
        pytest.skip(f"{DATA} is not there")
    figures = {figure.name: figure for figure in polarity("dev", 60)}
    assert figures["uds_polarity_rules"].n > 90
    assert figures["uds_polarity_rules"].value >= 70
