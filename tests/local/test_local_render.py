"""Views and forms become HTML that parses, is labelled, and in which words stay words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from adapters.local.forms import form_fragment
from adapters.local.render import fragment, own_words
from core.kernel.texts import _
from core.ui.forms import (
    ChoiceField,
    Form,
    LongTextField,
    ManyChoicesField,
    MomentField,
    Option,
    TextField,
)
from core.ui.gallery import HOSTILE, Example, Sample, examples
from core.ui.intents import Vocabulary
from core.ui.views import Actions, Button, Confirm, Image, Item, Items, Link, Paragraph, View, view
from core.words import Speech

SPEECH = Speech()
VOID = {"br", "hr", "img", "input"}
KNOWN = {
    *("div", "h2", "h3", "h4", "p", "bdi", "span", "figure", "figcaption", "blockquote", "dl"),
    *("dt", "dd", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "img", "hr"),
    *("button", "a", "form", "label", "input", "textarea", "select", "option", "fieldset"),
    "legend",
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Parsed(HTMLParser):
    """A fragment's elements and text; a tag that does not close is an error."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs), f"an attribute twice in <{tag}>"
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for element in self.open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def parsed(html: str) -> Parsed:
    parser = Parsed()
    parser.feed(html)
    parser.close()
    assert not parser.open
    assert {element.tag for element in parser.elements} <= KNOWN
    for element in parser.elements:
        assert not any(name.startswith("on") or name == "style" for name in element.attributes)
    return parser


def html_of(shown: View | Form) -> str:
    return fragment(shown, SPEECH) if isinstance(shown, View) else form_fragment(shown, SPEECH)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_every_gallery_example_parses_and_uses_known_elements_only(example: Example) -> None:
    parsed(html_of(example.shown))


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
def test_every_input_has_a_label_and_every_reference_leads_somewhere(example: Example) -> None:
    page = parsed(html_of(example.shown))
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    labels = {label.attributes["for"]: label.text for label in page.all("label")}
    assert len(ids) == len(set(ids))
    for control in page.all("input", "textarea", "select"):
        assert (labels[control.attributes["id"]] or "").strip()
    for element in page.elements:
        for name in ("aria-describedby", "aria-labelledby"):
            assert set((element.attributes.get(name) or "").split()) <= set(ids)
    assert all((legend.text or "").strip() for legend in page.all("legend"))


def test_hostile_words_come_out_as_the_same_words_and_never_as_markup() -> None:
    hostile = [example for example in examples() if "hostile" in example.name]
    assert len(hostile) == 2
    for example in hostile:
        html = html_of(example.shown)
        page = parsed(html)
        assert HOSTILE in page.text
        assert "<b>" not in html
        assert "<!channel" not in html
        assert not page.all("b", "script")


def test_hostile_attribute_values_stay_inside_their_attribute() -> None:
    sharp = '"><script>alert(1)</script>'
    button = Button(sharp, Sample(words=sharp), sharp, confirm=Confirm(sharp, sharp))
    page = parsed(fragment(view(Items((Item(sharp, (), (button,)),))), SPEECH))
    (drawn,) = page.all("button")
    assert drawn.attributes["data-question"] == sharp
    assert json.loads(drawn.attributes["data-wire"] or "") == {"do": Sample.name, "words": sharp}
    assert own_words(sharp) == (
        '<p class="own-words" dir="auto">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>'
    )


def test_peoples_words_are_isolated_from_the_direction_of_the_page() -> None:
    page = parsed(fragment(view(Paragraph("\u202eabc"), Paragraph(_("Ours"))), SPEECH))
    assert [element.text for element in page.all("bdi")] == ["\u202eabc"]


def test_a_button_comes_back_as_the_intent_it_carried() -> None:
    intent = Sample(number=3, words=HOSTILE, chosen=("a", "b"), ticked=True)
    page = parsed(fragment(view(Actions((Button(_("Go"), intent),))), SPEECH))
    wire = json.loads(page.all("button")[0].attributes["data-wire"] or "")
    assert Vocabulary([Sample]).read(wire) == intent


def test_buttons_of_a_list_say_which_item_they_belong_to() -> None:
    items = Items(tuple(Item(name, (), (Button(_("Open"), Sample()),)) for name in ("A", "B")))
    page = parsed(fragment(view(items), SPEECH))
    assert [button.text for button in page.all("button")] == ["Open: A", "Open: B"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_that_is_no_web_address_is_not_a_link(url: str) -> None:
    page = parsed(fragment(view(Actions((Link(_("Look"), url),)), Image(url, _("Alt"))), SPEECH))
    assert not page.all("a", "img")
    assert "Look" in page.text
    assert "Alt" in page.text


def test_a_picture_of_another_site_is_words_and_one_of_ours_is_shown() -> None:
    foreign = parsed(fragment(view(Image("https://a.example/x.png", _("Two"))), SPEECH))
    own = parsed(fragment(view(Image("http://127.0.0.1:80/x.png", _("Two"))), SPEECH))
    assert not foreign.all("img")
    assert "Two" in foreign.text
    assert own.all("img")[0].attributes == {"class": "picture", "src": "/x.png", "alt": "Two"}


def test_a_fragment_says_its_language() -> None:
    page = parsed(fragment(view(Paragraph("x")), Speech("cy")))
    assert page.elements[0].attributes["lang"] == "cy"


def test_a_form_keeps_what_was_typed() -> None:
    typed = "\nfirst line <b>\n\nlast"
    options = tuple(Option(str(n), f"Option {n}") for n in range(9))
    fields = (
        TextField("one", _("One"), '" autofocus="'),
        LongTextField("two", _("Two"), typed),
        ChoiceField("three", _("Three"), options, "4"),
        ChoiceField("four", _("Four"), options[:3], "1"),
        ManyChoicesField("five", _("Five"), options, ("2", "3")),
    )
    page = parsed(form_fragment(Form(_("Form"), Sample(), fields, _("Send")), SPEECH))
    assert page.all("input")[0].attributes["value"] == '" autofocus="'
    # A browser drops the one newline after the tag, and this parser does not.
    assert page.all("textarea")[0].text == "\n" + typed
    chosen = [o.attributes["value"] for o in page.all("option") if "selected" in o.attributes]
    ticked = [i.attributes["value"] for i in page.all("input") if "checked" in i.attributes]
    assert chosen == ["4"]
    assert ticked == ["1", "2", "3"]


def test_a_choice_that_is_not_required_can_be_left_out() -> None:
    choice = ChoiceField("one", _("One"), (Option("a", "A"),), required=False)
    page = parsed(form_fragment(Form(_("Form"), Sample(), (choice,), _("Send")), SPEECH))
    assert [i.attributes["value"] for i in page.all("input")] == ["a", ""]
    assert "None of these" in page.text


@pytest.mark.parametrize(
    ("value", "time", "kind"),
    [
        ("", False, "date"),
        ("2026-08-06", False, "date"),
        ("next Friday", False, "text"),
        ("20260806", False, "text"),
        ("2026-08-06", True, "text"),
    ],
)
def test_a_day_is_picked_unless_what_was_typed_would_be_lost(
    value: str, time: bool, kind: str
) -> None:
    moment = MomentField("at", _("When"), value, time=time)
    page = parsed(form_fragment(Form(_("Form"), Sample(), (moment,), _("Send")), SPEECH))
    control = page.all("input")[0].attributes
    assert (control["type"], control["value"]) == (kind, value)
