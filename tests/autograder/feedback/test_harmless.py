"""Pages that show a student's notebook run nothing of it, fetch nothing, and show what there is to show."""

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat import v4
from traitlets.config import Config

from autograder.feedback.exporter import FeedbackExporter
from autograder.feedback.harmless import Allowance, clean, make_outputs_harmless
from autograder.nbgrader_config import configure

PIXEL = "iVBORw0KGgo="
ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src='https://evil.example/x.js'></sCrIpT>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/seen.png'>",
    "<img src='/api/x.png'><img src='../x.png'><img src='//evil.example/x.png'><img src='x.png?a=1'>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<form action='/api/terminals'><button>x</button></form>",
    "<input class='score' id='check_stem' value='5'>",
    "<div id='check_stem' class='score tabbable'>x</div>",
    "<div style='position:fixed;top:0;margin:-99px;background:url(https://evil.example)'>x</div>",
    "<link rel=stylesheet href='https://evil.example/x.css'><meta http-equiv=refresh content='0;url=/'>",
    "<base href='https://evil.example'><object data=x></object><embed src=x>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]
PUZZLES = ["<!--><script>alert(1)</script-->", "<scr<script></script>ipt>alert(1)</script>"]
ACTIVE = {"script", "style", "iframe", "svg", "math", "form", "input", "button", "link", "meta", "base"}


def dangers(page):
    """What in a page would run, fetch, or be taken for the formgrader's."""
    found = []
    for tag in BeautifulSoup(page, "html.parser").find_all():
        if tag.name in ACTIVE | {"object", "embed", "noscript"}:
            found.append(tag.name)
        for name, value in tag.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value
            bad = name.startswith("on") or name in ("id", "name", "action", "data")
            bad = bad or (name == "src" and not text.startswith(("data:image/", "figures/")))
            bad = bad or (name == "href" and not text.startswith(("http://", "https://", "mailto:", "#")))
            bad = bad or (name == "class" and "score" in text)
            bad = bad or (name == "style" and any(word in text for word in ("url", "position", "margin")))
            if bad:
                found.append(f"{name}={text}")
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_is_cleaned(attack):
    assert dangers(attack)
    assert dangers(clean(attack)) == []
    assert dangers(clean(f"<table><tr><td>{attack}")) == []


@pytest.mark.parametrize("puzzle", PUZZLES)
def test_what_parsers_do_not_agree_on_is_cleaned(puzzle):
    assert "<script" not in clean(puzzle)
    assert "<script" not in clean(f"<p>{puzzle}</p>")


@pytest.mark.parametrize(
    "text",
    [
        '<table class="dataframe"><tbody><tr style="text-align: right;"><th>a</th></tr></tbody></table>',
        '<p><img alt="a figure" src="figures/module-1.svg"></p>',
        f'<img alt="a figure" src="data:image/png;base64,{PIXEL}" width="300">',
        '<h2>Why?</h2><p>Because <em>a</em> &lt; <a href="https://arxiv.org/abs/1409.4842">b</a>.<br></p>',
        "<details open><summary>more</summary><ul><li>one</li></ul></details>",
        '<div class="highlight hl-python"><pre><span class="k">def</span></pre></div>',
        '<div style="border-left: 4px solid #1a7f37; padding: 6px 12px; line-height: 1.45;">right</div>',
    ],
)
def test_what_only_shows_something_stays(text):
    assert clean(text) == text


def outputs(*made, allowance=None):
    cell = v4.new_code_cell("1", outputs=list(made))
    make_outputs_harmless(cell, allowance or Allowance())
    return cell.outputs


def test_outputs_keep_text_and_pictures_alone():
    data = {
        "text/plain": "a < b",
        "text/html": "<b onclick='x()'>a</b>",
        "text/markdown": "<script>",
        "image/png": PIXEL,
        "image/jpeg": 'AAAA" onload="x()',
        "application/javascript": "alert(1)",
        "application/vnd.jupyter.widget-view+json": {"model_id": "1"},
    }
    (output,) = outputs(
        v4.new_output("display_data", data, metadata={"image/png": {"width": "1 onload=x()"}})
    )
    assert output.data == {"text/plain": "a < b", "text/html": "<b>a</b>", "image/png": PIXEL}
    assert output.metadata == {}


def test_an_output_of_nothing_else_says_so():
    (output,) = outputs(v4.new_output("display_data", {"application/javascript": "alert(1)"}))
    assert output.data == {"text/plain": "[left out: application/javascript]"}


def test_html_that_takes_long_is_left_out_or_shown_as_written():
    def html(letters):
        return v4.new_output("display_data", {"text/html": "<b>" * (letters // 3), "text/plain": "b"})

    allowance = Allowance(letters=1000, at_once=600)
    kept = outputs(html(600), html(603), html(399), html(3), allowance=allowance)
    assert ["text/html" in output.data for output in kept] == [True, False, True, False]
    assert all(output.data["text/plain"] == "b" for output in kept)
    assert clean("<b>" * 20_000) == f"<pre>{'&lt;b&gt;' * 20_000}</pre>"


def test_numbers_and_names_that_are_none_are_not_kept():
    cell = v4.new_code_cell("1", outputs=[v4.new_output("execute_result", {"text/plain": "1"})])
    cell.execution_count = cell.outputs[0].execution_count = "<script>"
    cell.outputs.append(v4.new_output("stream", name="x' onload='y()", text="a"))
    make_outputs_harmless(cell, Allowance())
    assert cell.execution_count is cell.outputs[0].execution_count is None
    assert cell.outputs[1].name == "stdout"


@pytest.mark.parametrize("kind", ["markdown", "raw", "output"])
def test_pages_of_nbgraders_exporter_are_harmless(kind, tmp_path):
    config = configure(Config(), tmp_path, "sqlite:///x.db")
    assert FeedbackExporter(config=config).sanitize_html
    exporter = HTMLExporter(config=config, template_name="classic", exclude_anchor_links=True)
    empty = exporter.from_notebook_node(v4.new_notebook())[0]
    for attack in ATTACKS + PUZZLES:
        cell = {
            "markdown": v4.new_markdown_cell(f"A *word* {attack}"),
            "raw": v4.new_raw_cell(attack),
            "output": v4.new_code_cell("", outputs=[v4.new_output("display_data", {"text/html": attack})]),
        }[kind]
        page = exporter.from_notebook_node(v4.new_notebook(cells=[cell]))[0]
        shown = BeautifulSoup(page, "html.parser").find(class_=["text_cell_render", "output_html"])
        assert (shown is None) == (kind == "raw")
        assert shown is None or dangers(shown.decode_contents()) == []
        assert page.count("<script") == empty.count("<script")
        assert "evil.example" not in page
        assert kind != "markdown" or "<em>word</em>" in page
