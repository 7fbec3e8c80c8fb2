#!/usr/bin/env bash
# readme_block.sh README HEADING LANGUAGE: prints the one code block in LANGUAGE under HEADING.
set -euo pipefail
awk -v heading="$2" -v fence="\`\`\`$3" '
  /^```/ {fenced = !fenced; inside = fenced && found && $0 == fence; blocks += inside; next}
  /^#/ && !fenced {sub(/^#+ /, ""); found = $0 == heading}
  inside {print}
  END {exit blocks != 1}' "$1" || { echo "$1 has no single $3 block under '$2'" >&2; exit 1; }
