"""What people offer and ask for in the demo: about improving how care is run, never about care."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A post: whose, what, how many minutes, and where ("online", a site, or to be agreed)."""

    user: str
    title: str
    minutes: int
    details: str = ""
    place: str = ""


OFFERS = (
    Told(
        "priya",
        "Run charts for beginners",
        60,
        "Bring your own numbers and we will draw one together. No statistics needed.",
        "online or Tarrowby Education Centre",
    ),
    Told(
        "tom",
        "Process mapping with sticky notes",
        120,
        "I bring the pens and the patience. Works best with 4 to 8 of you in the room.",
        "Tarrowby Education Centre",
    ),
    Told(
        "adaeze",
        "An hour of improvement coaching",
        60,
        "For anyone leading a first project who would like to think out loud.",
        "online",
    ),
    Told(
        "megan",
        "Prawfddarllen eich Cymraeg",
        45,
        "Proofreading of Welsh leaflets, slides and signs. Anfonwch hyd at 2 dudalen ar y tro.",
        "ar-lein",
    ),
    Told(
        "luis",
        "Excel: from a messy sheet to a pivot table",
        60,
        "Share your screen and we tidy it up as we go.",
        "online",
    ),
    Told(
        "hannah",
        "Running a workshop where everyone speaks",
        90,
        "I can plan it with you, or come along and run it.",
    ),
    Told(
        "yusuf",
        "A human factors eye on your form or checklist",
        60,
        "Send me the form first. I will ask you a lot of questions.",
        "online",
    ),
    Told(
        "sian",
        "Reflective practice for a small team",
        60,
        "Sesiwn yn Gymraeg neu yn Saesneg. A calm hour after a busy month.",
        "Tarrowby Hospital Library",
    ),
    Told(
        "grace",
        "Mentoring for people new to the area",
        60,
        "Three short talks over tea. I moved here 9 years ago and remember it well.",
    ),
    Told(
        "oliver",
        "Help choosing a sample size",
        30,
        "For surveys and audits. Quicker than you think.",
        "online",
    ),
    Told(
        "meiling",
        "Literature searching for an improvement question",
        60,
        "Come with a question, leave with 10 good papers.",
        "online or Tarrowby Hospital Library",
    ),
    Told(
        "declan",
        "Demand and capacity, worked through on your data",
        90,
        "Clinics, calls, meeting rooms, it is all queues.",
        "online",
    ),
    Told(
        "fatima",
        "A second pair of eyes on an equality impact assessment",
        45,
        "Early is best, but late is fine too.",
        "online",
    ),
    Told("kofi", "Make your slides shorter", 45, "Send me 30 slides and get 10 back.", "online"),
    Told("ruth", "Planning a clinical audit that ends in a change", 60, "", "online"),
    Told(
        "joao",
        "Net zero ideas for a meeting, a team or a building",
        60,
        "I collect small ones that worked. About 40 so far.",
    ),
    Told(
        "amara",
        "Team coaching when a project is stuck",
        90,
        "One session to look at the whole system and pick one thing.",
        "Ostermoor House",
    ),
    Told(
        "gareth",
        "Siarad Cymraeg yn y gwaith",
        30,
        "Conversation practice for learners at any level. Croeso i ddechreuwyr!",
        "ar-lein",
    ),
    Told(
        "nadia",
        "Making sense of interview notes",
        90,
        "Thematic analysis without the jargon. We code the first 2 together.",
        "online",
    ),
    Told(
        "samir",
        "Power Automate for the forms you fill in again and again",
        60,
        "If you do it every week, we can probably stop you doing it.",
        "online",
    ),
    Told(
        "lowri",
        "Co-production: starting well",
        60,
        "How to invite people in before the plan is written. Ar gael yn Gymraeg hefyd.",
        "Ostermoor House",
    ),
    Told("ben", "A risk register people read", 45, "", "online"),
    Told(
        "ingrid",
        "Service design: draw the journey of your form",
        60,
        "We follow one form from start to end and count the waits.",
        "online",
    ),
    Told("rajesh", "Power BI: your first dashboard", 90, "", "online"),
    Told(
        "ellie",
        "Easy read: turn one page into words for everyone",
        60,
        "You keep the page and learn how to do the next one.",
        "online",
    ),
    Told(
        "tariq",
        "Helping two teams to talk again",
        90,
        "Confidential, and I am nobody's boss.",
        "Wenlow Clinic",
    ),
    Told(
        "piotr",
        "British Sign Language: first 30 signs",
        60,
        "Taught slowly, with a lot of laughing.",
        "Wenlow Clinic",
    ),
    Told(
        "joyce",
        "One-to-one coaching, 3 conversations",
        180,
        "For any member, whatever you do. You bring the question.",
        "online",
    ),
    Told(
        "zofia",
        "Poster design for a conference or a corridor",
        90,
        "Words in, poster out. I ask for one change of mind only.",
        "online",
    ),
    Told("shabnam", "Stakeholder mapping for a new partnership", 60, "", "Tarrow Hall"),
    Told(
        "fiona",
        "GDPR and DPIA questions, in plain words",
        30,
        "Ask before you start and I will save you a month.",
        "online",
    ),
    Told(
        "dev",
        "Segmentation: who lives in our neighbourhoods",
        60,
        "I can bring the public figures for any part of Tarrowshire.",
        "online",
    ),
    Told(
        "keziah",
        "Facilitating a community workshop",
        120,
        "I bring biscuits and a loud voice.",
        "Wenlow Library",
    ),
    Told(
        "carys",
        "Plain language, English a Chymraeg",
        45,
        "Golygu a symleiddio: one page at a time, in either language.",
        "ar-lein",
    ),
    Told("helen", "Turn your training day into short e-learning", 120, "", "online"),
    Told(
        "callum",
        "Digital storytelling with a phone",
        90,
        "Film, cut and share a 2 minute story about your team.",
        "Larkfell Garden Room",
    ),
    Told(
        "jude",
        "Bid writing: a first draft in an afternoon",
        180,
        "I have written a lot of bids for small charities, and some of them even worked.",
    ),
    Told("tess", "Proofreading before it goes to print", 30, "", "online"),
    Told("mateus", "A Gantt chart that fits on one page", 45, "", "online"),
    Told("sophie", "Survey design: 10 questions instead of 40", 60, "", "online"),
    Told(
        "delyth",
        "Sgwrs am bresgripsiynu cymdeithasol",
        45,
        "What link workers do, and how to work with one. Yn Gymraeg neu yn Saesneg.",
        "online",
    ),
    Told(
        "arjun",
        "Searches and reports in EMIS",
        60,
        "For practices and for anyone who works with one.",
        "online",
    ),
    Told(
        "rob",
        "Microsoft Teams without tears",
        30,
        "Channels, files, finding things again.",
        "online or Fennel Street Meeting Room",
    ),
    Told(
        "leila",
        "Checking a leaflet in Farsi or Arabic",
        45,
        "General information only. I tell you what reads oddly.",
        "online",
    ),
)

