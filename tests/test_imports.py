from __future__ import annotations

import subprocess
import sys

import pytest

from tests.index.material import ROOT

SLOW_OR_HOSTILE = {
    "torch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "pdfminer",
    "lxml",
    "selectolax",
}


@pytest.mark.parametrize("module", ["index.library", "index.embedders", "retrieval.assistant", "bot.cli"])
def test_importing_loads_no_model_and_no_reader_of_files(module: str) -> None:
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & SLOW_OR_HOSTILE == set()


def test_the_command_line_is_there_at_once() -> None:
    program = "import sys, bot.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"numpy", "faiss", "tantivy", "pydantic"} == set()
