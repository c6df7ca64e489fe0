# Sourced by the run scripts in the folders next to this file.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
results=$root/tools/benchmarks/results
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
cleanup=()
trap 'rm -rf "${cleanup[@]}"' EXIT

# Compiles modules/speed and everything it needs, and prints its class path; arguments go to Maven.
# test-compile, because some modules' tests need the test classes of others.
build() {
  (cd "$root" && mvn -q -B -DskipTests "$@" -pl modules/speed -am test-compile \
    dependency:build-classpath -Dmdep.outputFile=target/class-path -Dmdep.includeScope=runtime) >&2 || return
  echo "$root/modules/speed/target/classes:$(<"$root/modules/speed/target/class-path")"
}

cpu() {
  sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1
}

# The processor as part of a file name.
slug() {
  tr 'A-Z' 'a-z' <<<"${1:-$(cpu)}" | tr -cs 'a-z0-9' '-' | sed 's/^-*//; s/-*$//'
}

load() {
  echo "load before: $(cut -d ' ' -f 1 /proc/loadavg)"
}

header() { # title, command
  local instructions
  instructions=$(grep -m 1 '^flags' /proc/cpuinfo | tr ' ' '\n' | grep -xE 'avx2|avx512f|avx512_bf16|amx_bf16' | tr '\n' ' ')
  echo "$1"
  echo "hardware: $(cpu), $(nproc) cores, $instructions, $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)"
  echo "date: $(date -u +%F)"
  echo "load: the figure is the run queue of the last minute; above 0 before a start: other programs were running"
  echo "versions: OpenMargin $(git -C "$root" rev-parse --short HEAD), TensorFlow Java 1.1.0 (TensorFlow 2.18), Java $("$java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')"
  echo "command: $2"
}

# Prints a function's output and writes it to a results file, which appears only when complete.
record() { # name, function
  local file=$results/$1
  cleanup+=("$file.unfinished")
  "$2" | tee "$file.unfinished"
  mv "$file.unfinished" "$file"
}
