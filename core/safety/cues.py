"""What gives away private facts in words: numbers, patients, contact details, danger.

Each function looks for one kind of cue in words that ``screening`` has brought to plain letters
(NFKC, capitals kept). Names cannot be told from words reliably, so these are cues: reasons to ask.
"""

from __future__ import annotations

import re

import phonenumbers
from nhs_number.validate import is_valid

_GAP = r"[\s\-._/]{0,3}"
_TEN_DIGITS = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{9}}(?!\d)")
_GROUPED = re.compile(r"\d{3}[\s\-._/]{1,3}\d{3}[\s\-._/]{1,3}\d{4}")
_LABEL = re.compile(
    r"(?:\bNHS\b|\bGIG\b|\bCHI\b|\bH&C\b)[\s:#.-]*(?:number|numb|num|no|nr|id|rhif)?[\s:#.=-]*"
    r"(?:is|was|yw)?[\s:#.(=-]*$",
    re.IGNORECASE,
)
_DATE_FIRST = re.compile(r"(?:19|20)\d\d[-./]\d\d[-./]\d\d|\d\d[-./]\d\d[-./](?:19|20)\d\d")
_COUNTRY_CODE = re.compile(r"(?:\+|\b00)\d{1,3}[\s.-]*(?:\(0\))?[\s.-]*$")

_SIX_DIGITS = re.compile(r"\d(?:[\s.-]{0,2}\d){5}")
_NATIONAL_INSURANCE = re.compile(
    r"(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][\s-]?[A-CEGHJ-NPR-TW-Z]"
    r"(?:[\s.-]{0,2}\d){6}[\s.-]{0,2}[A-D](?![A-Z0-9])",
    re.IGNORECASE,
)
_NATIONAL_INSURANCE_LABELLED = re.compile(
    r"(?:\bN\.?I\.?\s*(?:number|num|no)\b|\bNINO\b|national\s+insurance|yswiriant\s+gwladol)\W{0,3}"
    r"(?:(?:number|num|no|is|yw)\b\W{0,3}){0,2}[A-Z]\s?[A-Z](?:[\s.-]{0,2}\d){6}(?!\d)",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|ion|chw|maw|ebr|mai|meh|gor|aws|med|hyd|tach|rhag)[a-z]*"
)
_DATE = (
    rf"(?:\d{{1,2}}[\s./-]{{1,2}}\d|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b"
    rf"|{_MONTH}\s+\d{{1,2}}\b|(?:19|20)\d\d\b)"
)
_BIRTH = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate\s+of\s+birth\b|\bbirth\s?date\b|\bdyddiad\s+geni\b)"
    rf"\W{{0,4}}(?:(?:is|was|of|yw|oedd)\W+)?{_DATE}"
    rf"|\b(?:born|ganwyd|ganed)\s+(?:(?:on|in|ar|yn|the)\s+){{0,2}}{_DATE}",
    re.IGNORECASE,
)

