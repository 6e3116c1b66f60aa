"""Addresses of the pages across disciplines: codes and ids only, never a name."""

from django.urls import path

from .views import day, finding, matters, persons, staff

app_name = "desk"
urlpatterns = [
    path("", day.my_day, name="my-day"),
    path("calendar/", day.calendar, name="calendar"),
    path("drafts/", day.keep_draft, name="keep-draft"),
    path("cases/", matters.case_list, name="cases"),
    path("search/", finding.search, name="search"),
    path("cases/<str:case>/", matters.case_page, name="case"),
    path("cases/<str:case>/journal/", matters.case_journal, name="case-journal"),
    path("cases/<str:case>/correct/<slug:kind>/<uuid:row>/", matters.correct_record, name="correct"),
    path("cases/<str:case>/people/new/", persons.add_person, name="add-person"),
    path("cases/<str:case>/people/<str:person>/", persons.person, name="person"),
    path("cases/<str:case>/people/<str:person>/open/", persons.open_identity, name="open-identity"),
    path("cases/<str:case>/people/<str:person>/change/", persons.change_person, name="change-person"),
    path("cases/<str:case>/people/<str:person>/names/new/", persons.add_name, name="add-name"),
    path("cases/<str:case>/people/<str:person>/contacts/new/", persons.add_contact, name="add-contact"),
    path("cases/<str:case>/people/<str:person>/consents/new/", persons.add_consent, name="add-consent"),
    path("cases/<str:case>/people/<str:person>/consents/<uuid:consent>/withdraw/", persons.withdraw_consent,
         name="withdraw-consent"),
    path("staff/", staff.staff_list, name="staff"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/network/", staff.network, name="network"),
    path("staff/network/agencies/new/", staff.add_agency, name="add-agency"),
    path("staff/network/desks/new/", staff.add_desk, name="add-desk"),
    path("staff/network/desks/<int:desk>/members/", staff.desk_members, name="desk-members"),
    path("staff/<int:staff>/invite-again/", staff.invite_again, name="invite-again"),
    path("staff/<int:staff>/disciplines/", staff.disciplines, name="disciplines"),
    path("staff/<int:staff>/reset-factor/", staff.ask_reset, name="ask-reset"),
    path("staff/resets/<int:reset>/confirm/", staff.confirm_reset, name="confirm-reset"),
    path("colleagues/", staff.colleagues, name="colleagues"),
    path("colleagues/<int:staff>/suspend/", staff.suspend, name="suspend"),
    path("colleagues/<int:staff>/resume/", staff.resume, name="resume"),
    path("orphans/", staff.orphan_list, name="orphans"),
    path("orphans/<str:code>/handover/", staff.propose_handover, name="propose-handover"),
    path("orphans/<uuid:handover>/confirm/", staff.confirm_handover, name="confirm-handover"),
    path("settings/", staff.account, name="account"),
    path("join/<str:token>/", staff.join, name="join"),
    path("cast/", staff.choose_cast, name="cast"),
]  # fmt: skip
