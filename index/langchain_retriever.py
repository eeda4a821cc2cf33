"""The library as a LangChain retriever, for those who build on LangChain; the one use of LangChain here."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from index.library import Library
from index.search import Filters, Hit


class LibraryRetriever(BaseRetriever):
    """Finds the k clauses that answer a question best; metadata hold title, label, source and range."""

    library: Any  # a Library; pydantic knows no type for it
    k: int = 10
    filters: Any = None  # Filters or None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        library: Library = self.library
        filters: Filters | None = self.filters
        return [as_langchain(hit) for hit in library.search(query, k=self.k, filters=filters).hits]


def as_langchain(hit: Hit) -> LangChainDocument:
    """A hit as a LangChain document: the clause verbatim, and what is needed to cite it."""
    clause, metadata = hit.clause.clause, hit.document.metadata
    return LangChainDocument(
        id=hit.clause.id,
        page_content=hit.clause.text,
        metadata={
            "source": hit.document.source,
            "title": metadata.title,
            "doc_number": metadata.number,
            "label": clause.citation_label or clause.label,
            "start": clause.start,
            "end": clause.end,
            "score": hit.score,
        },
    )
