from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nhs_number.validate import is_valid

from core.safety.screening import AskFirst, Clear, Kind, Stop, screen, speaks_of_danger
from core.words import Speech

# Numbers of the range that is kept for tests: 999 000 0018 is one by Modulus 11.
VALID = "9990000018"


@pytest.mark.parametrize("kind", ["public", "private", "contact"])
@pytest.mark.parametrize(
    "words",
    [
        f"NHS no {VALID}",
        f"nhs number: {VALID}",
        f"NHS{VALID}",
        f"her NHS number is {VALID}.",
        f"rhif GIG {VALID}",
        "999 000 0018",
        "999-000-0018",
        "999.000.0018",
        "999\u00a0000\u00a00018",
        "999–000–0018",
        "９９９ ０００ ００１８",
        "٩٩٩ ٠٠٠ ٠٠١٨",
        "999\u200b 000\u200b 0018",
        "NHS number 9 9 9 0 0 0 0 0 1 8",
        "call 07700 900123 about 999 000 0018",
    ],
)
def test_a_labelled_or_grouped_nhs_number_stops_the_words(words: str, kind: Kind) -> None:
    for confirmed in (False, True):
        verdict = screen(words, kind=kind, confirmed=confirmed)
        assert isinstance(verdict, Stop)
        assert verdict.code == "nhs-number"
        assert "0018" not in Speech()(verdict.reason)


@pytest.mark.parametrize(
    "words", [VALID, "9 9 9 0 0 0 0 0 1 8", f"ref {VALID} please", "NHS number 999 000 0019"]
)
def test_a_bare_or_mistyped_nhs_number_is_asked_about(words: str) -> None:
    verdict = screen(words, kind="private")
    assert isinstance(verdict, AskFirst)
    assert verdict.cues == ("nhs-number",)
    assert screen(words, kind="private", confirmed=True) == Clear()


@pytest.mark.parametrize(
    "words",
    [
        "999 000 0019",
        "07700 900123",
        "+44 7700 900123",
        "2026-06-30 14:30",
        "30.06.2026 14:30",
        "12 15 14 18 20 11",
        "12345678901234567890",
        "run charts",
        "",
    ],
)
def test_other_figures_are_no_nhs_number(words: str) -> None:
    assert screen(words, kind="private") == Clear()


@pytest.mark.parametrize(
    "words",
    [
        "AB 12 34 56 C",
        "ab123456c",
        "AB-12-34-56-C",
        "ＡＢ１２３４５６Ｃ",
        "my NI number is AB123456",
        "National Insurance number: AB 12 34 56",
    ],
)
def test_a_national_insurance_number_stops_the_words(words: str) -> None:
    verdict = screen(words, kind="contact", confirmed=True)
    assert isinstance(verdict, Stop)
    assert verdict.code == "national-insurance"
    assert "12" not in Speech()(verdict.reason)


@pytest.mark.parametrize(
    "words",
    ["GB123456A", "QQ123456C", "DA123456C", "AO123456C", "AB123456", "AB123456E", "XAB123456C"],
)
def test_codes_that_no_one_is_given_are_no_national_insurance_number(words: str) -> None:
    assert screen(words, kind="private") == Clear()


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("DOB 1/2/1950", "date-of-birth"),
        ("d.o.b. 01.02.1950", "date-of-birth"),
        ("date of birth: 3 March 1950", "date-of-birth"),
        ("born on 3 March 1950", "date-of-birth"),
        ("she was born in 1950", "date-of-birth"),
        ("dyddiad geni 3 Mawrth 1950", "date-of-birth"),
        ("patient Mrs Example", "patient"),
        ("the resident, Mr Example", "patient"),
        ("service user Ms Example", "patient"),
        ("a patient called Example", "patient"),
        ("patient AB fell", "patient"),
        ("Mr Example was a patient here", "patient"),
        ("my patient fell", "patient"),
        ("our resident needs a review", "patient"),
        ("one of my patients", "patient"),
        ("a patient of mine", "patient"),
        ("82 year old lady", "patient"),
        ("fy nghlaf", "patient"),
        ("y claf Mrs Enghraifft", "patient"),
        ("ward 4 bed 12", "bed"),
        ("bed 12, ward 4", "bed"),
        ("bed 7 JS", "bed"),
        ("the patient in bed 4", "bed"),
        ("gwely 4 ward Enfys", "bed"),
        ("hospital number A123456", "hospital-number"),
        ("MRN: 123456", "hospital-number"),
        ("rhif ysbyty 123456", "hospital-number"),
    ],
)
def test_cues_of_a_patient_are_asked_about_and_the_writer_can_go_on(words: str, cue: str) -> None:
    for kind in ("public", "private"):
        verdict = screen(words, kind=kind)
        assert isinstance(verdict, AskFirst)
        assert cue in verdict.cues
        assert "Is this about a patient?" in Speech()(verdict.reason)
    assert screen(words, kind="public", confirmed=True) == Clear()


