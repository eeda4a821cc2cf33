"""Nothing of a document acts on a page."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.markup import Markup, join, label, tag, text


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes = dict(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text(), st.text())
def test_words_and_attributes_come_back_as_they_went_in(words: str, note: str) -> None:
    read = _Read()
    read.feed(tag("p", words, title=note))
    read.close()
    assert read.tags == ["p"]
    assert read.words == words
    assert read.attributes == {"title": note}


def test_only_markup_keeps_its_angle_brackets() -> None:
    inner = tag("b", "<i>")
    assert inner == "<b>&lt;i&gt;</b>"
    assert tag("p", inner, "<i>") == "<p><b>&lt;i&gt;</b>&lt;i&gt;</p>"
    assert isinstance(join([inner, "<"]), Markup)
    assert text("<a href='x'>") == "&lt;a href=&#x27;x&#x27;&gt;"


def test_joining_strings_by_hand_loses_the_name_of_markup() -> None:
    assert not isinstance(tag("b", "x") + "<script>", Markup)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "//evil.example",
        "https://evil.example",
        "data:text/html,x",
        "/read?x",
        "../x",
        "read?x y",
        "read\n?x",
        "./\\evil.example",
    ],
)
def test_links_that_leave_the_site_are_refused(link: str) -> None:
    with pytest.raises(ValueError, match="leaves this site"):
        tag("a", "x", href=link)


@pytest.mark.parametrize("link", ["./", "./?q=%E8%AF%BE", "read?document=0a&clause=1", "search", "library", "#c12"])
def test_links_inside_the_site_are_drawn(link: str) -> None:
    assert f'href="{link.replace("&", "&amp;")}"' in tag("a", "x", href=link)


@pytest.mark.parametrize("name", ["onclick", "style", "src", "srcdoc", "formaction"])
def test_attributes_that_act_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="could act"):
        tag("p", "x", **{name: "x"})


def test_none_and_false_leave_an_attribute_out() -> None:
    assert tag("details", class_=None, open=False) == "<details></details>"
    assert tag("details", class_="a", open=True, data_copy="b") == '<details class="a" open data-copy="b"></details>'


def test_labels_show_markdown_as_it_is_written() -> None:
    assert label("**x** $y$ :red[z] `a` <b> [c](d) # e") == (r"\*\*x\*\* \$y\$ \:red\[z\] \`a\` \<b\> \[c\]\(d\) \# e")
    assert label("课间\n休息") == "课间 休息"
