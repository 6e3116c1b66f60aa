"""Holds what the lists promise: both languages, the standard's own spelling, states that lead somewhere."""

import pytest

from prasan import packs
from prasan.packs import names

PICKLISTS = {
    "gender": "prs_Gender",
    "marital_status": "prs_MaritalStatus",
    "education": "prs_HighestLevelOfEducation",
    "exploitation_form": "vic_TypeOfExploitation",
    "control_method": "vic_MethodsOfControl",
    "sexual_exploitation": "vic_TypeOfSexExploitation",
    "trafficking_status": "vic_TraffickingStatus",
    "decider": "vic_TraffickingStatusDecisionMakingOrg",
    "recruitment": "vic_MethodOfRecruitment",
    "app": "vic_RecruitmentWebsitesAndApps",
    "event_place": "hte_Type",
    "vulnerability": "vic_Vulnerabilities",
    "industry": "vic_ForcedLabourIndustry",
    "relation": "vic_RelationshipToTrafficker",
    "perpetrator_role": "per_RoleInProcess",
    "case_status": "cas_Status",
    "referral_reason": "cas_ReasonForIncomingReferral",
    "support_plan": "spl_Type",
    "organisation_kind": "org_Type",
}


def picklist(field: str) -> set[str]:
    """The values of one field as the standard publishes them."""
    for told in packs.data("htcds_2_0_fields"):
        if told["field"] == field:
            key = next(k for k, v in told.items() if v and " ; " in v)
            return set(told[key].split(" ; "))
    raise AssertionError(field)


def test_our_own_packs_have_no_problem():
    assert packs.check() == []


@pytest.mark.parametrize(("list_name", "field"), PICKLISTS.items())
def test_every_value_of_the_standard_is_there_letter_for_letter(list_name, field):
    ours = {row["standard_code"] for row in packs.rows(list_name)} - {""}
    assert ours == picklist(field)


def test_a_value_that_the_standard_lacks_is_marked_as_an_extension():
    assert packs.row("exploitation_form", "forced_criminality")["extension"] is True
    assert packs.row("control_method", "restricts_movement")["standard_code"] == "Other"
    taken = {}
    for row in packs.rows("control_method"):
        if not row.get("extension"):
            assert row["standard_code"] not in taken
            taken[row["standard_code"]] = row.code


def test_every_ctdc_column_that_we_write_stands_in_the_codebook_of_2024():
    columns = {told["variable"] for told in packs.data("ctdc_synthetic_codebook_2024")}
    for list_name in packs.row("profile", "ctdc_2024")["lists"]:
        for code in packs.codes(list_name) if list_name != "gender" else ():
            found = packs.equivalent(list_name, code, "ctdc_2024")
            assert found.standard_code in columns | {""}
            assert (found.relation == "none") == (found.standard_code == "")


def test_nineteen_methods_of_control_become_eight_columns_and_other_none():
    written = {
        packs.equivalent("control_method", c, "ctdc_2024").standard_code
        for c in packs.codes("control_method")
    }
    assert len(packs.codes("control_method")) == 19
    assert len(written - {""}) == 8
    assert packs.equivalent("control_method", "other", "ctdc_2024").relation == "none"


def test_the_international_classification_is_unfilled_until_a_person_fills_it():
    found = packs.equivalent("exploitation_form", "forced_labour", "ic_tip_2025")
    assert (found.standard_code, found.relation) == ("", "unfilled")
    assert "have not been filled" in found.note


def test_a_stranger_is_exported_in_the_misspelling_of_the_standard():
    assert packs.equivalent("relation", "stranger", "htcds").standard_code == "Unaquainted"
    assert set(packs.from_standard("relation", "htcds", "Familial")) == {"family", "intimate_partner"}


def test_labels_come_in_the_language_asked_for():
    assert packs.label("gender", "masculine", "th") == "ชาย"
    assert packs.label("gender", "masculine", "en") == "Man or boy"
    assert packs.label("gender", "a_code_of_long_ago", "th") == "a_code_of_long_ago"
    assert ("led", "เป็นผู้นำ") in packs.choices("contribution", "th")


def test_an_indicted_accused_may_not_be_convicted_before_the_trial():
    assert set(packs.row("charge_status", "indicted")["next"]) == {"in_trial", "withdrawn", "absconded"}
    assert packs.row("money_status", "paid")["next"] == []


def test_every_state_is_reached_from_another():
    for list_name, first in (("charge_status", "under_inquiry"), ("money_status", "informed")):
        reached = {step for row in packs.rows(list_name) for step in row.get("next", ())} | {first}
        assert packs.codes(list_name) - reached <= {"extradition"}


def test_there_are_seventy_seven_provinces_each_in_one_of_six_regions():
    rows = packs.rows("province")
    assert (
        len({row.code for row in rows})
        == len({row.th for row in rows})
        == len({row.en for row in rows})
        == 77
    )
    sizes = {code: sum(row["region"] == code for row in rows) for code in packs.codes("region")}
    assert sizes == {"north": 9, "northeast": 20, "central": 22, "east": 7, "west": 5, "south": 14}
    assert packs.label("province", "TH-50", "th") == "เชียงใหม่"


def test_countries_are_named_in_both_languages_and_end_in_stateless_and_not_known():
    for lang, expected in (("en", "Thailand"), ("th", "ไทย")):
        found = names.countries(lang)
        assert dict(found)["THA"] == expected
        assert [code for code, _ in found[-2:]] == ["stateless", "unknown"]
        assert len({code for code, _ in found}) == len(found) == 252
        assert not [code for code, label in found if code == label]


def test_countries_stand_in_the_order_of_a_dictionary():
    english = [label for _, label in names.countries("en")]
    thai = [label for _, label in names.countries("th")]
    assert english[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert thai.index("กัมพูชา") < thai.index("เกาหลีใต้") < thai.index("ไทย") < thai.index("ลาว")


def test_three_letters_of_a_country_lead_to_its_two():
    assert names.to_alpha2("KHM") == "KH"
    assert names.to_alpha2("ZZZ") is None


def test_every_country_of_the_tier_table_has_two_letters():
    missing = {told["iso3"] for told in packs.data("tip_tiers_country_year")} - set(
        dict(names.countries("en"))
    )
    assert missing == set()


def test_the_languages_of_the_region_come_first():
    codes = [code for code, _ in names.languages("th")]
    assert codes[:7] == ["tha", "eng", "mya", "khm", "lao", "vie", "zho"]
    assert len(codes) == len(set(codes))
    assert names.language("kar", "th") == "กะเหรี่ยง"
    assert not [code for code, label in names.languages("th") if code == label]


def test_a_table_that_does_not_exist_is_not_looked_for_elsewhere():
    with pytest.raises(KeyError):
        packs.data("../th/offences")