_PERSON = r"(?:patient|resident|service[\s-]user|claf|preswylydd|defnyddiwr\s+gwasanaeth)"
_TITLED = r"(?:[Mm]rs|[Mm]r|[Mm]s|[Mm]iss|[Mm]x|[Mm]aster|MRS|MR|MS|MISS)\.?\s+[A-Z][\w'-]+"
# What a patient is in general: "patient stories", "our patient group", "patient safety".
_IN_GENERAL = (
    r"(?![\s-]+(?:access|activity|admin\w*|advi[cs]e|advoca\w+|and|care|centred|cent(?:er|re)ed"
    r"|choice|cohort|communication|data|demand|education|education|engage\w*|experience|facing"
    r"|feedback|flow|forum|group|group's|help\w*|info\w*|initiated|involve\w*|journey|leader\w*"
    r"|leaflet|letter|level|liaison|list|numbers|outcomes?|panel|participat\w*|partner\w*|pathways?"
    r"|population|portal|power|public|rep|reported|representatives?|safety|satisfaction|stor(?:y|ies)"
    r"|surveys?|transport|voices?|volunteers?|wellbeing|records?\s+system)\b)"
)
_TITLES = ("mr", "ms", "miss", "mx", "master")
# Each with plain letters to look for first: a plain search costs a hundredth of a pattern.
_PATIENT = tuple(
    (clues, re.compile(pattern))
    for clues, pattern in (
        (
            _TITLES,
            rf"\b(?i:{_PERSON})(?i:'s\s+name)?(?i:\s+(?:is|was|called|named|o'r\s+enw))?"
            rf"[\s,:(-]+{_TITLED}",
        ),
        (
            _TITLES,
            rf"{_TITLED}[^.!?]{{0,30}}\b(?i:is|was)\s+(?i:an?|our|my|one\s+of\s+(?:our|my))\s+"
            rf"(?:\w+\s+)?(?i:{_PERSON})\b(?i:{_IN_GENERAL})",
        ),
        (
            ("called", "named", "name is", "o'r enw"),
            rf"\b(?i:{_PERSON})(?i:'s\s+name\s+is|\s+called|\s+named|\s+o'r\s+enw)[\s:]+"
            r"[A-Z][\w'-]+",
        ),
        (
            ("patient ", "patient:", "resident ", "resident:", "pt ", "pt:"),
            r"\b(?i:patient|resident|pt)[\s:]+(?!QI|IT|AI|HR|IG|UX|DX|OT|PR|GP|A&E)"
            r"[A-Z]\.?\s?[A-Z]\b(?!\w|\s?[A-Z])",
        ),
        (
            ("my ", "our ", "this ", "that "),
            rf"\b(?i:my|our|this|that)\s+(?i:{_PERSON})\b(?i:{_IN_GENERAL})",
        ),
        (
            ("one of ",),
            r"\b(?i:one\s+of\s+(?:my|our)\s+(?:patient|resident|service[\s-]user)s)\b",
        ),
        (
            (" of mine", " of ours"),
            r"\b(?i:(?:patient|resident|service[\s-]user)s?\s+of\s+(?:mine|ours))\b",
        ),
        (
            ("nghl", "claf", "cleifion"),
            r"\b(?i:fy\s+nghlaf|ein\s+claf|claf\s+i\s+mi"
            r"|un\s+o\s+(?:fy\s+nghleifion|ein\s+cleifion))\b",
        ),
        (
            ("old", "yo ", "y/o"),
            r"\b\d{1,3}[\s-]*(?i:year[\s-]old|y/?o)\s+(?i:lady|gentleman|man|woman|male|female|boy"
            r"|girl|patient|resident|m|f)\b",
        ),
    )
)
_PLACES = ("bed", "gwely", "ward", "bay", "room")
_FOUR_DIGITS = re.compile(r"\d{4}")
_BED = re.compile(
    r"\b(?:ward|bay|ward\s+\w+\s*,?\s*bay)\s+\w{1,12}\W+(?:\w+\W+)?(?:bed|gwely)\s*\d+"
    r"|\b(?:bed|gwely)\s*\d+\W+(?:\w+\W+){0,2}(?:ward|bay)\b"
    r"|\b(?:patient|resident|claf|man|woman|lady|gentleman)\s+(?:in|on|yn|ar)\s+"
    r"(?:the\s+)?(?:bed|ward|bay|room|gwely)\s*\w?\d+",
    re.IGNORECASE,
)
_BED_INITIALS = re.compile(r"\b[Bb]ed\s*\d+[\s,:(-]+[A-Z]\.?\s?[A-Z]\b\.?(?!\w)")
_HOSPITAL_NUMBER = re.compile(
    r"\b(?:(?:hospital|hosp|patient|case\s?note|medical\s+record|unit)\s*(?:number|num|no|id|ref)\b"
    r"|MRN\b|rhif\s+(?:ysbyty|claf)\b)[\s:.#=-]*(?:(?:is|yw)\s+)?[A-Z]{0,3}[\s-]?\d{4,10}\b",
    re.IGNORECASE,
)
# Looked for first, in lower case: without them the patterns above have nothing to find.
_ABOUT_PERSON = re.compile(
    r"patient|resident|service[ -]user|claf|preswyl|cleifion|nghl|defnyddiwr|bed|gwely"
    r"|year[ -]old|yo |y/o|mrn|hosp|case ?note|medical rec|rhif|unit|pt "
)
_ABOUT_BIRTH = re.compile(r"dob|d[. ]o|birth|born|geni|ganwyd|ganed")

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
_MAYBE_PHONE = re.compile(r"(?:\+|\(?0)(?:[\s().-]{0,3}\d){8,}")
_MAYBE_POSTCODE = re.compile(r"\d[A-Za-z]{2}\b")
_POSTCODE = re.compile(
    r"(?<!\w)(?:AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|"
    r"DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|"
    r"LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|"
    r"SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE)"
    r"\d[A-Z\d]?\s{0,2}\d(?!(?:st|nd|rd|th|hr)(?!\w))[ABD-HJLNP-UW-Z]{2}(?!\w)",
    re.IGNORECASE,
)

