# Counts what a run has recorded. The variables `package` and `omnitrace`, a path, have to be set.
fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# The number of calls in all workspaces of a folder, each of which is verified.
count_calls() {
  local file calls=0
  for file in "$1"/*.omni; do
    "$omnitrace" verify "$file" > "$file.verified" || fail "$package: $(cat "$file.verified")"
    calls=$((calls + $("$omnitrace" info --json "$file" |
      sed -n 's/.*"calls":\([0-9]*\),"dropped.*/\1/p')))
  done
  echo "$calls"
}
