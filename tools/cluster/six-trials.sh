# For verify-slurm and verify-spark: a plan of six small trials, run on this machine and somewhere else, and compared.
# Sourced with `dir`, a new folder, and `tool`, the caller's name.

here=(--results local/results --work local/runs)

fail() {
  printf '%s: %s\n' "$tool" "$1" >&2
  exit 1
}

say() {
  printf '%s\n' "$1" | tee -a "$dir/result.txt"
}

benchmark() { # subcommand, its arguments
  "$openmargin" --quiet benchmark "$1" plan.textproto "${@:2}"
}

# Makes and enters the folder; writes the plan. Long enough to be caught in the middle: some ten seconds each.
begin() {
  [[ ! -e $dir ]] || fail "$dir exists; name a new folder"
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
  openmargin=$root/tools/openmargin
  [[ -x $openmargin ]] || openmargin=$root/bin/openmargin
  mkdir -p "$dir"
  cd "$dir"
  cat >plan.textproto <<TEXT
# proto-file: openmargin/v1/benchmark.proto
# proto-message: openmargin.v1.BenchmarkConfig
name: "six-trials"
experiment: "$root/proto/experiments/synthetic/tiny.textproto"
set: "runtime.deterministic=true"
set: "training.epochs=${EPOCHS:-40}"
methods { name: "Softmax" set: "loss.softmax={}" }
methods { name: "OMCL" }
trials { name: "1" known_classes: [0, 2, 4, 6] }
trials { name: "2" known_classes: [1, 2, 4, 6] }
trials { name: "3" known_classes: [1, 3, 5, 7] }
seeds: 0
baseline: "Softmax"
cluster {
  cpus: 1
  memory_mib: 2048
  slurm { time_limit_minutes: 60 }
}
TEXT
}

# Waits until a file holds a text; fails after twenty minutes.
await() { # text, file
  local tries
  for ((tries = 0; tries < 6000; tries++)); do
    ! grep -qsE -- "$1" "$2" || return 0
    sleep 0.2
  done
  fail "'$1' did not appear in $dir/$2"
}

# All figures; times and machines differ.
compare_reports() { # name of the folder of the other run
  local there=(--results "$1/results" --work "$1/runs")
  benchmark report --format csv "${here[@]}" >local.csv
  benchmark report --format csv "${there[@]}" >"$1.csv"
  cmp local.csv "$1.csv" || fail "the reports differ: diff $dir/local.csv $dir/$1.csv"
  plain "${here[@]}" >local.txt
  plain "${there[@]}" >"$1.txt"
  cmp local.txt "$1.txt" || fail "the reports differ: diff $dir/local.txt $dir/$1.txt"
  say "the report equals that of the local run: $(wc -l <local.txt) lines, $(wc -l <local.csv) rows"
}

plain() { # report, without the lines that say on which machine, when and how long
  benchmark report "$@" | sed -E '/^- (machine|commit|finished|training): /d'
}
