
# At the time limit and by scancel --signal=TERM --batch, this script alone gets the signal: it passes it on.
stopping=
trial=
stop() {
  stopping=1
  [[ -z $trial ]] || kill -TERM "$trial" 2>/dev/null
}
trap stop TERM

attempt() {
  "${command[@]}" "$SLURM_ARRAY_TASK_ID" &
  trial=$!
  [[ -z $stopping ]] || kill -TERM "$trial" 2>/dev/null
  wait "$trial"
  code=$?
  # A signal ends the wait before the trial ends.
  while kill -0 "$trial" 2>/dev/null; do
    wait "$trial"
    code=$?
  done
  trial=
}

# Puts this task back into the queue, unless the user has cancelled it.
requeue() { # reason
  if [[ $(squeue --noheader --jobs="$SLURM_JOB_ID" --format=%T 2>/dev/null) != RUNNING ]]; then
    exit "$code"
  fi
  if ((${SLURM_RESTART_COUNT:-0} >= requeues)); then
    echo "trial $SLURM_ARRAY_TASK_ID: $1; not put back into the queue again after $requeues times"
    exit "$code"
  fi
  echo "trial $SLURM_ARRAY_TASK_ID: $1; back into the queue"
  scontrol requeue "$SLURM_JOB_ID" || exit "$code"
  exit 0
}

for ((n = 0; n <= retries; n++)); do
  attempt
  case $code in
    0) exit 0 ;;
    2 | 3 | 42) exit "$code" ;; # another attempt would fail as well
    75) requeue "another process trains it" ;;
    143) requeue "told to stop" ;; # scancel alone tells only the trial
  esac
  [[ -z $stopping ]] || requeue "told to stop"
  echo "trial $SLURM_ARRAY_TASK_ID: attempt $((n + 1)) ended with exit code $code"
done
exit "$code"