@pytest.mark.parametrize(
    "words",
    [
        "patient stories",
        "our patient stories work",
        "patient information leaflet",
        "patient safety",
        "Mrs Example leads on patient safety",
        "our patient participation group",
        "this patient pathway",
        "how a patient moves through the hospital",
        "our patients wait too long",
        "patients and residents",
        "resident doctors",
        "patient QI work",
        "Dr Example will help",
        "Ask Mrs Example in the library",
        "a 24 bed ward",
        "24 bed ward 5",
        "DOB field design",
        "born in Leeds",
        "an idea born on 2 wards",
        "16 to 18 year olds",
        "straeon cleifion",
        "diogelwch cleifion",
    ],
)
def test_the_everyday_words_of_work_are_clear(words: str) -> None:
    assert screen(words, kind="public") == Clear()


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("ring 020 7946 0958", "phone"),
        ("07700 900123", "phone"),
        ("+44 (0)7700 900 123", "phone"),
        ("someone@example.org", "email"),
        ("SW1A 1AA", "postcode"),
        ("at cf10 3nq", "postcode"),
    ],
)
def test_contact_details_are_asked_about_only_where_everyone_sees_them(
    words: str, cue: str
) -> None:
    verdict = screen(words, kind="public")
    assert isinstance(verdict, AskFirst)
    assert verdict.cues == (cue,)
    assert "everyone can see" in Speech()(verdict.reason)
    assert screen(words, kind="private") == Clear()
    assert screen(words, kind="contact") == Clear()


@pytest.mark.parametrize(
    "words",
    ["A3 1st draft", "S1 2nd line", "M365 5 apps", "@here", "2 hours, 30 June 2026", "0 to 10"],
)
def test_other_short_forms_are_no_contact_details(words: str) -> None:
    assert screen(words, kind="public") == Clear()


@pytest.mark.parametrize(
    "words",
    [
        "I feel suicidal",
        "he talks of suicide",
        "thoughts of self-harm",
        "I want to hurt myself",
        "I want to die",
        "she is being abused",
        "domestic violence",
        "I am unsafe at home",
        "I don't feel safe at home",
        "he hits me",
        "hunanladdiad",
        "hunan-niweidio",
        "trais domestig",
        "cam-drin",
        "ddim yn ddiogel gartref",
    ],
)
def test_words_of_danger_show_where_help_is_and_still_pass(words: str) -> None:
    assert speaks_of_danger(words)
    assert screen(words, kind="private") == Clear()


def test_a_stopped_text_with_words_of_danger_shows_where_help_is_too() -> None:
    verdict = screen("NHS no 9990000018 self-harm", kind="private")
    assert isinstance(verdict, Stop)
    assert speaks_of_danger("NHS no 9990000018 self-harm")


@pytest.mark.parametrize(
    "words",
    [
        "suicide prevention training",
        "self-harm pathway",
        "domestic abuse awareness",
        "abuse of process",
        "patient safety",
        "safeguarding training",
        "working at home",
    ],
)
def test_prevention_work_as_such_shows_no_signpost(words: str) -> None:
    assert not speaks_of_danger(words)
    assert screen(words, kind="public") == Clear()


@given(st.integers(999_000_000, 999_999_999), st.sampled_from([" ", "-", ".", "\u00a0", "\u2011"]))
def test_every_grouped_test_number_stops_exactly_when_its_check_digit_fits(
    start: int, gap: str
) -> None:
    for last in range(10):
        digits = f"{start}{last}"
        words = f"see {gap.join((digits[:3], digits[3:6], digits[6:]))} today"
        stopped = isinstance(screen(words, kind="private"), Stop)
        assert stopped == is_valid(digits)


_SIGNS = st.sampled_from(
    [*"0123456789 .-/@+()AZbx", "patient ", "Mr ", "bed ", "DOB", "NHS", "\u200b"]
)


@given(st.one_of(st.text(), st.lists(_SIGNS).map("".join)), st.booleans())
def test_any_words_get_a_verdict_that_does_not_repeat_them(words: str, confirmed: bool) -> None:
    verdict = screen(words, kind="public", confirmed=confirmed)
    if not isinstance(verdict, Clear):
        assert verdict.reason.values == ()
    if confirmed:
        assert not isinstance(verdict, AskFirst)
