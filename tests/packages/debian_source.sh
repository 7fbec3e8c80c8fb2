# Gets a Debian source package into the current directory, with a configuration of our own: the
# machine's stays as it is. Usage: fetch_source PACKAGE [--tar-only], which leaves out Debian's part.
fetch_source() {
  mkdir -p apt/lists/partial apt/cache/archives/partial
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
    "http://deb.debian.org/debian bookworm main" > apt/sources.list
  local options=(-qq -o Dir::Etc::sourcelist="$PWD/apt/sources.list" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$PWD/apt/lists" -o Dir::Cache="$PWD/apt/cache"
    -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  apt-get "${options[@]}" source --download-only "${@:2}" "$1"
}
