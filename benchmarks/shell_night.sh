#!/bin/sh
# The night as a shell script would have it: get, one query, put. No gate, no hash, no read-back, no ledger.
# Arguments: options for sftp (one word each, up to --), then: server, raw file, Python with DuckDB, keys, work folder.
set -eu
options=""
while [ "$1" != "--" ]; do options="$options $1"; shift; done
shift
server=$1 raw=$2 python=$3 keys=$4 work=$5

cd "$work"
# shellcheck disable=SC2086  # one word each
printf 'get %s raw.csv\n' "$raw" | sftp -q -b - $options "$server" >&2
"$python" "$OLDPWD/benchmarks/semi_join.py" duckdb raw.csv "$keys" reset.csv >&2
# shellcheck disable=SC2086
printf 'put reset.csv hotwax/.staging/reset.csv\nrename hotwax/.staging/reset.csv hotwax/ResetInventory/reset.csv\n' |
    sftp -q -b - $options "$server" >&2
