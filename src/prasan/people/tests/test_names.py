"""Finding somebody by name: in either script, in part, with the commonest slips; and never among others' people."""

import pytest
from django.db import models

from prasan.access.check import Denied
from prasan.journal.models import Line
from prasan.people import actions, queries
from prasan.people.index import Entry, NameIndex, forms_of, squeezed
from prasan.people.models import NameIndexVersion
from tests.cast import AT, MARKER, TODAY, make_case, make_person


def index_of(**names):
    index = NameIndex()
    for person, texts in names.items():
        index.put(person, [forms_of(text) for text in texts])
    return index


PEOPLE = {
    "somchai": ["สมชาย ใจดี"], "kanya": ["กัญญา วงศ์ทอง"], "daw": ["Daw Khin Myint"], "noi": ["น้อย", "Noi"],
    "sutthisak": ["สุทธิศักดิ์ศรีสวัสดิ์พงศ์ไพบูลย์"],
}  # fmt: skip


@pytest.fixture(scope="module")
def index():
    return index_of(**PEOPLE)


def found(index, query, allowed=None, limit=20):
    return [person for person, _score in index.search(query, frozenset(allowed or PEOPLE), limit)]


def score(index, query, person):
    return dict(index.search(query, frozenset(PEOPLE)))[person]


@pytest.mark.parametrize(
    ("query", "person", "at_least"),
    [
        ("สมชาย ใจดี", "somchai", 1.0),
        ("สมชายใจดี", "somchai", 1.0),
        ("สมชาย", "somchai", 0.97),
        ("ใจดี", "somchai", 0.92),
        ("น้อย", "noi", 1.0),
        ("นอย", "noi", 1.0),
        ("noi", "noi", 1.0),
        ("somchai", "somchai", 0.86),
        ("Kanya Wongthong", "kanya", 0.86),
        ("wongthong kanya", "kanya", 0.86),
        ("khin myint", "daw", 0.92),
        ("Myint Daw", "daw", 0.86),
    ],
)
def test_a_name_is_found_whole_in_part_without_spaces_and_in_the_other_script(index, query, person, at_least):
    assert found(index, query)[0] == person
    assert score(index, query, person) >= at_least


def test_a_latin_name_is_found_by_its_thai_sound():
    index = index_of(one=["Somchai"], two=["Kanya"])
    assert [p for p, _ in index.search("สมชาย", {"one", "two"})] == ["one"]


def test_a_slip_inside_a_long_name_without_spaces_is_still_near(index):
    slip = "สุทธิศักดิ์ศรีสวัสติ์พงศ์ไพบูลย์"
    bare = squeezed(slip)
    assert bare not in index.entries["sutthisak"].joined
    scores: dict[str, float] = {}
    index._by_whole(bare, frozenset(PEOPLE), scores)
    assert list(scores) == ["sutthisak"]
    assert 0.6 < scores["sutthisak"] < 0.8
    assert found(index, slip)[0] == "sutthisak"


@pytest.mark.parametrize("query", ["", "ก", "a", "ฮฮฮฮฮฮ", "zzzzqqq", "!!"])
def test_what_is_nobody_s_name_finds_nobody(index, query):
    assert found(index, query) == []


def test_a_single_letter_beside_a_name_neither_helps_nor_hurts(index):
    assert found(index, "Khin M")[0] == "daw"
    assert index_of(one=["x"]).search("a b", {"one"}) == []


def test_both_words_must_be_near(index):
    assert "somchai" not in found(index, "somchai qwrtzp")


def test_only_people_that_may_be_seen_are_found(index):
    assert found(index, "สมชาย", {"kanya"}) == []
    assert found(index, "สมชาย", {"kanya", "somchai", "gone"}) == ["somchai"]


def test_the_best_stand_first_and_no_more_than_asked():
    index = index_of(a=["สมชาย"], b=["สมชาย ใจดี"], c=["นายสมชาย"])
    assert [p for p, _ in index.search("สมชาย", {"a", "b", "c"})] == ["a", "b", "c"]
    assert [p for p, _ in index.search("สมชาย", {"a", "b", "c"}, limit=1)] == ["a"]


def test_a_person_whose_names_changed_is_found_by_the_new_ones_only():
    index = index_of(one=["Somchai"], two=["Somchai"])
    index.put("one", [forms_of("Kanya")])
    assert [p for p, _ in index.search("somchai", {"one", "two"})] == ["two"]
    assert [p for p, _ in index.search("kanya", {"one", "two"})] == ["one"]
    index.put("one", [])
    assert index.search("kanya", {"one", "two"}) == []
    assert list(index.entries) == ["two"]
    assert all("two" in persons for persons in index.by_sound.values())


def test_leaving_out_names_by_their_letters_leaves_out_none_that_is_near():
    from rapidfuzz import fuzz

    from prasan.people.index import WHOLE, may_be_near, signs_of

    texts = [squeezed(t) for names in PEOPLE.values() for t in names]
    texts += ["สมชายใจดีมาก", "นายสมชาย", "สม", "xyz", "Noi\nน้อย"]
    kept = 0
    for one in texts:
        for other in texts:
            for cut in range(2, len(one) + 1):
                entry = Entry(other, signs_of(other))
                if fuzz.partial_ratio(one[:cut], other) >= WHOLE:
                    assert may_be_near(one[:cut], signs_of(one[:cut]), entry), (one[:cut], other)
                    kept += 1
    assert kept
    assert not may_be_near("xyz", signs_of("xyz"), Entry("สมชาย", signs_of("สมชาย")))


