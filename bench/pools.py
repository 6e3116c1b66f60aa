"""Names of people who do not exist, combined so that namesakes occur as often as in life, and their misspellings.

Thai names come from the name lists that pythainlp ships; the others are common given names of the region in
Latin letters, as they stand in passports. Nobody real is meant: first and family names are drawn apart.
"""

import os
import random
import re
from dataclasses import dataclass, field
from itertools import accumulate

os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

from prasan.plain.text import romanise

BURMESE = (
    "Aung Kyaw Zaw Min Htun Thant Soe Moe Win Naing Hla Myint Thein Than Tin Ye Lwin Zin Mar Khin Su Mon Nwe Aye"
    " Thida Phyu Phyo Wai Yan Ko Hnin Ei San Yu May Thu Htet Kaung Sithu Nanda Pyae Sandar Cho Yadanar Nilar Swe"
    " Thiri Theingi Wut Yi Myat Noe Sai Nang Kham Hseng Lin Oo Zarni Chit Maung"
)
KHMER = (
    "Sok Sopheap Srey Mom Leak Pov Chan Dara Bopha Kunthea Rithy Samnang Vannak Sothea Phalla Chenda Sreymao"
    " Ratana Visal Borey Sophal Veasna Rachana Channary Kosal Makara Nimol Pisey Ratha Sambath Thavy Virak Sovann"
    " Chea Keo Heng Kim Ly Long Meas Nget Prak Sam Tep Ung Yim Oeun Phan Touch"
)
LAO = (
    "Bounmy Khamla Somphone Keo Bounthanh Khamphone Sengdao Souksavanh Vilay Phonesavanh Noy Manivanh Chanthavong"
    " Inthavong Sisavath Vongsa Phommachanh Sayavong Keomany Thongdy Khamtay Bouavanh Latsamy Southida Viengkham"
    " Phetsamone Douangchanh Xaysana Sonexay Phoutthasone Sithong Bounleuth Ounheuan Vannaly"
)
LATIN = (
    "Maria Grace Joy Anna Rose Angel Mary Jane Marie Christine Joseph Mark Daniel Samuel Esther Ruth Peter Paul"
    " Nguyen Tran Le Pham Thi Van Linh Huong Lan Siti Nur Ahmad Dewi Putri Rahman Fatima Amina Yusuf Ibrahim"
    " Santos Reyes Cruz Garcia Mensah Okafor Wanjiru Otieno Achieng Bahati Kumar Singh Rani Devi Sharma Begum"
)
OTHERS = ((BURMESE, 0.5, (2, 4)), (KHMER, 0.2, (2, 2)), (LAO, 0.2, (2, 2)), (LATIN, 0.1, (2, 3)))
TONES = "่้๊๋"
SMALL = re.compile("[ะ-ฺเ-๎]")

# How people write Thai in Latin letters by ear, on top of the royal system: applied by chance, one by one.
BY_EAR = (
    ("ph", "p"), ("th", "t"), ("kh", "k"), ("aeo", "aew"), ("ao", "aw"), ("u", "oo"), ("i", "ee"), ("on", "orn"),
    ("an", "arn"), ("r", "l"), ("w", "v"), ("ch", "j"), ("k", "g"), ("t", "d"), ("ai", "ay"), ("oe", "er"),
)  # fmt: skip


@dataclass
class Given:
    """A name as it is written down, in which script, and how it is told apart: (first, family) in Thai."""

    text: str
    kind: str
    thai: str = ""


