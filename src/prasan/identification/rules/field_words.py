"""Every text that the page on a phone may show, in one place, so that it works in both languages without a network."""

from prasan.plain.words import gettext_noop as _

# What the phone asks around the questions of a form; `…_hint` stands under the question.
ABOUT_LABELS = {
    "conversation": _("The conversation"),
    "person": _("The person"),
    "now": _("What is needed now"),
    "on": _("Day of the screening"),
    "body": _("Who screened"),
    "place": _("Where the screening took place"),
    "situation": _("Situation"),
    "situation_hint": _("What the person was found in, as far as known."),
    "language": _("Language of the conversation"),
    "interpreter": _("Was an interpreter used?"),
    "name": _("Name or nickname"),
    "name_hint": _("Only if the person wants to give it. An adult who refuses is not recorded by name."),
    "gender": _("Gender"),
    "age": _("Age, as told or guessed"),
    "child_at_time": _("Was the person under 18 when it happened?"),
    "child_at_time_hint": _("In doubt a person counts as a child until it is decided."),
    "nationality": _("Nationality"),
    "needs": _("What is needed at once"),
    "enters_nrm": _("Does the person enter the referral mechanism?"),
    "enters_nrm_hint": _("No closes no door: help goes on, and a new screening may follow at any time."),
}

