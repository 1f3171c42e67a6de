"""Everything that can go wrong with backups.

BackupError
├── NotABackup         the file is no backup of Dalil's, or is damaged
├── DangerousBackup    it names files outside, or would fill the disk
└── NotEmpty           there is something where it would be brought back to
"""

from __future__ import annotations

from pathlib import Path


class BackupError(Exception):
    """The root: its text says what, which, and what to do."""


class NotABackup(BackupError):
    """The file is no backup of Dalil's, or is damaged; nothing is changed."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file} is no backup that can be brought back: {problem}")
        self.problem = problem


class DangerousBackup(BackupError):
    """The file was made to do harm, or is far larger than what it was made of; nothing is changed."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file} is refused: {problem}")
        self.problem = problem


class NotEmpty(BackupError):
    """There is something where a backup would be brought back to; nothing is changed."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} is not empty: give an empty folder with  --data DIR , or move it away")
        self.place = place
