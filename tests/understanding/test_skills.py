from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.texts import Text
from core.skills.finder import expand, find
from core.skills.model import Ambiguous, Findings, Near
from core.skills.taxonomy import (
    ALONE,
    ASK,
    EXACT,
    GROUPS,
    SKILLS,
    group_label,
    label,
    labels_for_extraction,
)


def test_the_taxonomy_has_10_groups_of_6_skills() -> None:
    assert len(GROUPS) == 10
    assert Counter(skill.group for skill in SKILLS.values()) == dict.fromkeys(GROUPS, 6)


def test_every_skill_and_group_has_a_label_of_its_own_in_both_languages() -> None:
    skills = [(skill.label_en, skill.label_cy) for skill in SKILLS.values()]
    groups = [(group.label_en, group.label_cy) for group in GROUPS.values()]
    for labels in zip(*skills, *groups, strict=True):
        assert all(labels)
        assert len(set(labels)) == 70
    assert all(english != welsh for english, welsh in skills + groups)


def test_the_labels_for_the_catalogue_pair_english_with_welsh() -> None:
    labels = labels_for_extraction()
    assert len(labels) == 70
    assert labels["Driver diagrams"] == "Diagramau gyrwyr"
    assert labels["Improvement methods"] == "Dulliau gwella"
    assert not any("{" in each or "%" in each for pair in labels.items() for each in pair)


def test_labels_are_messages_that_can_be_translated() -> None:
    assert label("driver-diagram") == Text("Driver diagrams")
    assert group_label("digital-data") == Text("Digital and data")


def test_a_free_tag_stands_for_itself() -> None:
    assert label("ward-rounds").values == (("tag", "ward-rounds"),)


def test_words_to_ask_about_lead_to_skills_that_exist() -> None:
    assert all(skill in SKILLS for candidates in ASK.values() for skill in candidates)


def test_no_synonym_stands_under_two_skills_unless_it_is_asked_about() -> None:
    owners = Counter(word.casefold() for skill in SKILLS.values() for word in {*skill.synonyms})
    asked = {word.casefold() for word in ASK}
    shared = {word for word, count in owners.items() if count > 1 and word not in asked}
    assert shared <= {"tor"}  # two spellings of one short form


def test_every_short_form_with_its_own_letters_belongs_to_a_skill_or_a_question() -> None:
    known = {word for skill in SKILLS.values() for word in skill.synonyms} | set(ASK)
    assert known >= EXACT
    assert known >= ALONE


@pytest.mark.parametrize("skill_id", SKILLS)
def test_a_skill_is_found_by_its_id_its_labels_and_its_synonyms(skill_id: str) -> None:
    skill = SKILLS[skill_id]
    assert find(f"#{skill_id}").skills[:1] == (skill_id,)
    for phrase in (skill.label_en, skill.label_cy, *skill.synonyms):
        found = find(phrase)
        asked = {each for question in found.questions for each in question.candidates}
        assert skill_id in found.skills or skill_id in asked, phrase


@pytest.mark.parametrize(
    ("words", "skills"),
    [
        ("run charts for beginners", ("spc",)),
        ("RUN-CHART (basics)", ("spc",)),
        ("Ｒun ｃharts", ("spc",)),
        ("statistical process controls", ("spc",)),
        ("help with a driver diagram and SPC", ("driver-diagram", "spc")),
        ("SPC then a driver diagram, then SPC again", ("spc", "driver-diagram")),
        ("a driver diagram #spc", ("spc", "driver-diagram")),
        ("co-production & codesign", ("coproduction",)),
        ("anti racism", ("equality-inclusion",)),
        ("D&C planning", ("demand-capacity",)),
        ("world café", ("facilitation",)),
        ("case studies", ("writing-publishing",)),
        ("Power BI dashboards", ("data-analysis",)),
        ("patient flow", ("discharge-flow",)),
        ("flow coaching", ("lean-flow",)),
        ("coaching supervision", ("supervision-reflection",)),
        ("AI prompts", ("automation-ai",)),
        ("help with Teams", ("digital-tools",)),
        ("GROW model", ("one-to-one-coaching",)),
        ("siartiau rhediad", ("spc",)),
        ("hwyluso gweithdy", ("facilitation",)),
        ("grŵp ffocws", ("qualitative-methods",)),
        ("grw\u0302p ffocws", ("qualitative-methods",)),
        ("power, python", ("statistics", "data-analysis")),
        ("content", ("plain-english",)),
        ("#ai", ("automation-ai",)),
        ("#PowerBI", ("data-analysis",)),
        ("#run_charts", ("spc",)),
    ],
)
def test_skills_are_found_in_the_order_in_which_they_stand(
    words: str, skills: tuple[str, ...]
) -> None:
    found = find(words)
    assert found.skills == skills
    assert found.questions == ()


