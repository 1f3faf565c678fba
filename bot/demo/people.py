"""Who lives in the demo. Every name is invented, and so is the place they work in."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.local import Persona
from bot.demo.organisations import BY_CODE
from core.organisations.model import Role


@dataclass(frozen=True, slots=True)
class Someone:
    """A person: whose staff they are, what they can help with and would like help with.

    ``role`` is held in the timebank; leads and champions for their organisation, admins for all.
    ``joined`` is False for who has yet to join. ``offers_too``: told of new offers as well.
    """

    user: str
    name: str
    code: str
    can_help: str = ""
    would_like: str = ""
    language: str = "en"
    role: Role | None = None
    contact: str = ""
    joined: bool = True
    offers_too: bool = False

    @property
    def note(self) -> str:
        """Their role as the page shows it."""
        return "" if self.role is None else _ROLES[self.role]

    def persona(self, note: str = "") -> Persona:
        """This person to be chosen on the page, with their role or another note."""
        partner = BY_CODE[self.code]
        return Persona(partner.tenant, self.user, self.name, partner.name, note or self.note)


_ROLES = {Role.CHAMPION: "Champion", Role.LEAD: "Lead", Role.ADMIN: "Administrator"}


def _people(code: str, *rows: Someone) -> tuple[Someone, ...]:
    assert all(row.code == code for row in rows)
    return rows


_TARROWBY = _people(
    "THT",
    Someone(
        "priya",
        "Priya Raman",
        "THT",
        "run charts, PDSA cycles, measurement plans",
        "posters, presenting",
        role=Role.CHAMPION,
        contact="Teams, or extension 4127 most mornings",
        offers_too=True,
    ),
    Someone("tom", "Tom Ashdown", "THT", "process mapping, lean", "facilitation, easy read"),
    Someone(
        "adaeze",
        "Adaeze Okonjo",
        "THT",
        "improvement coaching, driver diagrams",
        "Power BI",
        role=Role.LEAD,
    ),
    Someone("megan", "Megan Prosser", "THT", "Cymraeg, proofreading", "Excel", "cy"),
    Someone("luis", "Luis Ferreira", "THT", "Excel, Power BI, SPC charts", "public speaking"),
    Someone("hannah", "Hannah Brook", "THT", "facilitation, PDSA cycles", "thematic analysis"),
    Someone("yusuf", "Yusuf Demir", "THT", "human factors, root cause analysis", "run charts"),
    Someone("sian", "Siân Bevan", "THT", "teaching, reflective practice", "mentoring", "cy"),
    Someone("grace", "Grace Mwangi", "THT", "mentoring, staff wellbeing", "academic writing"),
    Someone("oliver", "Oliver Tranter", "THT", "SQL, statistics", "one-to-one coaching"),
    Someone("meiling", "Mei-Ling Zhou", "THT", "literature searching, critical appraisal", "SPC"),
    Someone("declan", "Declan Rourke", "THT", "demand and capacity, Excel", "facilitation"),
    Someone("fatima", "Fatima Al-Sayed", "THT", "equality and inclusion, mentoring", "slides"),
    Someone("kofi", "Kofi Asante", "THT", "PowerPoint, infographics", "driver diagrams"),
    Someone("ruth", "Ruth Pemberton", "THT", "clinical audit, surveys", "Microsoft Forms"),
    Someone("joao", "João Silveira", "THT", "net zero, project management", "stakeholder mapping"),
)

_OSTERMOOR = _people(
    "OCT",
    Someone(
        "amara",
        "Amara Nwosu",
        "OCT",
        "team coaching, systems thinking",
        "business cases",
        role=Role.LEAD,
    ),
    Someone(
        "judith",
        "Judith Sayle",
        "OCT",
        "terms of reference, evaluation",
        "data analysis",
        role=Role.ADMIN,
    ),
    Someone("gareth", "Gareth Pryce", "OCT", "coaching, Welsh", "Power Automate", "cy"),
    Someone("nadia", "Nadia Petrova", "OCT", "thematic analysis, interviews", "posters"),
    Someone(
        "samir",
        "Samir Haddad",
        "OCT",
        "Power Automate, SharePoint, Microsoft Forms",
        "surveys",
        contact="Teams chat is best. I work Monday to Thursday.",
    ),
    Someone(
        "lowri",
        "Lowri Tudor",
        "OCT",
        "co-production, focus groups",
        "run charts",
        "cy",
        role=Role.CHAMPION,
    ),
    Someone("ben", "Ben Castledine", "OCT", "project management, risk registers", "Excel"),
    Someone("chioma", "Chioma Eze", "OCT", "trauma informed, supervision", "easy read"),
    Someone("ingrid", "Ingrid Solberg", "OCT", "service design, user research", "process mapping"),
    Someone("rajesh", "Rajesh Nair", "OCT", "Power BI, Python", "presentation skills"),
    Someone("ellie", "Ellie Marchbank", "OCT", "easy read, plain English", "measurement plans"),
    Someone("tariq", "Tariq Mahmood", "OCT", "mediation, team development", "literature searching"),
    Someone("wanjiru", "Wanjiru Kamau", "OCT", "falls prevention, train the trainer", "slides"),
    Someone("piotr", "Piotr Zielinski", "OCT", "British Sign Language, EDI", "Microsoft Teams"),
    Someone("joyce", "Joyce Abara", "OCT", "one-to-one coaching, mentoring", "data analysis"),
)

_COUNCIL = _people(
    "TSC",
    Someone("zofia", "Zofia Nowak", "TSC", "posters, Canva, slides", "Excel", offers_too=True),
    Someone(
        "marcus", "Marcus Bellweather", "TSC", "strategic planning, MoU", "improvement coaching"
    ),
    Someone("olwen", "Olwen Rees", "TSC", "outreach, Welsh", "surveys", "cy"),
    Someone(
        "shabnam",
        "Shabnam Qureshi",
        "TSC",
        "stakeholder mapping, business cases",
        "user research",
        role=Role.LEAD,
    ),
    Someone("fiona", "Fiona Galbraith", "TSC", "GDPR, DPIA", "facilitation"),
    Someone("dev", "Dev Solanki", "TSC", "segmentation, Power BI, data analysis", "storytelling"),
    Someone("rosa", "Rosa Jimenez", "TSC", "co-design, community development", "evaluation"),
    Someone("anthony", "Anthony Clarke-Boyd", "TSC", "public speaking, media", "Power BI"),
    Someone(
        "keziah",
        "Keziah Thompson",
        "TSC",
        "workshops, facilitation, digital inclusion",
        "plain English",
        role=Role.CHAMPION,
        contact="Text 07700 900142, or find me at Wenlow Library on Tuesdays",
    ),
    Someone("liam", "Liam Hartigan", "TSC", "Excel, procurement", "project management"),
    Someone("emeka", "Emeka Obi", "TSC", "social prescribing, outreach", "funding bids"),
    Someone("carys", "Carys Vaughan", "TSC", "Welsh, plain language, editing", "PDSA", "cy"),
    Someone("helen", "Helen Stroud", "TSC", "e-learning, teaching", "Welsh"),
    Someone("ibrahim", "Ibrahim Sesay", "TSC", "prototyping, UX", "stakeholder mapping"),
    Someone("nia", "Nia Holloway", "TSC", joined=False),
)

_LARKFELL = _people(
    "LFH",
    Someone(
        "callum",
        "Callum Strachan",
        "LFH",
        "posters, infographics, digital storytelling",
        "funding bids",
        contact="Ring the hospice and ask for Callum",
    ),
    Someone("bronwen", "Bronwen Maddox", "LFH", "Schwartz rounds, Welsh", "EDI", "cy", Role.LEAD),
    Someone("jude", "Jude Fairweather", "LFH", "bid writing, case studies", "Excel"),
    Someone(
        "parveen",
        "Parveen Akhtar",
        "LFH",
        "story gathering, community engagement",
        "SharePoint",
        role=Role.CHAMPION,
    ),
    Someone("esther", "Esther Adjei", "LFH", "reflective practice, supervision", "clinical audit"),
    Someone("niamh", "Niamh Kearney", "LFH", "presenting, storytelling", "PDSA cycles"),
    Someone("winston", "Winston Grant", "LFH", "volunteering, mentoring", "digital skills"),
    Someone("tess", "Tess Underhill", "LFH", "proofreading, blogs", "surveys"),
    Someone("mateus", "Mateus Lopes", "LFH", "Gantt charts, budgets", "co-production"),
)

_FENNEL = _people(
    "FSP",
    Someone(
        "sophie",
        "Sophie Lindqvist",
        "FSP",
        "survey design, focus groups",
        "Power Automate, Microsoft Forms",
        contact="Ring Fennel Street and ask for Sophie",
    ),
    Someone(
        "delyth",
        "Delyth Parry",
        "FSP",
        "Cymraeg, link workers, story gathering",
        "posters",
        "cy",
        role=Role.CHAMPION,
    ),
    Someone("arjun", "Arjun Mehta", "FSP", "EMIS, searches and reports, Excel", "coaching"),
    Someone("blessing", "Blessing Chukwu", "FSP", "e-learning, teaching", "run charts"),
    Someone("rob", "Rob Tolland", "FSP", "digital skills, Microsoft Teams", "process mapping, SPC"),
    Someone("leila", "Leila Farahani", "FSP", "Farsi, Arabic, easy read", "literature searching"),
    Someone("dana", "Dana Whitmore", "FSP", "demand and capacity, lean", "team development"),
    Someone("ezra", "Ezra Cohen", "FSP", "primary care network, MoU", "slides", role=Role.LEAD),
)

PEOPLE = (*_TARROWBY, *_OSTERMOOR, *_COUNCIL, *_LARKFELL, *_FENNEL)
BY_USER = {someone.user: someone for someone in PEOPLE}
assert len(BY_USER) == len(PEOPLE)

START_HERE = (
    ("priya", "2 people have answered her ask"),
    ("callum", "Has offered Priya his help"),
    ("tom", "Has hours to confirm"),
    ("keziah", "Champion. Waits for Tom to confirm"),
    ("samir", "Has a message from Sophie"),
    ("sophie", "Is being helped by Samir"),
    ("megan", "Uses Hourbridge in Welsh"),
    ("carys", "Speaks Welsh. Has helped Megan before"),
    ("amara", "Lead. Has a disagreement to settle"),
    ("rob", "Was helped a lot, and has just been thanked"),
    ("judith", "Administrator. Has a report to read"),
    ("nia", "Has not joined yet: be greeted and join"),
)
"""Who a newcomer may start as, and what awaits them. The first 2 make a pair side by side."""


def personas() -> tuple[Persona, ...]:
    """Those to start with, then everyone. Who stands twice is shown by the page as a start."""
    first = tuple(BY_USER[user].persona(note) for user, note in START_HERE)
    return (*first, *(someone.persona() for someone in PEOPLE))