PHONE = {
    # The frame. The title tells a person who looks over the shoulder nothing.
    "title": _("Notebook"),
    "leave": _("Leave"),
    "lock": _("Lock"),
    "back": _("Back"),
    "next": _("Next"),
    "to_start": _("To the start"),
    "choose": _("Choose"),
    "step": _("Step %(n)s of %(of)s"),
    "open_elsewhere": _("This page is open in another window of this phone. Close this one."),
    "no_content": _("The forms are not on this phone yet. Open this page once with a network."),
    "no_worker": _("This browser does not keep the page for later: without a network it will not open."),
    # Pairing
    "pair_title": _("Connect this phone to your desk"),
    "pair_told": _("A colleague at the desk registers this phone and shows a square to scan, or a code to type."),
    "pair_again": _(
        "This phone is connected already. A new connection takes the place of the old one: what is unfinished, and "
        "what waits to be sent, stays on this phone."
    ),
    "pair_code": _("Code"),
    "pair_hint": _("Twelve letters and digits. It works once, within an hour."),
    "pair": _("Connect"),
    "pair_wrong": _("This code does not work. It may be mistyped, used, or older than an hour. Ask for a new one."),
    "paired": _("Connected as “%(label)s” to %(desk)s."),
    # The PIN
    "pin_title": _("Choose a PIN"),
    "pin_warning": _(
        "A PIN can be guessed. Whoever takes this phone from you and has time can open what you have not finished yet. "
        "Finish each form as soon as you can: a finished form cannot be opened on this phone any more, not even by you."
    ),
    "pin_told": _("The PIN protects unfinished forms on this phone only. Nobody can find it out for you."),
    "pin": _("PIN"),
    "pin_hint": _("6 to 12 digits. More digits take longer to guess."),
    "pin_again": _("The same PIN again"),
    "pin_set": _("Set the PIN"),
    "pin_short": _("A PIN has 6 to 12 digits."),
    "pin_simple": _("This PIN is guessed at once. Choose digits that are not all the same and not in a row."),
    "pin_differs": _("The two PINs are not the same."),
    "pin_wrong": _("Wrong PIN."),
    "pin_wait": _("Too many wrong PINs. Wait %(seconds)s seconds; each further mistake doubles the wait."),
    "locked_title": _("Locked"),
    "unlock": _("Unlock"),
    "pin_forgotten": _("I forgot my PIN"),
    "forgotten_told": _(
        "Without the PIN, unfinished forms on this phone are lost and will be deleted. Finished forms that wait to be "
        "sent stay and will be sent."
    ),
    "forgotten_do": _("Delete unfinished forms and choose a new PIN"),
    "forgotten_done": _("Unfinished forms were deleted."),
    # The start
    "home_title": _("New form"),
    "home_told": _("“%(label)s”, connected to %(desk)s."),
    "drafts": _("Unfinished"),
    "drafts_none": _("Nothing unfinished."),
    "draft_kept": _("Kept on this phone, locked by your PIN."),
    "draft_older": _("Begun with an earlier version of this form; it keeps its own questions."),
    "draft_drop": _("Delete"),
    "draft_drop_told": _("This unfinished form will be gone for ever."),
    "draft_broken": _("An unfinished form cannot be opened: what is stored was damaged."),
    "queue": _("Finished, to be sent"),
    "queue_none": _("Nothing waits to be sent."),
    "queue_count": _("%(count)s finished and sealed, waiting to be sent."),
    "queue_stuck": _("%(count)s finished and sealed, waiting; %(stuck)s of them cannot be sent as they are."),
    "queue_told": _("They are sealed to your organisation and are sent by themselves when there is a network."),
    "send_now": _("Send now"),
    "stuck_other": _(
        "The office already holds something else under the same number. Tell your coordinator; it stays here."
    ),
    "stuck_too_big": _("A form is too large to be sent. Tell your coordinator; it stays here, sealed."),
    "stuck_unusable": _("The office could not take a form in. Tell your coordinator; it stays here, sealed."),
    # A form
    "ask_in": _("Show the questions also in"),
    "untranslated": _("Not translated into this language yet"),
    "unsourced": _("Wording of the law not confirmed"),
    "optional_for_child": _("For a child these questions may stay open: a child needs no means."),
    "which_form": _("A form for children"),
    "which_form_told": _(
        "Whoever may be under 18 is asked with a form that suits a child, and so is anybody whose age is not sure: "
        "up to a told age of 19, or as long as nobody said that the person is grown up. Your answers are kept."
    ),
    "finish_title": _("Finish"),
    "finish_count": _("Questions answered: %(count)s."),
    "finish_told": _(
        "The form is sealed for your organisation. After that it cannot be read or changed on this phone any more, "
        "by anybody."
    ),
    "nothing_answered": _("No question was answered yet."),
    "finish": _("Finish and seal"),
    "sealed_title": _("Sealed"),
    "sealed_told": _("This phone can no longer read it. It is sent when there is a network."),
    "not_kept": _("This could not be kept on the phone. Do not close this page; try again."),
    "not_sealed": _("The form could not be sealed. It is still here; try again."),
    "storage_full": _("The phone's storage is full: what you type now is not kept. Free some space, then go on."),
    "storage_full_finish": _(
        "The phone's storage is full: the form was not sealed and is still here. Free some space, then finish it."
    ),
    "storage_full_locked": _(
        "The phone's storage is full, so that a try cannot be counted: nothing opens. Free some space. Nothing is lost."
    ),
    # What became of sending
    "told_sent": _("Sent. The office has it."),
    "told_offline": _("No network. What is finished stays sealed here and is sent later."),
    "told_offline_pair": _("No network. Connecting needs one."),
    "told_later": _("The office cannot take it now. It stays sealed here and is sent later."),
    "told_full": _("The office has no room for more. What is finished stays sealed here. Tell your coordinator."),
    "told_too_big": _("The form is too long to be sent. Shorten what you wrote in free words."),
    "told_unpaired": _("This phone is not connected to a desk."),
    "told_unknown": _(
        "The office does not know this phone. What is finished stays sealed here. Ask to connect it anew."
    ),
    "told_no_desk": _("You are not a member of the desk of this phone any more. What is finished stays sealed here."),
    "told_revoked": _(
        "This phone was revoked by the office: unfinished forms were deleted. Finished forms stay sealed here and "
        "are sent when the phone is connected anew."
    ),
    # What this page can and cannot do
    "about": _("How safe is this?"),
    "about_pin": _("Unfinished: locked by your PIN, which can be guessed on a phone that was taken."),
    "about_storage": _("Finished: sealed with your organisation's key; nobody can open it on this phone."),
    "about_browser": _(
        "A browser is not a safe. The phone may clear its storage when space is short or the page is not used for "
        "weeks: send soon. If the phone is lost, tell your desk at once, so that it is revoked."
    ),
    "may_be_evicted": _("This phone does not promise to keep the page's storage: send finished forms soon."),
    "remove_title": _("Sign out on this phone"),
    "remove_told": _(
        "Unfinished forms, the PIN and the connection are deleted. Finished forms stay sealed here until the phone "
        "is connected anew."
    ),
    "remove_do": _("Sign out"),
    "removed": _("Signed out."),
}  # fmt: skip
