#!/bin/sh
# Usage: install.sh ENVIRONMENT REQUIREMENTS
# Makes a virtual environment, installs locked requirements by their hashes, and leaves the program
# at ENVIRONMENT/bin/commonplace. Uses uv when it is there and can, pip otherwise; PYTHON names the
# python to use.
set -eu

environment=$1
requirements=$2
root=$(cd "$(dirname "$0")/.." && pwd)

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "Commonplace needs Python 3.11 or newer, and none was found." \
        "Install it, or name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
}

make_environment() {
    python=$(find_python)
    echo "Making $environment with $("$python" --version)"
    if ! "$python" -m venv --clear "$environment"; then
        rm -rf "$environment"
        echo "This Python cannot make virtual environments." \
            "On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
}

with_uv() {
    command -v uv >/dev/null 2>&1 && uv pip install --quiet --python "$environment/bin/python" \
        --require-hashes --compile-bytecode -r "$requirements"
}

with_pip() {
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes -r "$requirements"
}

install_requirements() {
    echo "Installing $requirements"
    with_uv || with_pip
}

# A path file makes the project importable from everywhere without building it; -P keeps a folder
# named `app` in the current directory from being taken for the program.
install_program() {
    packages=$("$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$root" >"$packages/commonplace.pth"
    cat >"$environment/bin/commonplace" <<'LAUNCHER'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -P -m app "$@"
LAUNCHER
    chmod +x "$environment/bin/commonplace"
}

[ -x "$environment/bin/python" ] && new_enough "$environment/bin/python" || make_environment
install_requirements
install_program
