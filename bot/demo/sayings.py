"""What people of the demo say to each other, for any of them to say."""

from __future__ import annotations

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
