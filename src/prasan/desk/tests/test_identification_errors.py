"""Records of identification are marked as entered in error from their own pages, through the real addresses."""

import pytest

from prasan.identification.tests.test_corrections import rows_of
from tests.kept import the_one


@pytest.mark.parametrize("kind", ["screening", "decision", "age", "review"])
def test_a_record_of_identification_is_marked_as_entered_in_error(world, sign_in, kind):
    row, client = rows_of(world)[kind], sign_in(world.mali)
    address = f"/cases/{world.case.code}/correct/{kind}/{row.pk}/"
    assert client.get(address).status_code == 200
    version = the_one(type(row), pk=row.pk).version
    assert client.post(address, {"reason": "twice", "version": version}).status_code == 302
    assert the_one(type(row), pk=row.pk).closed_as == "error"
