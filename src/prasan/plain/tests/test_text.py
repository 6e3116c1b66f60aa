"""Thai and Latin text brought to one form."""

import csv
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain import latin, text, thai

thai_text = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" \u200ba1"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เเม่", "แม่"),
        ("นํ้า", "น้ำ"),
        ("น้ำ", "น้ำ"),
        ("กํา", "กำ"),
        ("ส\u200bมชาย", "สมชาย"),
        ("\ufeffสมชาย\u00a0 ใจดี\n", "สมชาย ใจดี"),
        ("ＡＢＣ１２３", "ABC123"),
        ("  John\t Smith ", "John Smith"),
        ("Jo\x00hn", "John"),
        ("ab\u202ecd", "abcd"),
        ("ຄຳ", "ຄຳ"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_two_ways_of_typing_become_one(typed, meant):
    assert text.normalise(typed) == meant


@given(thai_text | st.text())
def test_normalising_twice_changes_nothing(s):
    once = text.normalise(s)
    assert text.normalise(once) == once
    assert once.encode().decode() == once
    assert not set("\x00\u200b\u202e") & set(once)


@given(st.text(st.characters(max_codepoint=126)))
def test_plain_ascii_keeps_its_words(s):
    visible = "".join(c for c in s if unicodedata.category(c) != "Cc" or c.isspace())
    assert text.normalise(s) == " ".join(visible.split())


def test_a_note_keeps_its_lines_and_one_empty_line():
    assert text.normalise_lines("  เเม่  มา \r\n\r\n\r\n\r\nพ่อ\u2028ไป\n") == "แม่ มา\n\nพ่อ\nไป"


def test_tone_marks_and_digits():
    assert text.strip_tones("น้ำใส่ไข่") == "นำใสไข"
    assert text.ascii_digits("๑๒๓ ១២៣ ၁၂၃ ໑໒໓ 123") == "123 123 123 123 123"
    assert text.thai_digits("2569") == "๒๕๖๙"


def test_thai_is_told_by_a_consonant():
    assert text.is_thai("Nok นก")
    assert not text.is_thai("Nok ฿500 ๕")


def test_thai_words_sort_as_in_the_dictionary():
    for words in ("กา เกาะ แก ไก่ ขา", "เกา เก่า เก้า เกาะ", "Mali กาน ก้าน กานต์ เกาะ เขา นา น้ำ"):
        ordered = words.split()
        assert sorted(set(ordered), key=text.sort_key) == ordered
    assert "\x00" not in text.sort_key("ก้าน")


def test_thai_is_romanised_and_the_rest_stays():
    assert text.romanise("สมชาย ใจดี (Nok)") == "somchai chaidi (Nok)"


@pytest.mark.parametrize("rule", latin.RULES, ids=lambda rule: rule.pattern.pattern)
def test_the_examples_of_each_folding_rule_hold(rule):
    for group in csv.reader(rule.why.split(":")[0].split(";"), skipinitialspace=True):
        assert len({text.fold_romanised(spelling) for spelling in group}) == 1, group


@pytest.mark.parametrize(
    "spellings",
    [
        "Charoen Jaroen Charern",
        "Somchai Somchay Somjai",
        "Prayut Prayuth Prayudh",
        "Nattawut Natthawut Nadtawud",
        "Siriporn Siriphon Siripon",
        "Suwit Suvit",
        "Thanakorn Tanakon",
        "Kamonrat Kamolrat",
        "Kaew Kaeo Keaw",
    ],
)
def test_spellings_of_one_name_fold_together(spellings):
    assert len({text.fold_romanised(spelling) for spelling in spellings.split()}) == 1


def test_different_names_stay_apart():
    names = ["Somchai", "Somsak", "Suda", "Mali", "Nok", "Anan", "Preecha", "Dao", "Fah", "Prayut"]
    assert len({text.fold_romanised(name) for name in names}) == len(names)


def test_folding_sees_through_accents_and_signs():
    assert text.fold_romanised("Ánan O'Day") == text.fold_romanised("anan oday")
    assert text.fold_romanised("Anan-Day") == text.fold_romanised("anan day")
    assert text.fold_romanised("สมชาย") == ""


def test_a_romanised_thai_name_folds_to_its_common_spelling():
    assert text.fold_romanised(text.romanise("ประยุทธ์")) == text.fold_romanised("Prayuth")


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz "), max_size=25))
def test_folding_a_folded_name_changes_nothing(s):
    once = text.fold_romanised(s)
    assert text.fold_romanised(once) == once


def test_thai_is_cut_into_its_words_and_nothing_is_lost():
    assert thai.words("คนงานถูกยึดหนังสือเดินทาง  2 เล่ม") == ["คนงาน", "ถูก", "ยึด", "หนังสือเดินทาง", "  ", "2", " ", "เล่ม"]
