from __future__ import annotations

import pytest

from bench.shortfalls import complaint


@pytest.mark.parametrize(
    ("value", "short", "told"),
    [
        (80.0, None, None),
        (79.9, None, "f1 is 79.9, its floor 80"),
        (79.9, 79.0, None),
        (78.9, 79.0, "f1 is 78.9, below the known shortfall 79.0"),
        (80.0, 79.0, "f1 is 80.0 and reaches its floor 80: strike out the known shortfall"),
    ],
)
def test_a_figure_and_its_floor(value: float, short: float | None, told: str | None) -> None:
    assert complaint("f1", value, 80, short) == told
