#!/usr/bin/env bash
# record.sh SOURCE [OPTION...]: matrix.sh at -O0 and -O2, and the tree of foo alone.
export TREES=foo
exec "$(dirname "${BASH_SOURCE[0]}")/../../support/lit/matrix.sh" "$1" "-O0 ${*:2}" "-O2 ${*:2}"