@pytest.mark.parametrize(
    "words",
    [
        "we want to grow our teams in the east",
        "Teams in my trust need help",
        "help to fill in forms",
        "content for the website",
        "the power of kindness",
        "my workload is heavy",
        "R&D strategy",
        "a oes rhywun ai peidio",
        "come at 2 PM",
        "int main",
        "the NHS impact on staff",
        "WE NEED TO GROW EAST TEAMS NOW",
        "medication review",
        "the cluster of wards by the gate",
        "",
        "#",
        "#1",
        "😀",
    ],
)
def test_everyday_words_are_not_taken_for_skills(words: str) -> None:
    assert find(words) == Findings()


@pytest.mark.parametrize(
    ("words", "word", "candidates"),
    [
        ("help with R", "R", ("data-analysis", "statistics")),
        ("waste in theatres", "waste", ("lean-flow", "greener-care")),
        ("our flow is slow", "flow", ("lean-flow", "discharge-flow")),
        ("Logic models", "Logic models", ("strategy-planning", "evaluation")),
        ("PM support", "PM", ("project-management", "process-mapping")),
        ("HF training", "HF", ("human-factors",)),
        ("a DD for our aim", "DD", ("driver-diagram",)),
        ("MDT working", "MDT", ("integrated-neighbourhood-teams",)),
        ("SIC course", "SIC", ("improvement-coaching",)),
        ("ABCD", "ABCD", ("community-engagement",)),
        ("abcde", "abcde", ("community-engagement",)),
        ("#waste", "waste", ("lean-flow", "greener-care")),
    ],
)
def test_a_word_with_several_meanings_is_asked_about(
    words: str, word: str, candidates: tuple[str, ...]
) -> None:
    found = find(words)
    assert found.questions == (Ambiguous(word, candidates),)
    assert found.skills == ()


def test_a_question_that_the_other_words_answer_is_not_asked() -> None:
    assert find("lean work on waste") == Findings(skills=("lean-flow",))
    assert find("flow #discharge-flow") == Findings(skills=("discharge-flow",))


@pytest.mark.parametrize(
    ("words", "word", "skill"),
    [
        ("ergonmics", "ergonmics", "human-factors"),
        ("help with facilitaiton please", "facilitaiton", "facilitation"),
        ("a shewart chart", "shewart", "spc"),
        ("run chrats", "run chrats", "spc"),
        ("stakeholder mappng", "stakeholder mappng", "stakeholder-engagement"),
    ],
)
def test_a_slip_of_the_pen_is_asked_about_and_not_taken_as_found(
    words: str, word: str, skill: str
) -> None:
    found = find(words)
    assert found.near == (Near(word, skill),)
    assert found.skills == ()


def test_an_unknown_tag_is_kept_as_a_free_one() -> None:
    assert find("help #ward-rounds #WARD-ROUNDS #spc") == Findings(
        skills=("spc",), free=("ward-rounds",)
    )


def test_a_search_is_widened_by_the_skills_that_its_words_mean() -> None:
    assert expand("help with the run charts") == ("spc", "run", "charts")
    assert expand("waste") == ("lean-flow", "greener-care", "waste")
    assert expand("ergonmics") == ("human-factors", "ergonmics")
    assert expand("") == ()


_LETTERS = st.sampled_from([*"abrs #&,-'é", "run ", "chart", "R ", "#spc ", "flow ", "½", "ŵ"])


@given(st.one_of(st.text(), st.lists(_LETTERS).map("".join)))
def test_any_words_give_skills_that_exist_and_never_crash(words: str) -> None:
    found = find(words)
    assert set(found.skills) <= set(SKILLS)
    assert len(set(found.skills)) == len(found.skills)
    assert {near.skill for near in found.near} <= set(SKILLS)
    expand(words)


@given(st.sampled_from(sorted(SKILLS)), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_letters_composed_either_way_find_the_same(skill_id: str, form: str) -> None:
    words = SKILLS[skill_id].label_cy
    typed = unicodedata.normalize("NFD" if form in {"NFD", "NFKD"} else "NFC", words)
    assert find(typed) == find(words)
