#!/bin/sh
# Kills a run at random moments, resumes it, and compares what it ends with, byte by byte, with a run that was never
# interrupted: weights, checkpoint, assignments, metrics.
#
#   distributions/benchmarks/kill-and-resume.sh IMAGES [KILLS] [SEED]        default: 20 kills, seed of the moments 1
#
# IMAGES is any folder of a few hundred images; the quickstart's will do. Each kill is of a run of its own, which is killed
# once with SIGKILL and then resumed to its end.

root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 1
[ $# -ge 1 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
images=$1
kills=${2:-20}
seed=${3:-1}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

train() {
  exec "$root/uad" train "$images" --config quickstart --set fusion.plugin=concat --exp "$1" --epochs 4 --batch 32 \
    --checkpoints 5 --seed 3 --set engine.threads=1 --set reduction.components=16 --set clustering.k=20 \
    --set sampling.reassign=0.5 $2
}

# Without a launcher's build or a cold disk in the way of the clock.
(train "$folder/warm" "--epochs 1") >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
began=$(date +%s)
(train "$folder/whole" "") >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
seconds=$(($(date +%s) - began))
echo "a whole run takes $seconds s"

failed=0
hits=0
attempt=0
while [ "$hits" -lt "$kills" ] && [ "$attempt" -lt $((4 * kills)) ]; do
  attempt=$((attempt + 1))
  rm -rf "$folder/killed"
  after=$(awk -v seed="$seed$attempt" -v seconds="$seconds" 'BEGIN { srand(seed); printf "%.2f", 0.3 + rand() * seconds }')
  (train "$folder/killed" "") >"$folder/log" 2>&1 &
  process=$!
  sleep "$after"
  kill -KILL "$process" 2>/dev/null
  wait "$process" 2>/dev/null
  if grep -q "^train finished" "$folder/log"; then continue; fi # it was quicker than the whole run before
  hits=$((hits + 1))
  stage=$(grep -v '^\[W' "$folder/log" | tail -1 | cut -c1-60)
  (train "$folder/killed" --resume) >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
  result=equal
  for file in checkpoint.safetensors checkpoint.json metrics.jsonl clusters checkpoints; do
    diff -rq "$folder/whole/$file" "$folder/killed/$file" || { result=DIFFERENT; failed=1; }
  done
  echo "$hits: killed after $after s ($stage): $result"
done
[ "$hits" -eq "$kills" ] || { echo "kill-and-resume.sh: only $hits of $kills runs were still going when killed" >&2; failed=1; }
exit $failed
