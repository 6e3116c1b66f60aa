"""Who may do what: one readable table, act by act. Deny by default; rank, agency and administration give nothing.

Scopes: `case` (an active member of the case's team, in one of the named disciplines there), `intake` (a
member of the lead's intake desk), `organisation` (the discipline alone; no personal data lies behind it),
`self` (one's own account), `public` (no sign-in). An act that is not here cannot be done by anybody.
"""

from dataclasses import dataclass

from prasan.plain.words import gettext_noop as _

ANY = frozenset({"*"})
INVESTIGATION = frozenset({"investigator", "law_enforcement", "prosecutor"})
CARE = frozenset({"social_worker", "psychologist", "shelter_staff"})
LEGAL = frozenset({"lawyer", "prosecutor"})
CLINICAL = frozenset({"social_worker", "psychologist"})
TEAM = INVESTIGATION | CLINICAL | LEGAL | {"coordinator"}
LEADS = frozenset({"coordinator"})
FIRST_CONTACT = TEAM | {"shelter_staff"}
DESK = frozenset({"investigator", "social_worker", "coordinator", "lawyer", "law_enforcement"})
OFFICE = frozenset({"coordinator", "trainer", "report_reader"})
FIGURES = frozenset({"coordinator", "report_reader", "lawyer", "investigator", "social_worker"})
ADMINISTRATION = frozenset({"administrator"})


@dataclass(frozen=True)
class Act:
    """One row of the table: in which scope, for which disciplines, and what it is called on pages."""

    scope: str
    disciplines: frozenset[str]
    title: str
    lead: bool = False  # also whoever leads the case, in any discipline: a case may be opened without a coordinator

    def admits(self, held: frozenset[str]) -> bool:
        return bool(held) if "*" in self.disciplines else bool(self.disciplines & held)


def case(disciplines: frozenset[str], title: str, *, lead: bool = False) -> Act:
    return Act("case", disciplines, title, lead)


def intake(title: str) -> Act:
    return Act("intake", DESK, title)


def office(disciplines: frozenset[str], title: str) -> Act:
    return Act("organisation", disciplines, title)