@dataclass
class Pools:
    """Draws names; the same seed gives the same names."""

    rng: random.Random
    first: list[str] = field(default_factory=list)
    family: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

        def thai_only(names: frozenset[str]) -> list[str]:
            kept = sorted(n for n in names if len(n) > 3 and re.fullmatch("[ก-๎]+", n))
            self.rng.shuffle(kept)
            return kept

        self.first = thai_only(thai_female_names() | thai_male_names())
        self.family = thai_only(thai_family_names())
        # A few names are very common, most are rare (Zipf with an offset): so namesakes occur.
        self._first_weights = list(accumulate(1 / (20 + place) for place in range(len(self.first))))
        self._family_weights = list(accumulate(1 / (60 + place) for place in range(len(self.family))))

    def thai(self) -> str:
        first = self.rng.choices(self.first, cum_weights=self._first_weights)[0]
        family = self.rng.choices(self.family, cum_weights=self._family_weights)[0]
        return f"{first} {family}"

    def other(self) -> str:
        words, _share, (least, most) = self.rng.choices(OTHERS, weights=[share for _w, share, _n in OTHERS])[0]
        return " ".join(self.rng.sample(words.split(), self.rng.randint(least, most)))

    def draw(self) -> Given:
        """60 % Thai names (one in twelve of them known only in Latin letters, by ear), 40 % others."""
        if self.rng.random() >= 0.6:
            return Given(self.other(), "romanised")
        thai = self.thai()
        if self.rng.random() < 1 / 12:
            return Given(by_ear(thai, self.rng), "romanised", thai)
        return Given(thai, "original", thai)


def by_ear(thai: str, rng: random.Random) -> str:
    """A Thai name in Latin letters as somebody might write it: the royal system, then one to three habits."""
    words = []
    for word in thai.split():
        latin = romanise(word)
        for old, new in rng.sample(BY_EAR, 3):
            at = latin.find(old)
            if at >= 0 and rng.random() < 0.5:
                latin = latin[:at] + new + latin[at + len(old) :]
        words.append(latin.capitalize())
    return " ".join(words)


def slipped(thai: str, rng: random.Random) -> str:
    """The name with one tone mark lost, changed, or set where none belongs."""
    places = [i for i, sign in enumerate(thai) if sign in TONES]
    if places:
        at = rng.choice(places)
        return thai[:at] + rng.choice(["", *(t for t in TONES if t != thai[at])]) + thai[at + 1 :]
    letters = [i for i in range(1, len(thai)) if re.match("[ก-ฮ]", thai[i - 1]) and re.match("[ก-ฮ]", thai[i])]
    at = rng.choice(letters) if letters else len(thai)
    return thai[:at] + "่" + thai[at:]


def middle(thai: str) -> str:
    """A piece from inside a full name: the end of the first name and the beginning of the family name."""
    first, family = thai.split()
    start = next((i for i in range(len(first) // 2, len(first)) if not SMALL.match(first[i])), len(first) // 2)
    return f"{first[start:]} {family[: max(4, len(family) * 2 // 3)]}"


SYLLABLES = ("กา", "มิน", "ทอง", "ชัย", "รุ่ง", "พล", "นิ", "ดา", "เก", "สุ", "วัน", "เพ็ญ", "ธี", "ระ", "บุญ", "มี",
             "ลัก", "โส", "ภา", "จิต")  # fmt: skip


def nobody(rng: random.Random) -> str:
    """A name that sounds like one and is nobody's: four and five syllables at random."""
    return f"{''.join(rng.sample(SYLLABLES, 4))} {''.join(rng.sample(SYLLABLES, 5))}"


KINDS = {
    "exact": "Thai, exact",
    "prefix": "Thai, prefix",
    "no_space": "Thai, no space",
    "mid_string": "Thai, mid-string",
    "tone_slip": "Thai, tone slip",
    "latin_to_thai": "Latin letters, person in Thai",
    "thai_to_latin": "Thai, person in Latin letters",
    "no_hit": "no such name",
}


def query(kind: str, thai: str, rng: random.Random) -> str:
    """What somebody types who looks for this person."""
    first, family = thai.split()
    return {
        "exact": lambda: thai,
        "prefix": lambda: f"{first} {family[:4]}",
        "no_space": lambda: first + family,
        "mid_string": lambda: middle(thai),
        "tone_slip": lambda: slipped(thai, rng),
        "latin_to_thai": lambda: by_ear(thai, rng),
        "thai_to_latin": lambda: thai,
    }[kind]()
