"""The LangChain retriever gives the library's own hits, verbatim."""

import pytest

from index.langchain_retriever import LibraryRetriever
from index.library import Library
from index.search import Filters


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_documents_are_the_hits_of_the_library(sample_library: Library) -> None:
    filters = Filters(region="云川市")
    found = LibraryRetriever(library=sample_library, k=3, filters=filters).invoke("课后服务怎么收费")
    hits = sample_library.search("课后服务怎么收费", k=3, filters=filters).hits
    assert [document.id for document in found] == [hit.clause.id for hit in hits]
    for document in found:
        text = sample_library.document(str(document.id).split(":")[0]).text
        assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content
