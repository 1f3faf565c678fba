"""The stories told on purpose, so that those to start with have something before them today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.demo import gatherings
from bot.demo.calendar import Story, workday_before
from bot.demo.player import Stage
from core.exchanges.safety_intents import Dispute, Resolve, SendReport
from core.kernel.references import reference
from core.ledger.intents import Give
from core.members.stop import Stop

Scene = Callable[[Stage, datetime], Story]


def all_scenes(stage: Stage, end: datetime) -> Iterable[tuple[datetime, Story]]:
    """Every scene and when it starts; ``end`` is today's moment."""
    for days, hour, scene in _SCENES:
        yield workday_before(end, days, hour), scene(stage, end)


def _ago(end: datetime, *, hours: float = 0, minutes: float = 0) -> datetime:
    return end - timedelta(hours=hours, minutes=minutes)


def poster(stage: Stage, end: datetime) -> Story:
    """Priya asks for a poster, and 2 people of other organisations answer."""
    priya, callum, zofia = stage["priya"], stage["callum"], stage["zofia"]
    post = priya.posts(
        "ask",
        "Poster about our improvement drop-ins",
        90,
        "A1, friendly, and no clip art of light bulbs. I have the words ready.",
        "online",
    )
    yield _ago(end, hours=19)
    callum.proposes(
        post,
        90,
        "I would love to. I made one like it for our open day, and I promise: no light bulbs.",
        "Thursday afternoon, or any time on Friday",
    )
    yield _ago(end, hours=3)
    zofia.proposes(
        post,
        60,
        "An hour is enough if the words are ready. I can send 2 drafts by tomorrow.",
        "tomorrow",
        time="own",
    )


def planning_day(stage: Stage, end: datetime) -> Story:
    """Keziah has run an afternoon for Tom, who has yet to confirm."""
    tom, keziah = stage["tom"], stage["keziah"]
    post = tom.posts(
        "ask",
        "Facilitator for our “what next” afternoon",
        120,
        "11 of us, and a year of good ideas that nobody has put in order.",
        "Tarrowby Education Centre",
    )
    yield workday_before(end, 11, 14)
    number = keziah.proposes(post, 120, "I would enjoy that. I bring cards, pens and biscuits.")
    yield workday_before(end, 11, 16)
    tom.accepts(number)
    tom.closes(post)
    yield workday_before(end, 9, 10)
    tom.says(number, "Wonderful. The room is ours from 1pm. Is there a projector you need?")
    yield workday_before(end, 9, 11)
    keziah.says(number, "No projector! Only a long wall and some tape.")
    yield _ago(end, hours=2, minutes=20)
    keziah.says(number, "What a lovely team. I have typed up the cards for you.")
    yield _ago(end, hours=1, minutes=30)
    keziah.claims(number, 150)


def bookings(stage: Stage, end: datetime) -> Story:
    """Samir automates Sophie's room bookings; her last message waits for his answer."""
    sophie, samir = stage["sophie"], stage["samir"]
    post = sophie.posts(
        "ask",
        "Stop copying our room bookings by hand",
        60,
        "From a Microsoft Form into a sheet. It takes me half an hour every Monday.",
        "online",
    )
    yield workday_before(end, 6, 11)
    number = samir.proposes(
        post, 60, "Nobody should copy things on a Monday. I can show you how.", "Wednesday, 9am"
    )
    yield workday_before(end, 6, 15)
    sophie.accepts(number)
    sophie.closes(post)
    yield workday_before(end, 3, 9, 30)
    samir.says(number, "Could you share the form with me? Then I can look before we meet.")
    yield _ago(end, minutes=40)
    sophie.says(
        number,
        "Shared! There are 3 rooms now, and one of them is really a cupboard. Does that matter?",
    )