ASKS = (
    Told(
        "tom",
        "Easy read version of our visitor leaflet",
        60,
        "It is 2 pages about parking, the café and where to wait.",
        "online",
    ),
    Told(
        "adaeze",
        "Show me how to make a Power BI page",
        60,
        "I have the numbers in a sheet and no idea after that.",
        "online",
    ),
    Told(
        "megan",
        "Excel ar gyfer dechreuwr llwyr",
        60,
        "Starting from nothing: rows, totals, and a chart. Yn Gymraeg os yn bosibl.",
        "ar-lein",
    ),
    Told(
        "luis",
        "Public speaking: practise my 5 minute talk",
        45,
        "I talk too fast when I am nervous.",
        "online",
    ),
    Told(
        "hannah",
        "Thematic analysis of 80 comments from a staff survey",
        90,
        "All anonymous. I need someone to check my themes.",
        "online",
    ),
    Told("yusuf", "Check my first run charts before the meeting", 30, "", "online"),
    Told(
        "grace",
        "Academic writing: read my abstract",
        45,
        "300 words, due at the end of the month.",
        "online",
    ),
    Told("oliver", "A coach for my first months of leading a team", 60, "", "online"),
    Told(
        "declan",
        "Facilitator for a planning day",
        180,
        "14 people, 2 departments, 1 flip chart.",
        "Tarrowby Education Centre",
    ),
    Told(
        "kofi", "Draw a driver diagram with me", 60, "About answering the phone sooner.", "online"
    ),
    Told("ruth", "Set up a Microsoft Forms survey", 30, "", "online"),
    Told(
        "joao",
        "Stakeholder mapping for greener travel",
        60,
        "Who needs to be in the room before we move the bike sheds.",
        "Tarrow Hall",
    ),
    Told(
        "amara",
        "Health economics: a business case in 4 pages",
        90,
        "The idea is good. My sums are not.",
        "online",
    ),
    Told(
        "gareth",
        "Power Automate i anfon nodyn atgoffa",
        45,
        "A reminder each Friday to fill in the rota preferences form. Dim byd cymhleth!",
        "ar-lein",
    ),
    Told("nadia", "Poster for a research day", 60, "", "online"),
    Told(
        "lowri",
        "Run charts for our co-production group",
        45,
        "We meet 12 times a year and would like to see if it changes anything.",
        "Ostermoor House",
    ),
    Told(
        "ben", "Tidy up an Excel tracker", 60, "Nobody remembers why column M is there.", "online"
    ),
    Told("chioma", "Easy read agenda for a planning meeting", 30, "", "online"),
    Told(
        "ingrid",
        "Process mapping of how we order equipment",
        120,
        "We think it is 9 steps. We also think we are wrong.",
        "Wenlow Clinic",
    ),
    Told("rajesh", "Presentation skills for someone who codes", 60, "", "online"),
    Told(
        "ellie", "Measurement plan for plain letters", 60, "How would we know they work?", "online"
    ),
    Told("tariq", "Literature search on teams that share a space", 60, "", "online"),
    Told(
        "wanjiru",
        "Slides for a falls prevention training day",
        60,
        "Content is ready, looks are not.",
        "online",
    ),
    Told("piotr", "Microsoft Teams with captions: what works best", 30, "", "online"),
    Told("joyce", "Excel chart of who comes to our drop-ins", 45, "", "online"),
    Told("zofia", "Pivot tables, gently", 45, "", "online"),
    Told(
        "marcus",
        "Improvement coaching for a council team",
        60,
        "We like the idea of small tests and never start one.",
        "Tarrow Hall",
    ),
    Told(
        "olwen",
        "Survey design for people who garden with us",
        60,
        "Arolwg byr, yn ddwyieithog: about 8 questions.",
        "Wenlow Library",
    ),
    Told("dev", "Storytelling: make my numbers interesting", 45, "", "online"),
    Told(
        "rosa",
        "Evaluation of a neighbourhood supper club",
        90,
        "6 months in, and we would like to say what it does.",
        "Wenlow Library",
    ),
    Told("anthony", "Power BI for press questions", 45, "", "online"),
    Told(
        "emeka",
        "Funding bid for walking groups",
        120,
        "A small charity fund, 6 pages, and a deadline.",
        "online",
    ),
    Told(
        "helen",
        "Practise my Welsh before a course",
        30,
        "Dysgwr ydw i! Half an hour, any topic.",
        "online",
    ),
    Told("ibrahim", "Stakeholder map for the family hubs", 60, "", "Tarrow Hall"),
    Told(
        "callum",
        "Bid writing: read my first draft",
        60,
        "For garden benches and a little roof.",
        "online",
    ),
    Told("jude", "Excel formulas for gift aid", 45, "", "online"),
    Told(
        "parveen",
        "SharePoint page for our volunteers",
        60,
        "So that they stop asking me where the rota guide is.",
        "online",
    ),
    Told(
        "niamh",
        "PDSA: plan our first test",
        45,
        "We would like to try a new welcome for volunteers.",
        "Larkfell Garden Room",
    ),
    Told(
        "winston",
        "Digital skills for our volunteers",
        90,
        "6 people, their own phones, and a kettle.",
        "Larkfell Garden Room",
    ),
    Told("mateus", "Co-production for a new day room", 60, "", "Larkfell Garden Room"),
    Told(
        "delyth",
        "Poster ddwyieithog am wirfoddoli",
        60,
        "A bilingual poster about volunteering, for the waiting area.",
        "Fennel Street Meeting Room",
    ),
    Told("arjun", "Coaching before an interview", 60, "", "online"),
    Told("blessing", "Run charts for calls answered", 45, "", "online"),
    Told("leila", "Literature search on interpreting by phone", 45, "", "online"),
    Told(
        "dana",
        "Team development half day",
        180,
        "A new team of 9. We would like to begin kindly.",
        "Fennel Street Meeting Room",
    ),
    Told("ezra", "Slides for our primary care network evening", 45, "", "online"),
)

