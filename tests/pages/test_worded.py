"""The page with a language model set: its words once checked, what was left out, and what happens when it fails."""

from collections.abc import Iterator

import pytest
from model_server import ModelServer, model_server

from answer import answer

QUESTION = "课后服务最晚看护到几点？"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with model_server() as made:
        monkeypatch.setenv("YINJU_LLM_URL", made.url)
        monkeypatch.setenv("YINJU_LLM_MODEL", "测试模型")
        yield made


def test_an_answer_in_a_models_words(server: ModelServer, library, page, drawn) -> None:
    plain = answer(library, QUESTION)
    cited = {(each.document, each.clause) for each in plain.citations}
    first = next(hit.clause for hit in plain.hits if (hit.document.id, hit.clause.clause.start) in cited)
    words = first.text.split("。")[0]
    server.reply = f"{words}[1]。家长可以在校门口领取现金补贴99元[1]。"
    body = drawn(page(q=QUESTION))
    said, removed = body.split("语言模型另有1句没有依据，已删去")
    assert "yj-said" in said
    assert "由语言模型 测试模型 组织文字" in body
    assert "99元" not in said
    assert "数字在原文中没有" in removed
    assert "会发给语言模型 测试模型" in body


def test_a_model_that_fails_is_said(server: ModelServer, library, page, drawn) -> None:
    server.manner = "error"
    body = drawn(page(q=QUESTION))
    assert "语言模型没有答成" in body
    assert "以下是原文摘引" in body
    assert "逐句引自" in body


def test_what_a_model_says_is_never_markup(server: ModelServer, library, page, drawn) -> None:
    server.reply = "<script>window.hacked=1</script><img src=x onerror=alert(1)>课后服务[1]。"
    body = drawn(page(q=QUESTION))
    assert "<script>" not in body
    assert "<img" not in body