ACTS: dict[str, Act] = {
    # Everybody who is signed in
    "desk.my_day": Act("self", ANY, _("See my day")),
    "desk.search": Act("self", ANY, _("Search what I may see")),
    "desk.list_cases": Act("self", ANY, _("List my cases")),
    "desk.calendar": Act("self", ANY, _("See my calendar")),
    "desk.own_account": Act("self", ANY, _("Change my own settings")),
    "desk.own_feed": Act("self", ANY, _("Make or revoke my calendar feed")),
    "desk.read_feed": Act("public", ANY, _("Read a calendar feed by its secret address")),
    "identification.send_field": Act("public", ANY, _("Send a finished form from a registered phone")),
    "desk.keep_draft": Act("self", ANY, _("Keep a draft of a form")),
    "desk.choose_cast": Act("public", ANY, _("Sign in to the demo as a member of the cast")),
    "desk.join": Act("public", ANY, _("Accept an invitation")),
    "public": Act("public", ANY, _("Open a public page")),
    "signed_in": Act("self", ANY, _("Manage my own sign-in")),
    # Leads: members of an intake desk
    "leads.view": intake(_("See leads")),
    "leads.record_lead": intake(_("Record a lead")),
    "leads.triage_lead": intake(_("Triage a lead")),
    "leads.accept_lead": intake(_("Accept a lead into a case")),
    "leads.merge_lead": intake(_("Merge a lead into another")),
    "leads.refer_lead": intake(_("Refer a lead")),
    "leads.close_lead": intake(_("Close a lead")),
    "leads.open_source": intake(_("See who gave a lead")),
    "leads.correct": intake(_("Mark a lead as entered in error")),
    # The case and its team
    "cases.view": case(ANY, _("Open a case")),
    "cases.change_case": case(LEADS, _("Change a case")),
    "cases.close_case": case(LEADS, _("Close or re-open a case")),
    "cases.manage_team": case(LEADS, _("Add or remove members of the team"), lead=True),
    "cases.view_orphans": office(LEADS | ADMINISTRATION, _("List cases without a lead, in codes only")),
    "cases.reassign_orphan": office(LEADS | ADMINISTRATION, _("Reassign a case without a lead")),
    "cases.add_task": case(ANY, _("Give a task")),
    "cases.finish_task": case(ANY, _("Finish a task")),
    "cases.add_note": case(ANY, _("Write a note")),
    "cases.share_item": case(ANY, _("Share an item with another discipline")),
    "cases.add_appointment": case(ANY, _("Enter an appointment")),
    "cases.add_person": case(FIRST_CONTACT, _("Add a person to a case")),
    "cases.change_part": case(TEAM, _("Record a person's part in a case")),
    "cases.record_custody": case(TEAM, _("Record an arrest or custody")),
    "cases.refer_person": case(TEAM, _("Refer a person to another agency")),
    "cases.answer_referral": case(TEAM, _("Record the answer to a referral")),
    "cases.correct": case(TEAM, _("Mark a case record as entered in error")),
    "cases.see_journal": case(LEADS, _("See who did what in a case")),
    "cases.view_clocks": case(ANY, _("See the clocks of a case")),
    "cases.extend_clock": case(TEAM, _("Record the extension of a clock")),
    "cases.keep_clock": case(TEAM, _("Record that what a clock waits for was done")),
    "cases.override_clock": case(TEAM, _("Stop a clock or set its end by hand")),
    "cases.record_interview": case(TEAM, _("Record an interview")),
    "cases.view_interviews": case(TEAM, _("See the ledger of interviews")),
    "cases.view_holidays": office(ANY, _("See the days off")),
    "cases.change_holidays": office(LEADS, _("Correct the days off")),
    # People
    "people.view": case(ANY, _("See a person by code")),
    "people.open_identity": case(FIRST_CONTACT | {"interpreter"}, _("Open a person's name")),
    "people.change_person": case(FIRST_CONTACT, _("Change a person's details")),
    "people.record_consent": case(FIRST_CONTACT, _("Record consent or its withdrawal")),
    "people.answer_attach": case(TEAM, _("Answer a request to attach a known person")),
    # Investigation
    "investigation.view": case(INVESTIGATION | {"lawyer", "coordinator"}, _("See operations")),
    "investigation.plan_operation": case(INVESTIGATION, _("Plan an operation")),
    "investigation.record_operation": case(INVESTIGATION, _("Record what an operation achieved")),
    "investigation.record_removal": case(INVESTIGATION | CLINICAL, _("Record a removal from harm")),
    "investigation.record_arrest": case(INVESTIGATION, _("Record an arrest")),
    "investigation.open_investigation": case(INVESTIGATION, _("Open or close the investigation")),
    "investigation.correct": case(INVESTIGATION, _("Correct an investigation record")),
    # Identification
    "identification.view": case(FIRST_CONTACT, _("See screening and identification")),
    "identification.record_screening": case(FIRST_CONTACT, _("Record a screening")),
    "identification.propose_decision": case(TEAM, _("Propose an identification decision")),
    "identification.concur": case(TEAM, _("Concur with an identification decision")),
    "identification.correct": case(TEAM, _("Correct a screening or decision")),
    "identification.record_age": case(TEAM, _("Record how an age was decided")),
    "identification.ask_review": case(TEAM, _("Ask for a review of a decision")),
    "identification.answer_review": case(TEAM, _("Answer a review of a decision")),
    "identification.record_protection": case(TEAM, _("Record temporary protection")),
    "identification.record_reflection": case(FIRST_CONTACT, _("Begin or end a reflection period")),
    "identification.record_welfare": case(FIRST_CONTACT, _("Record a welfare check")),
    "identification.tell_right": case(FIRST_CONTACT | {"interpreter"}, _("Record that a right was told")),
    # Identification before there is a case: members of an intake desk
    "identification.view_intake": intake(_("See an intake of many people")),
    "identification.open_intake": intake(_("Open or close an intake of many people")),
    "identification.record_intake_person": intake(_("Enter people of an intake")),
    "identification.screen_intake_person": intake(_("Screen a person of an intake")),
    "identification.move_intake_person": intake(_("Take a person of an intake into a case")),
    "identification.view_field": intake(_("See what came from the field")),
    "identification.open_field": intake(_("Open what came from the field")),
    "identification.accept_field": intake(_("Accept or refuse what came from the field")),
    "identification.manage_device": intake(_("Register or revoke a field phone")),
    "identification.record_refusal": office(DESK, _("Count a refusal, without a name")),
    "identification.print_paper": Act("self", ANY, _("Print a paper that names nobody")),
    "identification.view_report": office(LEADS | {"report_reader"}, _("See the provincial NRM report")),
    "identification.write_report": office(LEADS, _("Write the typed parts of the provincial NRM report")),
    # Care
    "care.view": case(CARE, _("See care")),
    "care.record_service": case(CARE, _("Record a service")),
    "care.record_stay": case(CARE, _("Record a shelter stay")),
    "care.end_stay": case(CARE, _("End a shelter stay")),
    "care.open_place": case(CARE, _("Open the place of a shelter stay")),
    "care.correct": case(CARE, _("Correct a care record")),
    # Justice
    "justice.view": case(TEAM, _("See charges and money")),
    "justice.record_charge": case(LEGAL | INVESTIGATION, _("Record a charge")),
    "justice.record_verdict": case(LEGAL, _("Record a verdict")),
    "justice.record_sentence": case(LEGAL, _("Record a sentence")),
    "justice.record_order": case(LEGAL, _("Record an order of compensation")),
    "justice.record_payment": case(LEGAL | CLINICAL, _("Record a payment to a survivor")),
    "justice.correct": case(LEGAL, _("Correct a court record")),
    # Evidence
    "evidence.view": case(INVESTIGATION | LEGAL | CLINICAL, _("List sealed attachments")),
    "evidence.seal_item": case(INVESTIGATION | LEGAL | CARE, _("Seal an attachment")),
    "evidence.open_item": case(INVESTIGATION | LEGAL | CARE, _("Open a sealed attachment")),
    "evidence.mark_abuse": case(INVESTIGATION | LEGAL | CARE, _("Destroy suspected abuse material")),
    "evidence.correct": case(INVESTIGATION | LEGAL, _("Correct an attachment")),
    # Organisation: no personal data behind these
    "training.view": office(OFFICE, _("See training")),
    "training.record_session": office(frozenset({"trainer", "coordinator"}), _("Record a training session")),
    "training.correct": office(frozenset({"trainer", "coordinator"}), _("Correct a training session")),
    "policy.view": office(OFFICE | FIGURES, _("See policy work and TIP tiers")),
    "policy.record_recommendation": office(LEADS | {"lawyer"}, _("Record a recommendation")),
    "policy.record_measure": office(LEADS | {"lawyer"}, _("Record what became of a recommendation")),
    "policy.correct": office(LEADS | {"lawyer"}, _("Correct a recommendation")),
    "impact.view": office(OFFICE | FIGURES, _("See figures")),
    "impact.list_behind": office(OFFICE | FIGURES, _("List the cases behind a figure")),
    "impact.export": office(frozenset({"coordinator", "report_reader"}), _("Export figures")),
    "exchange.import": office(LEADS, _("Import a workbook")),
    "packs.activate": office(LEADS | ADMINISTRATION, _("See, propose and confirm our own rows of the packs")),
    "access.manage_staff": office(ADMINISTRATION, _("Invite, change and disable staff")),
    "access.resume": office(ADMINISTRATION | LEADS, _("Let a suspended colleague back in")),
    "access.suspend": office(ANY, _("Suspend a colleague at once")),
    "access.confirm_reset": office(ANY, _("Confirm that a colleague lost the second factor")),
    "cases.open_case": office(DESK | LEADS, _("Open a case")),
}

# Who reads which partition of a case; "shared" is for every member.
PARTITIONS: dict[str, frozenset[str]] = {
    "shared": ANY,
    "investigation": INVESTIGATION,
    "care": CARE,
    "legal": LEGAL,
}
