#!/bin/sh
# Checks a file that `prasan verify --export FILE` wrote, with sha256sum alone: sh check.sh FILE
LC_ALL=C previous=$(printf '%064d' 0) n=0
bad() { echo "line $((n + 1)): the hash does not follow from the line before and the body"; exit 1; }
tr -d '\000' <"$1" | cmp -s - "$1" || { echo "not a file of lines: it holds a zero byte, or cannot be read"; exit 1; }
while IFS= read -r line; do
    body=${line#* } hash=$(printf '%s%s' "$previous" "${line#* }" | sha256sum | cut -d ' ' -f 1)
    [ "$hash $body" = "$line" ] || bad
    previous=$hash n=$((n + 1)) line=
done <"$1"
[ -z "$line" ] || bad
echo "$n lines agree; the journal ends with $previous."
