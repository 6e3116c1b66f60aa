"""What every page knows of its language, with and without the address that switches it."""

from django.utils import translation

from prasan.web.context import page


def test_the_switch_leads_back_to_this_page_in_the_other_language(rf):
    found = page(rf.get("/form/?a=1"))
    assert (found["layout"], found["language"]) == ("web/base.html", "en")
    assert [(item["lang"], item["current"]) for item in found["language_items"]] == [("th", False), ("en", True)]
    assert [item["href"] for item in found["language_items"]] == [
        "/language/th/?next=%2Fform%2F%3Fa%3D1", "/language/en/?next=%2Fform%2F%3Fa%3D1",
    ]  # fmt: skip


def test_a_swap_of_a_fragment_has_no_head(rf):
    request = rf.get("/form/")
    request.htmx = True
    assert page(request)["layout"] == "web/fragment.html"


def test_without_the_switch_s_address_the_languages_are_named_without_a_way(rf, settings):
    settings.ROOT_URLCONF = "prasan.training.urls"
    with translation.override("th"):
        items = page(rf.get("/form/"))["language_items"]
    assert [item["current"] for item in items] == [True, False]
    assert not any("href" in item for item in items)
