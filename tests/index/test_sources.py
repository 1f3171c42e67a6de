from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import Found, find_sources, shown

MB = 2**20
BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F]

needs_permissions = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def find(*paths: Path, max_bytes: int = MB) -> Found:
    return find_sources(paths, max_bytes=max_bytes)


def names(found: Found) -> list[str]:
    return [source.name for source in found.sources]


def reasons(found: Found) -> dict[str, str]:
    return {error.name: error.reason for error in found.refused}


def put(path: Path, content: str = "نص") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_files_are_found_in_all_folders_and_sorted_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.PDF", "a/b/تقرير.docx", "z.md", "a.html", "a/a.htm"):
        put(tmp_path / name)
    found = find(tmp_path)
    assert names(found) == ["a.html", "a/a.htm", "a/b/تقرير.docx", "a/c.PDF", "b.txt", "z.md"]
    assert found.refused == ()
    source = found.sources[3]
    assert (source.path, source.suffix, source.size) == (tmp_path / "a/c.PDF", ".pdf", 4)


def test_a_file_given_directly_has_its_own_name(tmp_path: Path) -> None:
    assert names(find(put(tmp_path / "a/b.txt"))) == ["b.txt"]


def test_hidden_files_office_locks_and_the_catalogue_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "~$report.docx", "catalogue.toml", "a/catalogue.toml", "a.txt"):
        put(tmp_path / name)
    found = find(tmp_path, tmp_path / "catalogue.toml")
    assert names(found) == ["a.txt"]
    assert found.refused == ()


def test_a_hidden_folder_that_was_asked_for_is_searched(tmp_path: Path) -> None:
    put(tmp_path / ".reports/a.txt")
    assert names(find(tmp_path / ".reports")) == ["a.txt"]


@pytest.mark.parametrize("name", ["a.xlsx", "LICENSE", "a.txt.gz", "a.txt "])
def test_an_unknown_kind_is_refused_and_the_known_ones_named(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    reason = "is of no known kind; known are .docx, .htm, .html, .md, .pdf, .txt"
    assert reasons(find(tmp_path)) == {name: reason}


@pytest.mark.parametrize(
    ("size", "shown_size"), [(200 * MB, "200 MB"), (64 * MB + 1, "64.1 MB"), (1000 * MB + 1, "1000.1 MB")]
)
def test_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path: Path, size: int, shown_size: str) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(size)
    reason = f"is too large: {shown_size}, over the limit of 64 MB (DALIL_MAX_FILE_MB)"
    assert reasons(find(tmp_path, max_bytes=64 * MB)) == {"a.pdf": reason}
    assert names(find(tmp_path, max_bytes=size)) == ["a.pdf"]


def test_a_path_that_does_not_exist_is_refused_and_the_others_are_found(tmp_path: Path) -> None:
    found = find(tmp_path / "gone", put(tmp_path / "a.txt"), tmp_path / "gone", Path("a\0b"))
    assert names(found) == ["a.txt"]
    assert reasons(found) == {
        str(tmp_path / "gone"): "does not exist",
        "a\\x00b": "is no path a file can have",
    }
    assert len(found.refused) == 2


def test_a_folder_or_file_given_twice_is_taken_once(tmp_path: Path) -> None:
    file = put(tmp_path / "a/b.txt")
    found = find(tmp_path, tmp_path / "a", file, tmp_path / "a/../a/b.txt", tmp_path)
    assert names(found) == ["a/b.txt"]
    assert found.refused == ()


def test_the_same_name_in_two_folders_is_taken_from_the_first(tmp_path: Path) -> None:
    first, second = put(tmp_path / "one/a.txt"), put(tmp_path / "two/a.txt")
    found = find(first.parent, second.parent)
    assert [source.path for source in found.sources] == [first]
    assert reasons(found) == {"a.txt": f"has the same name as {first}, which is taken already: rename one of them"}


