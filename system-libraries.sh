#!/bin/sh
# What Qt and the tests need from the system, which pip cannot bring.
# On Debian as root it installs what is missing; otherwise it says exactly what is, and set-up goes on.
# Silent when nothing is missing. Other systems than Linux need nothing.
set -eu
[ "$(uname -s)" = Linux ] || exit 0

# Debian package, and the library or command by which we know that it is there
NEEDED="
libglib2.0-0        libglib-2.0.so.0
libegl1             libEGL.so.1
libgl1              libGL.so.1
libxkbcommon0       libxkbcommon.so.0
libdbus-1-3         libdbus-1.so.3
libfontconfig1      libfontconfig.so.1
libxkbcommon-x11-0  libxkbcommon-x11.so.0
libxcb-cursor0      libxcb-cursor.so.0
libxcb-icccm4       libxcb-icccm.so.4
libxcb-keysyms1     libxcb-keysyms.so.1
libxcb-shape0       libxcb-shape.so.0
libcups2            libcups.so.2
xvfb                Xvfb
xauth               xauth
xdotool             xdotool
xclip               xclip
poppler-utils       pdftoppm
age                 age
sqlite3             sqlite3
"

libraries=$(/sbin/ldconfig -p 2>/dev/null || true)
missing=""
while read -r package proof; do
    [ -n "$package" ] || continue
    case $proof in
        *.so.*) case $libraries in *"	$proof "*) continue ;; esac ;;
        *)      command -v "$proof" >/dev/null && continue ;;
    esac
    missing="$missing $package"
done <<LIST
$NEEDED
LIST
python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing$missing"
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of packages, split on purpose
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
    echo "Going on without these system packages (names as in Debian):$missing" >&2
    echo "To have them, as root: apt-get install --no-install-recommends$missing" >&2
fi
