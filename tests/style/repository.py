# The files of the repository, for the checks beside this module.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files():
    """The paths of all files from ROOT on, sorted: those that git tracks, and new ones that it does not ignore. Where git is
    not there or knows no repository, as on a bare machine, every file outside of build/."""
    git = shutil.which("git") and subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                                                 cwd=ROOT, capture_output=True, text=True)
    if git and git.returncode == 0:
        names = git.stdout.splitlines()
    else:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
                 if path.relative_to(ROOT).parts[0] not in ("build", ".git") and path.suffix != ".pyc"]
    return sorted(name for name in names if (ROOT / name).is_file())