def welsh(stage: Stage, end: datetime) -> Story:
    """Megan and Carys have helped each other in Welsh before, and are about to again."""
    megan, carys = stage["megan"], stage["carys"]
    offer = carys.posts(
        "offer",
        "Gwneud llythyr hir yn fyr",
        45,
        "Dewch â llythyr, ac awn drwyddo gyda'n gilydd, fesul brawddeg.",
        "ar-lein",
    )
    yield workday_before(end, 39, 10)
    first = megan.proposes(offer, 45, "Mae gen i lythyr dwy dudalen. Oes modd ei haneru?")
    yield workday_before(end, 38, 10)
    carys.accepts(first)
    yield workday_before(end, 36, 14)
    carys.claims(first, 45)
    yield workday_before(end, 36, 15)
    megan.confirms(first)
    yield workday_before(end, 36, 15, 10)
    megan.thanks(first, "Diolch o galon, Carys. Hanner tudalen, a phopeth yn dal yno!")
    yield workday_before(end, 4, 9)
    ask = megan.posts(
        "ask",
        "Gwirio arwyddion dwyieithog newydd",
        45,
        "12 arwydd ar gyfer y dderbynfa newydd. Hoffwn bâr arall o lygaid.",
    )
    yield workday_before(end, 2, 10)
    number = carys.proposes(ask, 45, "Gallaf edrych arnyn nhw ddydd Gwener.", "dydd Gwener")
    yield _ago(end, hours=6)
    megan.suggests(number, 60, "dydd Gwener, 10am", "Mae 4 arwydd arall erbyn hyn, sori!")
    yield _ago(end, hours=1, minutes=10)
    carys.suggests(number, 75, "dydd Gwener, 10am", "Dim problem. Beth am awr a chwarter i'r 16?")


def disagreement(stage: Stage, end: datetime) -> Story:
    """Ben and Liam see the time differently; Amara leads Ben's organisation."""
    ben, liam = stage["ben"], stage["liam"]
    post = ben.posts("ask", "Rebuild our equipment list in Excel", 120, "", "online")
    yield workday_before(end, 14, 11)
    number = liam.proposes(post, 120, "I can do that in a quiet week. How many rows is it?")
    yield workday_before(end, 13, 9)
    ben.accepts(number)
    ben.closes(post)
    yield workday_before(end, 12, 10)
    ben.says(number, "About 400 rows. The first sheet is the one that matters.")
    yield workday_before(end, 5, 16)
    liam.claims(number, 240)
    yield _ago(end, hours=18)
    ben.does(
        Dispute(
            exchange=number,
            words="We agreed 2 hours. Liam kindly did the other sheets as well, but I had not "
            "asked for them and would not have found the time to give back.",
        )
    )


def settled(stage: Stage, _end: datetime) -> Story:
    """An older disagreement, settled by Bronwen."""
    rosa, mateus, bronwen = stage["rosa"], stage["mateus"], stage["bronwen"]
    while not (rosa.joined and mateus.joined):
        yield stage.now + timedelta(days=1)
    post = rosa.posts("ask", "A one page plan for our summer fair", 60, "", "online")
    yield stage.now + timedelta(days=1)
    number = mateus.proposes(post, 60, "One page is what I do best.")
    yield stage.now + timedelta(hours=3)
    rosa.accepts(number)
    rosa.closes(post)
    yield stage.now + timedelta(days=4)
    mateus.claims(number, 120)
    yield stage.now + timedelta(days=1)
    rosa.does(
        Dispute(exchange=number, words="It was a good plan, but an hour and a half, not 2 hours.")
    )
    yield stage.now + timedelta(days=2)
    bronwen.does(Resolve(exchange=number, minutes="1h30"))


def much_helped(stage: Stage, end: datetime) -> Story:
    """Rob has asked for a lot lately, helped once, and is thanked for it."""
    rob = stage["rob"]
    for days, helper, title, minutes in (
        (47, "dana", "Lean ideas for our post room", 120),
        (34, "luis", "SPC chart of how long our calls wait", 120),
        (22, "hannah", "Someone to run our away day morning", 150),
        (12, "tom", "Process map of how letters reach us", 120),
    ):
        while not stage[helper].joined or stage.now < workday_before(end, days, 9):
            yield max(stage.now + timedelta(hours=6), workday_before(end, days, 9))
        post = rob.posts("ask", title, minutes, "", "Fennel Street Meeting Room")
        yield stage.now + timedelta(hours=5)
        number = stage[helper].proposes(post, minutes, "I can come over. I like your biscuits.")
        yield stage.now + timedelta(hours=2)
        rob.accepts(number, time="both")
        rob.closes(post)
        yield stage.now + timedelta(days=3)
        stage[helper].claims(number, minutes)
        yield stage.now + timedelta(hours=20)
        rob.confirms(number)
        yield stage.now + timedelta(minutes=6)
        rob.thanks(number, "You saved our week. I owe the world some hours now!")
    offer = rob.posts("offer", "Digital skills: your phone, explained kindly", 45)
    yield workday_before(end, 5, 13)
    number = stage["winston"].proposes(offer, 45, "Could you show 2 of our volunteers?")
    yield workday_before(end, 4, 9)
    rob.accepts(number)
    yield workday_before(end, 1, 12)
    rob.claims(number, 45)
    yield _ago(end, hours=2, minutes=30)
    stage["winston"].confirms(number)
    yield _ago(end, hours=2, minutes=20)
    stage["winston"].thanks(
        number, "They have sent each other 30 photographs already. Thank you, Rob!"
    )


