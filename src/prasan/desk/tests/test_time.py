"""The clocks of the law on the pages, the days off, and the calendar feed of a member of staff."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from icalendar import Calendar

from prasan.access import actions as staff
from prasan.access.system import system_read
from prasan.accounts.models import FactorReset
from prasan.cases.actions import clocks, team, ticking, work
from prasan.cases.models import CalendarFeed, Holiday, RunningClock
from prasan.cases.rules import APPOINTMENTS
from prasan.journal.models import Line
from tests.cast import AT, MARKER, TODAY, make_case
from tests.kept import fresh, stored

pytestmark = pytest.mark.django_db
READ_ON = date(2026, 11, 20)


def begin(world, code="appeal", start=READ_ON, event="judgment_read", by="preecha", case=None, **told):
    with world.acting(by):
        return clocks.begin(case or world.case, code, by=world.staff[by], start=start, event=event, at=AT,
                            **({"about": world.suspect.person} | told))  # fmt: skip


def place(world, clock, act=""):
    return f"/cases/{world.case.code}/clocks/{clock.pk}/{act}"


def body(page):
    return page.content.decode()


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_case_page_tells_of_each_clock_what_the_law_says(world, sign_in, language):
    begin(world)
    page = body(sign_in(world.preecha, language).get(f"/cases/{world.case.code}/"))
    told = {
        "en": ("Appeal", "CPC 198", "21 Dec 2026", "must act: ", "may be extended by: ", "When it is missed: "),
        "th": ("อุทธรณ์", "ป.วิ.อ. มาตรา 198", "21 ธ.ค. 2569"),
    }
    assert [text for text in told[language] if text not in page] == []
    assert MARKER not in page


def test_a_clock_that_is_not_confirmed_says_so_and_what_is_over_is_folded_away(world, sign_in):
    begin(world, "supreme-court", event="appeal_judgment_read")
    over = begin(world)
    with world.acting("preecha"):
        clocks.stop(world.case, "appeal", by=world.preecha, event="judgment_final", at=AT)
    page = body(sign_in(world.preecha).get(f"/cases/{world.case.code}/"))
    assert "not confirmed by a lawyer" in page
    assert "Clocks that are over" in page
    assert page.index("Clocks that are over") < page.index(str(over.pk))


def test_two_clocks_that_conflict_run_side_by_side_and_the_page_says_so_for_whom(world, sign_in):
    client, where = sign_in(world.mali), f"/cases/{world.case.code}/"
    about = {"about": world.survivor.person}
    begin(world, "temporary-protection", start=AT, event="person_protected", **about)
    begin(world, "reflection-a", start=TODAY, event="nrm_entered")
    assert "ATIP s.29 covers at most 24 hours" not in body(client.get(where))
    begin(world, "reflection-a", start=TODAY, event="nrm_entered", **about)
    page = body(client.get(where))
    assert "ATIP s.29 covers at most 24 hours" in page
    assert "rests on the person&#x27;s own consent to stay" in page


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_page_of_one_clock_shows_every_step_with_its_section(world, sign_in, language):
    page = body(sign_in(world.preecha, language).get(place(world, begin(world))))
    law = {"en": "CCC ", "th": "ป.พ.พ. มาตรา "}[language]
    assert all(law + section in page for section in ("193/3", "193/5", "193/8"))
    assert world.suspect.person.code in page
    assert MARKER not in page


def test_a_clock_of_another_part_is_not_shown_to_others_of_the_team_nor_to_outsiders(world, sign_in):
    clock, court = begin(world, partition="investigation"), begin(world, start=TODAY, partition="legal")
    assert sign_in(world.mali).get(place(world, court)).status_code == 200
    assert sign_in(world.chai).get(place(world, court)).status_code == 403
    assert str(court.pk) not in body(sign_in(world.chai).get(f"/cases/{world.case.code}/"))
    for act in ("", "extend/", "override/"):
        assert sign_in(world.mali).get(place(world, clock, act)).status_code == 403
        assert sign_in(world.somchai).get(place(world, clock, act)).status_code == 404
    assert str(clock.pk) not in body(sign_in(world.mali).get(f"/cases/{world.case.code}/"))
    other = make_case(world, "Another")
    where = f"/cases/{other.code}/clocks/{clock.pk}/"
    assert sign_in(world.preecha).get(where).status_code == 404


def test_an_extension_is_recorded_and_a_wrong_one_is_told_beside_its_field(world, sign_in):
    clock, client = begin(world), sign_in(world.preecha)
    wrong = client.post(place(world, clock, "extend/"), {"length": "10", "unit": "", "on": "2026-11-24", "reason": "x"})
    assert wrong.status_code == 422
    assert "Choose the unit of the extension." in body(wrong)
    form = {"length": "10", "unit": "days", "on": "24/11/2569", "reason": "The court allowed it", "version": "1"}
    assert client.post(place(world, clock, "extend/"), form).status_code == 302
    page = body(client.get(place(world, clock)))
    assert "30 December 2026" in page
    assert "The court allowed it" in page
    assert client.post(place(world, clock, "extend/"), {**form, "reason": "Again"}).status_code == 409
    assert "to 30 December 2026" in body(client.get(f"/cases/{world.case.code}/"))


def test_what_nobody_may_extend_is_refused_with_a_sentence(world, sign_in):
    clock = begin(world, "arrest-to-court", start=AT, event="arrested")
    form = {"length": "1", "unit": "days", "on": "2026-11-24", "reason": "x"}
    page = sign_in(world.nok).post(place(world, clock, "extend/"), form)
    assert page.status_code == 422
    assert "Nobody may extend this period." in body(page)


def test_that_it_was_done_is_written_at_the_clock_and_taken_back(world, sign_in):
    clock, client = begin(world, "petition-44-1", event="indicted", partition="legal"), sign_in(world.preecha)
    assert "kept/" in body(client.get(place(world, clock)))
    assert "kept/" not in body(client.get(place(world, begin(world))))
    where = place(world, clock, "kept/")
    wrong = client.post(where, {"event": "indicted", "on": "24/11/2569", "version": "1"})
    assert wrong.status_code == 422
    form = {"event": "petition_44_1_filed", "on": "24/11/2569", "version": "1"}
    assert client.post(where, form).status_code == 302
    page = body(client.get(place(world, clock)))
    assert "Done in time" in page
    assert "The petition under section 44/1 was filed: " in body(client.get(f"/cases/{world.case.code}/"))
    assert "again/" in page
    assert client.post(place(world, clock, "again/"), {"version": "2"}).status_code == 302
    page = body(client.get(place(world, clock)))
    assert "again/" not in page
    assert "kept/" in page
    assert client.post(place(world, clock, "again/"), {"version": "3"}).status_code == 422


def test_a_refusal_writes_its_days_as_the_reader_does(world, sign_in):
    clock, client = begin(world, "temporary-protection", start=AT, event="person_protected"), sign_in(world.mali)
    client.get("/language/th/?next=/")
    form = {"until": "1/3/2570", "on": "24/11/2569", "reason": "ศาลสั่ง", "version": "1"}
    page = body(client.post(place(world, clock, "extend/"), form))
    assert "ไม่ใช่ถึง 1 มีนาคม 2570" in page


def test_the_page_says_how_sure_the_end_is_and_that_the_rules_changed_since(world, sign_in):
    clock, client = begin(world), sign_in(world.preecha)
    page = body(client.get(place(world, clock)))
    assert "not yet confirmed by a lawyer" in page
    assert "The rules were changed" not in page
    with system_read("verify", line=False):
        RunningClock.objects.filter(pk=clock.pk).update(ends_at=clock.ends_at + timedelta(days=1))
    assert "The rules were changed" in body(client.get(place(world, clock)))


def test_a_clock_is_set_by_hand_with_a_reason(world, sign_in):
    clock, client = begin(world), sign_in(world.preecha)
    where = place(world, clock, "override/")
    assert client.post(where, {"how": "stop", "reason": ""}).status_code == 422
    assert client.post(where, {"how": "stop", "reason": "Read again", "version": "1"}).status_code == 302
    page = body(client.get(place(world, clock)))
    assert "Read again" in page
    assert "extend/" not in page
    assert "Set by hand: Appeal" in body(client.get(f"/cases/{world.case.code}/"))


def test_my_day_lists_what_is_missed_due_and_soon_and_says_who_acts(world, sign_in, frozen):
    begin(world)
    begin(world, "temporary-protection", start=AT - timedelta(hours=20), event="person_protected")
    client = sign_in(world.preecha)
    page = body(client.get("/"))
    assert "Temporary protection" in page
    assert "Appeal" not in page
    frozen.shift(timedelta(days=25))
    client = sign_in(world.preecha)
    page = body(client.get("/"))
    assert "Ends soon" in page
    assert "worker is not running" in page
    ticking.tick(datetime(2026, 12, 19, tzinfo=UTC))
    page = body(client.get("/"))
    assert "worker is not running" not in page
    assert "Missed" in page
    assert "must act: " in page


def test_what_is_due_at_once_is_told_once_a_case_however_many_people_wait(world, sign_in):
    for person in (world.suspect.person, None):
        begin(world, "rights-notice", start=TODAY, event="first_contact", about=person)
    page = body(sign_in(world.mali).get("/"))
    assert page.count("Notice of compensation") == 1
    assert "3 people, at once" in page
    assert "3 people, at once" not in body(sign_in(world.somchai).get("/"))
    with world.acting("mali"):
        clocks.satisfy(world.case, "rights-notice", by=world.mali, event="rights_told", at=AT)
    assert "person, at once" not in body(sign_in(world.mali).get("/"))


def test_what_ends_with_the_trial_is_told_before_a_hearing(world, sign_in):
    begin(world, "petition-44-1", event="indicted", partition="legal")
    client = sign_in(world.preecha)
    assert "Hearing soon" not in body(client.get("/"))
    with world.acting("preecha"):
        work.add_appointment(by=world.preecha, case=world.case, kind="hearing", starts_at=AT + timedelta(days=9), at=AT)
    page = body(client.get("/"))
    assert "Hearing soon" in page
    assert "3 Dec 2026" in page
    assert "Hearing soon" not in body(sign_in(world.chai).get("/"))


def test_what_is_done_too_late_says_so(world, sign_in):
    begin(world, "temporary-protection", start=AT - timedelta(days=3), event="person_protected")
    ticking.tick(AT)
    with world.acting("mali"):
        clocks.satisfy(world.case, "temporary-protection", by=world.mali, event="consented_to_stay", at=AT)
    page = body(sign_in(world.mali).get(f"/cases/{world.case.code}/"))
    assert "Done, but late" in page
    assert "Missed: Temporary protection" in page


def test_the_calendar_shows_the_ends_of_clocks_among_the_dates(world, sign_in):
    begin(world)
    begin(world, partition="legal", start=TODAY)
    page = body(sign_in(world.chai).get("/calendar/"))
    assert "21 December 2026" in page
    assert page.count("Appeal") == 1
    assert body(sign_in(world.preecha).get("/calendar/")).count("Appeal") == 2


def test_the_calendar_begins_and_ends_with_the_midnights_of_bangkok(world, sign_in):
    midnight = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    inside = {"visit": midnight, "hearing": midnight + timedelta(days=35, minutes=-1)}
    outside = {"meeting": midnight - timedelta(minutes=1), "medical": midnight + timedelta(days=35)}
    with world.acting("mali"):
        for kind, starts in (inside | outside).items():
            work.add_appointment(by=world.mali, case=world.case, kind=kind, starts_at=starts, at=AT)
    page = body(sign_in(world.mali).get("/calendar/?from=2026-11-24")).split("<main")[1]
    told = [APPOINTMENTS[kind] in page for kind in ("visit", "hearing", "meeting", "medical")]
    assert told == [True, True, False, False]


def test_the_days_off_of_a_year_are_shown_and_corrected_by_a_coordinator(world, sign_in):
    clock = begin(world)
    assert 'href="/holidays/new/"' not in body(sign_in(world.mali).get("/holidays/"))
    assert 'href="/holidays/new/"' in body(sign_in(world.dao).get("/holidays/"))
    assert sign_in(world.mali).post("/holidays/new/", {}).status_code == 403
    client = sign_in(world.dao)
    wrong = client.post("/holidays/new/", {"on": "yesterday", "kind": "off"})
    assert wrong.status_code == 422
    form = {"on": "21/12/2569", "kind": "off", "calendars": ["court"], "name_en": "Special day",
            "name_th": "วันหยุดพิเศษ", "source": "Cabinet"}  # fmt: skip
    page = client.post("/holidays/new/", form, follow=True)
    assert "Running clocks that moved: 1" in body(page)
    assert "Special day" in body(page)
    fresh(clock)
    assert clock.end_on == date(2026, 12, 22)
    told = body(sign_in(world.preecha).get(place(world, clock)))
    assert "Before the days off were corrected it ended on" in told
    case = body(sign_in(world.preecha).get(f"/cases/{world.case.code}/"))
    assert "ends on 22 December 2026 instead of 21 December 2026" in case
    row = Holiday.objects.get()
    where = f"/holidays/{row.pk}/withdraw/"
    assert sign_in(world.mali).post(where).status_code == 403
    assert "moved: 1" in body(client.post(where, {"version": "1"}, follow=True))
    assert "already corrected" in body(client.post(where, {"version": "2"}, follow=True))


@pytest.mark.parametrize("asked", ["2026", "1500", "99999", "abc", "๒๕๖๙", ""])
def test_any_year_that_is_asked_for_gets_a_page(world, sign_in, asked):
    assert sign_in(world.mali, "th").get("/holidays/", {"year": asked}).status_code == 200


def made(client, language="en"):
    page = client.post("/settings/feeds/new/", {"language": language}, follow=True)
    return re.search(r"http://testserver(/feeds/[\w-]+\.ics)", body(page))[1]


def summaries(response):
    return sorted(str(e["SUMMARY"]) for e in Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_feed_is_made_shown_once_and_read_without_signing_in_in_its_own_language(world, sign_in):
    client = sign_in(world.mali)
    begin(world)
    with world.acting("mali"):
        work.add_appointment(by=world.mali, case=world.case, kind="hearing", starts_at=AT + timedelta(days=2), at=AT,
                             where="บ้านฟ้า ชั้น 2", about=world.survivor.person)  # fmt: skip
    where = made(client, "th")
    assert where not in body(client.get("/settings/feeds/"))
    response = Client().get(where)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    code, person = world.case.code, world.suspect.person.code
    found = summaries(response)
    assert any(line.endswith(f"อุทธรณ์ · {person} · {code}") for line in found)
    assert f"นัดศาล · {world.survivor.person.code} · {code}" in found
    assert len(found) == 2
    whole = response.content.decode()
    for secret in (MARKER, "บ้านฟ้า", world.case.title, "ต้องสงสัย"):
        assert secret not in whole.replace("\r\n ", "")
    end = next(e for e in Calendar.from_ical(response.content).walk("VEVENT") if "อุทธรณ์" in str(e["SUMMARY"]))
    assert end["DTSTART"].dt == date(2026, 12, 21)


@pytest.mark.parametrize(("language", "act_by", "ends"), [
    ("en", "Act by: Execution of the money judgment", "Ends: Execution of the money judgment"),
    ("th", "การบังคับคดี", "ครบกำหนด: การบังคับคดี"),
])  # fmt: skip
def test_a_feed_calls_the_day_to_act_by_not_the_end(world, sign_in, language, act_by, ends):
    """The judgment of 5 December 2016 ends after a Saturday, a Sunday and a holiday: to act by is the Friday before."""
    off = begin(world, "enforcement", start=date(2016, 12, 5), event="order_read")
    plain = begin(world, "enforcement", start=date(2017, 2, 1), event="order_read")
    assert (off.act_by_on, off.end_on, plain.act_by_on) == (date(2026, 12, 4), date(2026, 12, 8), plain.end_on)
    feed = Calendar.from_ical(Client().get(made(sign_in(world.mali), language)).content)
    told = {str(e["UID"]).split("@")[0]: (str(e["SUMMARY"]), e["DTSTART"].dt) for e in feed.walk("VEVENT")}
    assert told[str(off.pk)][1] == date(2026, 12, 4)
    assert act_by in told[str(off.pk)][0]
    assert ends not in told[str(off.pk)][0]
    assert (told[str(plain.pk)][0].startswith(ends), told[str(plain.pk)][1]) == (True, date(2027, 2, 1))


def test_what_is_due_at_once_has_no_day_in_a_calendar(world, sign_in):
    begin(world, "rights-notice", start=TODAY, event="first_contact")
    assert summaries(Client().get(made(sign_in(world.mali)))) == []


def test_a_feed_shows_what_its_owner_may_see_at_that_moment_and_no_more(world, sign_in):
    legal, shared = begin(world, partition="investigation"), begin(world, start=TODAY)
    mali, preecha = made(sign_in(world.mali)), made(sign_in(world.preecha))

    def ids(where):
        return {str(e["UID"]).split("@")[0] for e in Calendar.from_ical(Client().get(where).content).walk("VEVENT")}

    assert ids(preecha) & {str(legal.pk), str(shared.pk)} == {str(shared.pk)}
    assert {str(legal.pk), str(shared.pk)} <= ids(made(sign_in(world.nok)))
    assert ids(mali) & {str(legal.pk), str(shared.pk)} == {str(shared.pk)}
    with world.acting("dao"):
        member = team.TeamMember.objects.get(case=world.case, staff=world.mali, until_on=None)
        team.remove_member(by=world.dao, case=world.case, member=member, at=AT - timedelta(minutes=1), today=TODAY)
    assert ids(mali) == set()


def test_the_address_of_a_feed_is_in_the_answer_alone(world, sign_in):
    client = sign_in(world.mali)
    page = client.post("/settings/feeds/new/", {"language": "en"})
    assert page.status_code == 200
    secret = re.search(r"/feeds/([\w-]+)\.ics", body(page))[1]
    kept = [str(c.value) for c in client.cookies.values()] + [str(s.get_decoded()) for s in Session.objects.all()]
    assert not [one for one in kept if secret in one]
    assert client.post("/settings/feeds/new/", {"language": "xx"}).status_code == 422


@pytest.mark.parametrize("place", ["/feeds/{}.ics", "/feeds/{}.ics/", "/feeds/{}", "/feeds/{}/x.ics"])
def test_the_secret_of_a_feed_is_never_logged(place, caplog):
    secret = "s3cret-of-a-feed"
    for ask in (Client().get, Client().post):
        assert ask(place.format(secret)).status_code in {404, 405}
    assert "/feeds/…" in caplog.text
    assert secret not in caplog.text


@pytest.mark.parametrize("lost", ["suspended", "factor"])
def test_whoever_is_locked_out_or_loses_the_second_factor_has_no_feed_any_more(world, sign_in, lost):
    where, other = made(sign_in(world.mali)), made(sign_in(world.preecha))
    if lost == "suspended":
        staff.suspend(by=world.dao, staff=world.mali, at=AT)
        staff.resume(by=world.ubon, staff=world.mali, at=AT)
    else:
        asked = FactorReset.objects.create(staff=world.mali, asked_by=world.ubon, asked_at=AT)
        staff.confirm_factor_reset(by=world.dao, reset=asked, at=AT)
    assert [Client().get(place).status_code for place in (where, other)] == [404, 200]
    assert Line.objects.filter(act="desk.revoke_feed", by=str(world.dao.pk)).count() == 1


def test_a_revoked_an_unknown_and_a_suspended_feed_get_the_same_answer(world, sign_in):
    client = sign_in(world.mali)
    where, other = made(client), made(sign_in(world.preecha))
    feed = CalendarFeed.objects.get(staff=world.mali)
    assert "This is no calendar feed of yours" in body(
        sign_in(world.preecha).post("/settings/feeds/", {"feed": feed.pk}, follow=True)
    )
    assert Client().get(where).status_code == 200
    assert "revoked" in body(client.post("/settings/feeds/", {"feed": feed.pk}, follow=True))
    world.preecha.is_active = False
    world.preecha.save()
    answers = [Client().get(place) for place in (where, other, "/feeds/nothing.ics")]
    assert {(a.status_code, a.content, a["Cache-Control"]) for a in answers} == {(404, b"Not found.\n", "no-store")}
    assert Client().post(where).status_code == 405


@pytest.mark.parametrize("feed", ["", "x", "-1", "99999999"])
def test_a_feed_that_is_none_is_not_revoked(world, sign_in, feed):
    page = sign_in(world.mali).post("/settings/feeds/", {"feed": feed}, follow=True)
    assert "This is no calendar feed of yours" in body(page)


def test_the_journal_reads_in_words_what_happened_to_clocks(world, sign_in):
    begin(world)
    with world.acting("preecha"):
        clocks.satisfy(world.case, "appeal", by=world.preecha, event="appealed", at=AT)
    page = body(sign_in(world.dao).get(f"/cases/{world.case.code}/journal/"))
    assert "A clock of the law began" in page
    assert "A clock of the law was kept" in page
    assert Line.objects.filter(act="cases.begin_clock").count() == len(stored(RunningClock))


def test_the_worker_marks_missed_clocks_with_its_other_work(world):
    from prasan.conf.operating import background

    clock = begin(world, "temporary-protection", start=AT - timedelta(days=3), event="person_protected")
    with system_read("verify", line=False):
        background.ticking.tick(AT)
    fresh(clock)
    assert clock.missed_at == AT


def test_the_doctor_says_that_the_worker_is_not_running_when_clocks_stay_unmarked(world):
    from prasan.conf.operating import fitness

    begin(world, "temporary-protection", start=AT - timedelta(days=3), event="person_protected")
    assert "clocks" in {finding.code for finding in fitness.jobs()}
    ticking.tick(AT)
    assert "clocks" not in {finding.code for finding in fitness.jobs()}
