#!/usr/bin/env bash
# Prints the path of a Python that can make our environment: 3.12 or later, with venv and pip on board.
# PYTHON names one to use instead. Prints one line on stderr and exits with 1 if there is none.
set -euo pipefail

suitable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

location() { # the interpreter itself, also where the name is a shim
    "$1" -c 'import sys; print(sys.executable)'
}

if [ -n "${PYTHON:-}" ]; then
    candidates=("$PYTHON")
    case "$PYTHON" in
        */*) ;;
        # A name may be a shim of pyenv that works in some folders only: its installations are looked at too.
        *) candidates+=("${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/"$PYTHON") ;;
    esac
    for candidate in "${candidates[@]}"; do
        if suitable "$candidate"; then
            location "$candidate"
            exit 0
        fi
    done
    echo "PYTHON=$PYTHON is not a working Python 3.12 or later with the venv module" >&2
    exit 1
fi

# 3.12 first, as in .python-version; then what is newer; then the installations of pyenv.
for candidate in python3.12 python3.13 python3.14 python3 python \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python; do
    if suitable "$candidate"; then
        location "$candidate"
        exit 0
    fi
done
echo "no suitable Python: 3.12 or later with the venv module is needed; install one or give PYTHON=/path/to/python" >&2
exit 1