def test_links_to_files_and_folders_are_followed_after_what_is_really_there(tmp_path: Path) -> None:
    put(tmp_path / "reports/b/c.txt")
    put(tmp_path / "elsewhere/d.txt")
    (tmp_path / "reports/a.txt").symlink_to("b/c.txt")
    (tmp_path / "reports/aa").symlink_to("b")
    (tmp_path / "reports/link").symlink_to(tmp_path / "elsewhere")
    found = find(tmp_path / "reports")
    assert names(found) == ["b/c.txt", "link/d.txt"]
    assert found.refused == ()


def test_links_that_lead_nowhere_or_in_a_circle_are_refused(tmp_path: Path) -> None:
    put(tmp_path / "a/b.txt")
    (tmp_path / "gone.txt").symlink_to("nothing.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "a/up").symlink_to("..")
    (tmp_path / "a/here").symlink_to(".")
    found = find(tmp_path)
    assert names(found) == ["a/b.txt"]
    assert reasons(found) == {
        "a/here": "is a link to a folder that holds it: remove the link",
        "a/up": "is a link to a folder that holds it: remove the link",
        "gone.txt": "is a link to nothing: remove it",
        "self.txt": "is a link that leads back to itself: remove it",
    }


def test_links_between_two_folders_end(tmp_path: Path) -> None:
    put(tmp_path / "in/a.txt")
    put(tmp_path / "out/b.txt")
    (tmp_path / "in/out").symlink_to("../out")
    (tmp_path / "out/in").symlink_to("../in")
    assert names(find(tmp_path / "in")) == ["a.txt", "out/b.txt"]


def test_pipes_sockets_and_devices_are_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "null.txt").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.txt"))
        found = find(tmp_path, tmp_path / "pipe.txt")
    assert found.sources == ()
    assert set(reasons(found).values()) == {"is no ordinary file, but a pipe, a socket or a device"}
    assert len(found.refused) == 4


@needs_permissions
def test_what_may_not_be_read_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "a.txt").chmod(0)
    put(tmp_path / "closed/b.txt").parent.chmod(0)
    put(tmp_path / "listed/c.txt").parent.chmod(0o400)
    try:
        found = find(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
        (tmp_path / "listed").chmod(0o700)
    assert set(reasons(found)) == {"a.txt", "closed", "listed/c.txt"}
    assert all("permission denied" in reason for reason in reasons(found).values())


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        (b"a\nb.txt", "a\\nb.txt"),
        (b"a\x1b[31m.txt", "a\\x1b[31m.txt"),
        ("a\u202etxt.pdf".encode(), "a\\u202etxt.pdf"),
        (b"a\xff.txt", "a\\udcff.txt"),
        ("\u200fتقرير.txt".encode(), "\\u200fتقرير.txt"),
    ],
)
def test_a_name_that_cannot_be_shown_is_refused_written_out(tmp_path: Path, name: bytes, escaped: str) -> None:
    (tmp_path / "folder").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/folder/" + name)).write_text("نص")
    reason = "has characters in its name that cannot be shown: rename it"
    assert reasons(find(tmp_path)) == {f"folder/{escaped}": reason}


def test_a_folder_whose_name_cannot_be_shown_is_refused_once(tmp_path: Path) -> None:
    put(tmp_path / "a\nb/c.txt")
    put(tmp_path / "a\nb/d.txt")
    assert list(reasons(find(tmp_path))) == ["a\\nb"]


def test_folders_nested_deeper_than_python_recurses_are_searched(tmp_path: Path) -> None:
    depth = 1500
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    try:
        assert names(find(tmp_path)) == ["d/" * depth + "a.txt"]
    finally:  # pytest cannot remove folders as deep as these
        (tmp_path / ("d/" * depth) / "a.txt").unlink()
        for level in range(depth, 0, -1):
            (tmp_path / ("d/" * level)).rmdir()


@given(st.text(st.characters(categories=["L", "N", "Zs", "P"])))
def test_ordinary_names_are_shown_as_they_are(name: str) -> None:
    assert shown(name) == name


@given(st.text(st.one_of(st.characters(), st.sampled_from([*map(chr, BIDI), "\n", "\x1b", "\udcff"]))))
def test_a_shown_name_is_harmless_and_can_be_written(name: str) -> None:
    safe = shown(name)
    assert not {*map(chr, BIDI), *map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))} & set(safe)
    safe.encode("utf-8")
