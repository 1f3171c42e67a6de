"""Other systems on the same passages and questions, in a process (if wanted, an interpreter) of their own.

``python peers.py NAME PASSAGES.jsonl QUESTIONS.json`` prints figures as JSON. Needs nothing but the standard
library and the peer, so that it runs in a virtual environment that has only the peer (``txtai-dense`` is given our
embedder, which needs PyStemmer and safetensors too). A peer that would take more than most of the memory that is free
ends with an error: the machine goes on.

The peers get passages that are cut already and held in memory. They read no files, embed nothing, write
and verify nothing, quote nothing, and do not say when there is no answer: their times cover less than ours.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

if __name__ == "__main__":  # run as a file, from an interpreter that knows no other module of ours
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measuring import free_memory, memory, percentiles

Search = Callable[[str], list[int]]
"""Gives the rows of at most `TOP` passages for a question, best first."""

TOP: Final = 10
_SEARCHING: Final = 120.0  # seconds after which no further question is asked: some peers take seconds for each
_FEWEST: Final = 10
_TAKEN: Final = 0.8  # of the free memory, at most


def bm25s(texts: Sequence[str]) -> Search:
    """bm25s: BM25 scores computed beforehand, in sparse NumPy arrays; words as they are."""
    library: Any = import_module("bm25s")
    index = library.BM25()
    index.index(library.tokenize(list(texts), stopwords=None, show_progress=False), show_progress=False)

    def search(question: str) -> list[int]:
        tokens = library.tokenize([question], stopwords=None, show_progress=False)
        rows, scores = index.retrieve(tokens, k=min(TOP, len(texts)), show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return search


def haystack(texts: Sequence[str]) -> Search:
    """Haystack's InMemoryBM25Retriever."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    document = import_module("haystack").Document
    store = import_module("haystack.document_stores.in_memory").InMemoryDocumentStore()
    store.write_documents([document(id=str(row), content=text) for row, text in enumerate(texts)])
    retrievers: Any = import_module("haystack.components.retrievers.in_memory")
    retriever = retrievers.InMemoryBM25Retriever(store, top_k=TOP)

    def search(question: str) -> list[int]:
        return [int(found.id) for found in retriever.run(query=question)["documents"]]

    return search


def txtai(texts: Sequence[str]) -> Search:
    """The keyword index of txtai (BM25)."""
    embeddings = import_module("txtai").Embeddings(keyword=True)
    embeddings.index(enumerate(texts))

    def search(question: str) -> list[int]:
        return [int(row) for row, _ in embeddings.search(question, TOP)]

    return search


def txtai_dense(texts: Sequence[str]) -> Search:
    """The vectors of our embedder in txtai's index (FAISS), exact up to 5,000 passages."""
    embedder = import_module("index.embedders").load_embedder("shipped")
    embeddings = import_module("txtai").Embeddings(
        method="external", transform=lambda texts: embedder.embed_passages(texts), content=False
    )
    embeddings.index(enumerate(texts))

    def search(question: str) -> list[int]:
        return [int(row) for row, _ in embeddings.search(question, TOP)]

    return search


def tantivy(texts: Sequence[str]) -> Search:
    """The engine tantivy (BM25) with its default tokenizer: words at what is no letter or digit, in lower case."""
    library: Any = import_module("tantivy")
    schema = library.SchemaBuilder().add_unsigned_field("row", stored=True).add_text_field("text").build()
    index = library.Index(schema)
    writer = index.writer(num_threads=1)  # one segment: equal scores keep the order of the passages
    for row, text in enumerate(texts):
        writer.add_document(library.Document(row=row, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[int]:
        query = index.parse_query(" ".join(re.findall(r"\w+", question)), ["text"])
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(query, TOP).hits]

    return search


class Peer(NamedTuple):
    """How a peer indexes, the module and the distribution that it comes in, and by what it ranks."""

    indexed: Callable[[Sequence[str]], Search]
    module: str
    distribution: str
    by: str = "words as they are (BM25)"


PEERS: Final = {
    "haystack": Peer(haystack, "haystack", "haystack-ai"),
    "txtai": Peer(txtai, "txtai", "txtai"),
    "txtai-dense": Peer(txtai_dense, "txtai", "txtai", "our vectors"),
    "bm25s": Peer(bm25s, "bm25s", "bm25s"),
    "tantivy": Peer(tantivy, "tantivy", "tantivy"),
}
"""The peers by name."""


def installed() -> list[str]:
    """The peers that this interpreter has."""
    return [name for name, peer in PEERS.items() if find_spec(peer.module)]


def measure(name: str, passages: Sequence[tuple[str, str]], questions: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Indexes ``passages``, (document, text) each, and asks as many questions as there is time for."""
    import_module(PEERS[name].module)
    before = memory()
    begun = time.perf_counter()
    search = PEERS[name].indexed([text for _, text in passages])
    building = time.perf_counter() - begun
    search(questions[0][0])
    seconds, right, begun = [], 0, time.perf_counter()
    for question, gold in questions:
        asked = time.perf_counter()
        rows = search(question)
        seconds.append(time.perf_counter() - asked)
        right += bool(rows) and passages[rows[0]][0] == gold
        if time.perf_counter() - begun > _SEARCHING and len(seconds) >= _FEWEST:
            break
    return {
        "peer": name,
        "version": version(PEERS[name].distribution),
        "passages": len(passages),
        "seconds": round(building, 3),
        "passages_a_second": round(len(passages) / building, 1),
        "questions": len(seconds),
        **percentiles(seconds),
        "first_document_right_percent": round(100 * right / len(seconds), 1),
        "memory_before": before,
        "memory": memory(),
    }


def _main(name: str, passages_file: str, questions_file: str) -> None:
    if limit := int(_TAKEN * free_memory()):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    with Path(passages_file).open(encoding="utf-8") as lines:
        passages = [(document, text) for document, text in map(json.loads, lines)]
    questions = [(text, gold) for text, gold in json.loads(Path(questions_file).read_text(encoding="utf-8"))]
    print(json.dumps(measure(name, passages, questions)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
