#!/bin/sh
# Puts @NAME@ together from its parts, which are in the same folder as this script.
#
#   sh join [FOLDER]     writes FOLDER/@NAME@; default: the current folder
#
# Checks every part first, then the whole archive before naming it: an archive of that name is complete.
set -eu

name='@NAME@'
whole='@SHA256@'
bytes='@BYTES@'
unpack='@UNPACK@'

fail() {
  printf 'join: %s\n' "$1" >&2
  exit 1
}

if command -v sha256sum >/dev/null 2>&1; then
  digest() { sha256sum <"$1" | cut -c 1-64; }
elif command -v shasum >/dev/null 2>&1; then
  digest() { shasum -a 256 <"$1" | cut -c 1-64; }
elif command -v openssl >/dev/null 2>&1; then
  digest() { openssl dgst -sha256 -r <"$1" | cut -c 1-64; }
else
  fail 'needs sha256sum, shasum or openssl'
fi

parts=$(cd "$(dirname "$0")" && pwd)
target=${1:-.}
[ $# -le 1 ] || fail 'one folder at most; usage: sh join [FOLDER]'
[ -d "$target" ] || fail "$target is not a folder"
[ -w "$target" ] || fail "cannot write to $target; name another folder: sh join FOLDER"
[ -r "$parts/SHA256SUMS" ] || fail "SHA256SUMS is missing in $parts: copy all files again"

bad=0
count=0
while read -r sum file; do
  count=$((count + 1))
  if [ ! -f "$parts/$file" ]; then
    printf 'join: missing: %s\n' "$file" >&2
    bad=$((bad + 1))
  elif [ "$(digest "$parts/$file")" != "$sum" ]; then
    printf 'join: damaged: %s\n' "$file" >&2
    bad=$((bad + 1))
  fi
done <"$parts/SHA256SUMS"
[ "$count" -gt 0 ] || fail "SHA256SUMS in $parts is empty: copy it again"
[ "$bad" -eq 0 ] || fail "$bad of $count parts cannot be used: copy them again; nothing was written"

free=$(($(df -Pk "$target" | tail -n 1 | awk '{print $4}') * 1024))
[ "$free" -ge "$bytes" ] || fail "needs $bytes bytes in $target; only $free are free"

unfinished=$target/.$name.$$
trap 'rm -f "$unfinished"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
while read -r sum file; do
  cat "$parts/$file"
done <"$parts/SHA256SUMS" >"$unfinished" || fail "cannot write to $target"
[ "$(digest "$unfinished")" = "$whole" ] ||
  fail 'the parts are intact but not from one archive: copy all files of one bundle again'
mv -f "$unfinished" "$target/$name"
printf '%s is complete; unpack it with: %s %s\n' "$target/$name" "$unpack" "$target/$name"
