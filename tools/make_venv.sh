#!/usr/bin/env bash
# Makes the virtual environment named by the first argument, unless a working one of Python 3.12 or later is there.
set -euo pipefail
venv=$1

if "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
    echo "bringing $venv up to date …" >&2
else
    python=$("$(dirname "$0")/find_python.sh")
    echo "setting up $venv with $("$python" --version), once; this takes a minute or two …" >&2
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