def not_a_favour(stage: Stage, end: datetime) -> Story:
    """A post that looks like rota cover is reported."""
    post = stage["ezra"].posts(
        "ask", "Somebody to sit at our front desk on Friday", 180, "", "Fennel Street Meeting Room"
    )
    yield _ago(end, hours=5)
    stage["delyth"].does(
        SendReport(
            what=reference("A", post),
            words="I think this is cover for a rota, and Hourbridge is not meant for that. "
            "Could someone have a friendly word?",
        )
    )


def with_a_manager(stage: Stage, end: datetime) -> Story:
    """Esther has agreed, and her manager is still to be asked."""
    ruth, esther = stage["ruth"], stage["esther"]
    while not (ruth.joined and esther.joined):
        yield stage.now + timedelta(hours=12)
    post = ruth.posts("offer", "First steps in clinical audit", 60, "Tea provided.", "online")
    yield workday_before(end, 2, 11)
    number = esther.proposes(
        post, 60, "Is it all right if I have never done one?", "next week", manager="to-ask"
    )
    yield _ago(end, hours=17)
    ruth.accepts(number)
    yield _ago(end, hours=4)
    ruth.says(number, "That is the best time to start. How about Tuesday?")


def bilingual_poster(stage: Stage, end: datetime) -> Story:
    """Delyth and Zofia meet tomorrow; a gift came by."""
    delyth, zofia, parveen = stage["delyth"], stage["zofia"], stage["parveen"]
    while not zofia.joined:
        yield stage.now + timedelta(hours=12)
    post = delyth.posts("ask", "Poster for our walking group, dwyieithog", 60, "", "online")
    yield workday_before(end, 4, 15)
    number = zofia.proposes(
        post, 60, "I have made 2 bilingual ones. Send me both texts?", "tomorrow"
    )
    yield workday_before(end, 3, 10)
    delyth.accepts(number)
    delyth.closes(post)
    yield _ago(end, hours=5, minutes=30)
    delyth.says(number, "Both texts are in the folder. Diolch yn fawr, Zofia!")
    yield _ago(end, hours=4, minutes=30)
    delyth.gives_by(
        Give(minutes="30 mins", who=parveen.who.name, note="For the stories you gathered for us.")
    )


def forgotten_claim(stage: Stage, end: datetime) -> Story:
    """Kofi never answers Jude's claim, so that it goes to a lead."""
    kofi, jude = stage["kofi"], stage["jude"]
    while not (kofi.joined and jude.joined):
        yield stage.now + timedelta(hours=12)
    post = jude.posts("offer", "Case study in an afternoon", 90, "", "online")
    yield workday_before(end, 31, 10)
    number = kofi.proposes(post, 90, "We have a good story and no time to write it.")
    yield workday_before(end, 30, 10)
    jude.accepts(number)
    yield workday_before(end, 25, 16)
    jude.claims(number, 90)


def quiet(stage: Stage, _end: datetime) -> Story:
    """Yusuf wants to hear only what needs him."""
    while not stage["yusuf"].joined:
        yield stage.now + timedelta(hours=12)
    stage["yusuf"].does(Stop())


_SCENES: tuple[tuple[int, int, Scene], ...] = (
    (2, 9, poster),
    (12, 10, planning_day),
    (8, 9, bookings),
    (41, 9, welsh),
    (15, 9, disagreement),
    (48, 9, settled),
    (48, 10, much_helped),
    (1, 9, not_a_favour),
    (6, 9, with_a_manager),
    (5, 9, bilingual_poster),
    (33, 9, forgotten_claim),
    (20, 9, quiet),
    (30, 9, gatherings.channel),
    (19, 10, gatherings.held),
    (1, 9, gatherings.coming),
    (3, 10, gatherings.together),
)
