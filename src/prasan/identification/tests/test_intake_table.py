"""The fast table of an intake: saved once, kept while it is typed, and no row is lost by asking for more rows."""

import pytest

from prasan.access.models import Draft
from prasan.identification.models import IntakePerson
from tests.kept import stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("prasan.identification.tests.urls")]
ROWS = {"r0-name": "ทดลอง หนึ่ง", "r0-sex": "f", "r0-age": "9", "r0-marks": "injured", "r1-name": "ทดลอง สอง", "r1-age": "30"}


def body(answer):
    return answer.content.decode()


@pytest.fixture
def table(event):
    return f"/intakes/{event.code}/people/new/"


def test_a_table_that_is_sent_twice_enters_its_people_once(world, sign_in, table):
    client, key = sign_in(world.mali), "11111111-1111-4111-8111-111111111111"
    for _sent in range(2):
        answer = client.post(table, ROWS | {"key": key}, follow=True)
        assert answer.status_code == 200
    assert len(stored(IntakePerson)) == 2


def test_a_table_that_is_kept_stands_again_with_its_ticks_and_is_gone_once_it_is_saved(world, sign_in, table):
    client = sign_in(world.mali)
    client.post(table, ROWS | {"save_draft": "yes"})
    page = body(client.get(table))
    assert "ทดลอง สอง" in page
    assert 'value="injured" checked' in page
    assert "ทดลอง" not in body(sign_in(world.nok).get(table))
    client.post(table, ROWS)
    assert "ทดลอง" not in body(client.get(table))
    assert stored(Draft) == []


def test_a_wrong_row_is_told_nothing_is_saved_and_all_of_it_is_kept(world, sign_in, table):
    client = sign_in(world.mali)
    answer = client.post(table, ROWS | {"r1-age": "very old"})
    assert answer.status_code == 422
    assert "Row 2: " in body(answer)
    assert stored(IntakePerson) == []
    assert "very old" in body(client.get(table))


def test_more_rows_take_along_what_was_typed(world, sign_in, table):
    client = sign_in(world.mali)
    answer = client.post(table, ROWS | {"size": "20"})
    assert (answer.status_code, answer.url) == (302, f"{table}?rows=20")
    page = body(client.get(answer.url))
    assert "ทดลอง หนึ่ง" in page
    assert 'name="r19-name"' in page
    assert stored(IntakePerson) == []


def test_fewer_rows_than_were_typed_drop_none_of_them(world, sign_in, table):
    client = sign_in(world.mali)
    answer = client.post(f"{table}?rows=20", ROWS | {"r14-name": "ทดลอง สิบห้า", "size": "10"})
    assert answer.url == f"{table}?rows=20"
    assert "ทดลอง สิบห้า" in body(client.get(answer.url))


def test_the_way_in_goes_to_the_rows_that_were_left_unsaved(world, sign_in, table):
    client = sign_in(world.mali)
    client.post(f"{table}?rows=40", ROWS | {"save_draft": "yes"})
    assert client.get(table).url == f"{table}?rows=40"
    assert client.get(f"{table}?rows=1").status_code == 200
    assert sign_in(world.nok).get(table).status_code == 200


def test_what_was_saved_says_its_numbers(world, sign_in, table):
    answer = sign_in(world.mali).post(f"{table}?rows=20", ROWS, follow=True)
    assert answer.redirect_chain[0][0] == f"{table}?rows=20"
    assert "The numbers are 1 to 2." in body(answer)


def test_the_first_button_of_the_table_saves_so_that_enter_never_does_anything_else(world, sign_in, table):
    page = body(sign_in(world.mali).get(table)).split('data-draft-url="/drafts/"')[1]
    assert page.index("Save all rows") < page.index('name="size"')
