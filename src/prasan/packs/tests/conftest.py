"""What every test of the packs needs."""

import pytest


@pytest.fixture(autouse=True)
def begins_and_ends_with_ours(own_packs: None) -> None:
    """Whatever a test lays over our packs is gone after it."""