_ORDINARY_WORK = (
    r"(?![\s-]+(?:prevention|awareness|training|policy|pathways?|strategy|strategies|audit|research"
    r"|first\s+aid|reduction|data|statistics|of\s+(?:process|power|position))\b)"
)
_DANGER = re.compile(
    rf"\b(?:suicid(?:e|al)|self[\s-]?harm(?:ing|ed|s)?|domestic(?:ally)?\s+(?:violence|abuse|abuser)"
    rf"|sexual(?:ly)?\s+(?:assault|abuse)(?:ed)?|(?<!substance\s)(?<!alcohol\s)(?<!drug\s)abus(?:e|ed|er|ing|ive)"
    rf"|safeguarding\s+concern|modern\s+slavery|forced\s+marriage|coercive\s+control)\b{_ORDINARY_WORK}"
    r"|\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?)\s+myself\b|\bend(?:ing)?\s+my\s+life\b"
    r"|\bwant(?:ed|s)?\s+to\s+die\b|\b(?:unsafe|not\s+safe|n't\s+safe|n't\s+feel\s+safe|scared)\s+at\s+home\b"
    r"|\b(?:hits|hitting|beats|beating)\s+(?:me|her|him|them)\b|\braped?\b"
    rf"|\bhunanladdiad\b|\bhunan-?\s?niw(?:eidio|ed)\b|\bcam-?(?:drin|driniaeth)\b"
    r"|\btrais\s+(?:domestig|yn\s+y\s+cartref)\b|\bddim\s+yn\s+ddiogel\s+(?:gartref|adref|yn\s+y\s+cartref)\b"
    r"|\blladd\s+fy\s+hun\b|\bniweidio\s+fy\s+hun\b|\beisiau\s+marw\b|(?:\bnot|n't)\s+(?:feel\s+)?safe\b.{0,20}\bat\s+home\b",
    re.IGNORECASE,
)
_ABOUT_DANGER = re.compile(
    r"suicid|harm|domestic|sexual|abus|safe|slavery|forced|coerci|myself|my life|to die|at home"
    r"|hit|beat|rape|hunan|cam-?dr|trais|ddiogel|fy hun|marw"
)


def nhs_number_in(words: str) -> str:
    """``"stop"`` for an NHS number that is labelled or grouped, ``"ask"`` for a bare one, or ""."""
    worst = ""
    for found in _TEN_DIGITS.finditer(words):
        typed = found.group()
        digits = re.sub(r"\D", "", typed)
        before = words[max(0, found.start() - 30) : found.start()]
        labelled = _LABEL.search(before) is not None
        if not labelled and (_DATE_FIRST.match(typed) or _COUNTRY_CODE.search(before)):
            continue
        if not is_valid(digits):
            worst = worst or ("ask" if labelled else "")
        elif labelled or _GROUPED.fullmatch(typed):
            return "stop"
        elif _is_one_number(typed):
            worst = "ask"
    return worst


def _is_one_number(typed: str) -> bool:
    """Not a row of figures such as "12 15 14 18 20"."""
    sizes = {len(group) for group in re.findall(r"\d+", typed)}
    return sizes == {1} or min(sizes) >= 3


def national_insurance_in(words: str) -> bool:
    """A National Insurance number, or what is called one."""
    if not _SIX_DIGITS.search(words):
        return False
    return bool(_NATIONAL_INSURANCE.search(words) or _NATIONAL_INSURANCE_LABELLED.search(words))


def birth_in(words: str) -> bool:
    """A date of birth."""
    return bool(_ABOUT_BIRTH.search(words.lower()) and _BIRTH.search(words))


def patient_cues(words: str) -> tuple[str, ...]:
    """Codes of what sounds like one patient: ``patient``, ``bed``, ``hospital-number``."""
    lower = words.lower()
    if not _ABOUT_PERSON.search(lower):
        return ()
    cues = []
    if any(
        pattern.search(words) for clues, pattern in _PATIENT if any(clue in lower for clue in clues)
    ):
        cues.append("patient")
    if any(place in lower for place in _PLACES) and (
        _BED.search(words) or _BED_INITIALS.search(words)
    ):
        cues.append("bed")
    if _FOUR_DIGITS.search(words) and _HOSPITAL_NUMBER.search(words):
        cues.append("hospital-number")
    return tuple(cues)


def contact_cues(words: str) -> tuple[str, ...]:
    """Codes of contact details: ``phone``, ``email``, ``postcode``."""
    cues = []
    if _MAYBE_PHONE.search(words) and _phone_in(words):
        cues.append("phone")
    if "@" in words and _EMAIL.search(words):
        cues.append("email")
    if _MAYBE_POSTCODE.search(words) and _POSTCODE.search(words):
        cues.append("postcode")
    return tuple(cues)


def _phone_in(words: str) -> bool:
    possible = phonenumbers.PhoneNumberMatcher(words, "GB", phonenumbers.Leniency.POSSIBLE)
    return any(
        phonenumbers.is_valid_number(found.number)
        # A number of no one yet, but written as one, and not "01.06.2026 14.30".
        or found.raw_string.startswith("+")
        or min(len(group) for group in re.findall(r"\d+", found.raw_string)) > 2
        for found in possible
    )


def danger_in(words: str) -> bool:
    """Words of harm or abuse, at which help is shown. Prevention work as such is not meant."""
    return bool(_ABOUT_DANGER.search(words.lower()) and _DANGER.search(words))