HELPING = (
    "Happy to help with this. I did something like it last year.",
    "I would enjoy this. Shall we start with a short call?",
    "I can do this. Send me what you have and I will look before we meet.",
    "Count me in. I am free most afternoons.",
    "This is right up my street. I can come to you.",
    "Glad to. It took me ages to learn, so let me save you some time.",
    "I have an hour for this, and a template that may help.",
    "Yes please, I have been hoping someone would ask!",
)
WANTING = (
    "This is just what we need. Could we have an hour?",
    "I have been meaning to learn this for years.",
    "Yes please. There are 2 of us, if that is all right.",
    "Could you help me make a start? I am quite new to it.",
    "I would love this for our team.",
    "Perfect timing for us. Any day is good.",
    "I tried on my own and got stuck half way.",
)
HELPING_CY = (
    "Hapus i helpu. Beth am sgwrs fer i ddechrau?",
    "Gallaf wneud hyn, a byddwn yn mwynhau.",
)
WANTING_CY = (
    "Dyma'n union beth sydd ei angen arnon ni. Oes gennych chi awr?",
    "Diolch am gynnig. Rwy'n eithaf newydd i hyn.",
)
WHENS = (
    "Tuesday after 2pm",
    "any morning next week",
    "Thursday lunchtime",
    "a Friday, before 11am",
    "next week, you choose",
    "Monday or Wednesday afternoon",
    "",
    "",
)
CHATTER = (
    "Shall we say 10am? I will send an invitation.",
    "Thank you. I have put the file where you can open it.",
    "Could we make it 15 minutes later? My meeting moved.",
    "I have had a look, and it is better than you said!",
    "What would a good result look like for you?",
    "See you there. I will be the one with too many pens.",
    "I have one question before we start: who is it for?",
    "That is fine with me.",
    "Perfect. Looking forward to it.",
    "I will bring printed copies.",
    "No rush at all, next week is just as good.",
)
CHATTER_CY = (
    "Beth am 10 o'r gloch? Anfonaf wahoddiad.",
    "Diolch yn fawr. Edrych ymlaen!",
    "Mae hynny'n iawn gen i.",
)
THANKS = (
    "Thank you. I understood more in that hour than in a whole course.",
    "You made it look easy. We used it the very next day.",
    "So patient and so clear. Thank you!",
    "The team is still talking about it, in a good way.",
    "I came with a muddle and left with a plan.",
    "Thank you for your time, and for the laughs.",
    "It is on the wall already. Everybody stops to look.",
    "I would not have dared without you.",
    "Very kind of you. I hope to pass it on to someone else.",
    "Just what we needed, and finished early.",
)
THANKED_BACK = (
    "A pleasure. I learned something too.",
    "You did the hard part. Good luck with it!",
    "Any time. It was a nice change from my own desk.",
    "Thank you for such good questions.",
)
THANKS_CY = (
    "Diolch o galon. Roeddet ti mor glir ac amyneddgar.",
    "Diolch yn fawr iawn, roedd hynny'n help mawr!",
)
GIFTS = (
    "For someone who needs it more than I do this month.",
    "You have helped so many people. Have an hour from me.",
    "With thanks from all of us on the corridor.",
    "A little something for your project.",
)