def codes(world, name, query):
    with world.acting(name):
        return {p.code for p, _score in queries.search_names(world.staff[name], query, AT)}


def test_a_name_search_is_journalled_as_ids_and_only_when_it_found_somebody(world):
    assert codes(world, "mali", MARKER) == {world.survivor.person.code}
    line = Line.objects.filter(act="people.search_names").get()
    assert world.survivor.person_id.hex in line.body
    assert MARKER not in line.body
    assert codes(world, "mali", "ไม่มีใครชื่อนี้เลย") == set()
    assert Line.objects.filter(act="people.search_names").count() == 1
    assert codes(world, "somchai", MARKER) == set()


def test_names_added_after_the_first_search_are_found(world, django_capture_on_commit_callbacks):
    assert codes(world, "mali", "เดือนเพ็ญ") == set()
    with django_capture_on_commit_callbacks(execute=True), world.acting("mali"):
        actions.add_name(by=world.mali, person=world.survivor.person, kind="alias", text="เดือนเพ็ญ", at=AT, today=TODAY)
    builds = Line.objects.filter(by="system:build_name_index").count()
    assert codes(world, "mali", "เดือนเพ็ญ") == {world.survivor.person.code}
    assert codes(world, "mali", MARKER) == {world.survivor.person.code}
    assert Line.objects.filter(by="system:build_name_index").count() == builds


def test_a_process_that_missed_changes_builds_its_index_anew(world, django_capture_on_commit_callbacks):
    queries.forget_index()
    with django_capture_on_commit_callbacks(execute=True), world.acting("mali"):
        actions.add_name(by=world.mali, person=world.survivor.person, kind="alias", text="เดือนเพ็ญ", at=AT, today=TODAY)
    assert not queries._index.entries
    assert codes(world, "mali", "เดือนเพ็ญ") == {world.survivor.person.code}


def test_of_changes_elsewhere_only_the_changed_names_are_opened(world):
    codes(world, "mali", MARKER)
    with world.acting("mali"):
        actions.add_name(by=world.mali, person=world.survivor.person, kind="alias", text="เดือนเพ็ญ", at=AT, today=TODAY)
    before = Line.objects.filter(act="vault.open_many").last()
    assert codes(world, "mali", "เดือนเพ็ญ") == {world.survivor.person.code}
    opened = Line.objects.filter(act="vault.open_many", n__gt=before.n).get()
    assert opened.opened == 2  # the name that was known and the new one of this person; nobody else's


def test_an_erased_person_is_in_no_index(world):
    from prasan import vault

    assert codes(world, "mali", MARKER) == {world.survivor.person.code}
    vault.destroy_key(world.survivor.person.sealed_by())
    NameIndexVersion.objects.update(version=models.F("version") + 1)
    assert codes(world, "mali", MARKER) == set()
    queries.forget_index()
    assert codes(world, "mali", MARKER) == set()


def test_the_index_is_built_before_anybody_searches(world, monkeypatch):
    closed = []
    monkeypatch.setattr(queries.connection, "close", lambda: closed.append(True))
    queries.forget_index()
    queries.warm_index(AT)
    assert queries._index.version == queries._stored_version()
    assert closed == [True]


def near(world, who, *names):
    viewer = getattr(world, who)
    with world.acting(who):
        return [p.code for p, _score in queries.near_duplicates(viewer, list(names), AT)]


def test_at_entry_a_near_name_of_ones_own_people_is_shown_and_nobody_else_is_searched(world):
    assert near(world, "mali", f"{MARKER} ใจดี", "") == [world.survivor.person.code]
    assert near(world, "mali", "", "") == []
    assert near(world, "mali", "ลับใจ") == [], "a piece is no double"
    assert near(world, "somchai", f"{MARKER} ใจดี") == near(world, "somchai", "ไม่มีใครชื่อนี้") == []


def test_at_entry_somebody_in_a_case_left_is_not_told_any_more(world):
    from prasan.cases.actions import team
    from prasan.cases.models import TeamMember

    other = make_case(world, "Another")
    theirs = make_person(world, other)
    assert set(near(world, "mali", f"{MARKER} ใจดี")) == {world.survivor.person.code, theirs.person.code}
    with world.acting("dao"):
        member = TeamMember.objects.get(case=other, staff=world.mali)
        team.remove_member(by=world.dao, case=other, member=member, at=AT, today=TODAY)
    assert near(world, "mali", f"{MARKER} ใจดี") == [world.survivor.person.code]


def test_what_was_found_at_entry_leaves_the_line_of_a_search_and_counts(world):
    near(world, "somchai", f"{MARKER} ใจดี")
    assert not Line.objects.filter(act="people.search_names").exists()
    near(world, "mali", f"{MARKER} ใจดี", f"{MARKER} ใจดี")
    line = Line.objects.get(act="people.search_names")
    assert (line.by, line.opened) == (str(world.mali.pk), 1)


def test_the_names_of_a_person_open_to_members_only(world):
    with world.acting("mali"):
        rows = world.survivor.person
    with world.acting("somchai"):
        assert queries.names_of(world.somchai, rows, "contact", AT) == []
    with world.acting("mali"), pytest.raises(Denied):
        queries.names_of(world.somchai, rows, "contact", AT)
