#!/bin/sh
# What each part of the method is worth: trains and probes every combination on a labelled image set with train/ and val/,
# and prints a table of top-1 accuracies, at the last probe epoch and (in brackets) at the best one.
#
#   distributions/benchmarks/ablation.sh DATA FOLDER [SEED ...]        default: seed 1
#
# What is finished stays in FOLDER and is not done again, so an interrupted call goes on where it stopped. ROWS chooses
# rows, EPOCHS and PROBE_EPOCHS the lengths (15 each), UAD_ARGUMENTS what is added to every training
# (--set engine.threads=1).

root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 1
[ $# -ge 2 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
data=$1
folder=$2
shift 2
[ $# -gt 0 ] || set -- 1
rows=${ROWS:-random deepcluster uad-u fusion uad balanced uad-program}
epochs=${EPOCHS:-15}
probe_epochs=${PROBE_EPOCHS:-15}
arguments=${UAD_ARGUMENTS:---set engine.threads=1}
mkdir -p "$folder" || exit 1

settings() {
  case "$1" in
    deepcluster | random) echo "--config deepcluster" ;;
    uad-u) echo "--config uad-u" ;;
    fusion) echo "--config uad --set uncertainty.plugin=uniform" ;;
    uad) echo "--config uad" ;;
    balanced) echo "--config uad --set fusion.plugin=balanced-concat" ;;
    uad-program) echo "--config uad-program" ;;
    *) echo "ablation.sh: no row '$1'" >&2; exit 2 ;;
  esac
}

# The random row needs no training: it probes the first weights of the network that the baseline begins with.
run() {
  name=$1-$2
  model="$folder/$name"
  [ "$1" = random ] && model="$folder/deepcluster-$2"
  if [ ! -f "$model/trained" ]; then
    # shellcheck disable=SC2046,SC2086 # words
    "$root/uad" train "$data/train" $(settings "$1") --exp "$model" --resume --seed "$2" --epochs "$epochs" \
      --k 200 --batch 64 --lr 0.05 --set image.size=64 $arguments >>"$model.log" 2>&1 || return 1
    touch "$model/trained"
  fi
  [ -f "$folder/$name-probe/probed" ] && return 0
  untrained=
  [ "$1" = random ] && untrained=--random
  # shellcheck disable=SC2086 # words
  "$root/uad" eval linear --data "$data" --model "$model" $untrained --conv 1,2,3,4,5 --exp "$folder/$name-probe" \
    --overwrite --epochs "$probe_epochs" --wd -7 $arguments >>"$folder/$name-probe.log" 2>&1 || return 1
  touch "$folder/$name-probe/probed"
}

figures() {
  awk '{ last = $2; if ($2 > best) best = $2 } END { printf " %.1f (%.1f) |", last, best }' "$1"
}

row() {
  printf '| %s | %s |' "$1" "$2"
  if [ ! -f "$folder/$1-$2-probe/probed" ]; then
    echo " not reached | | | | | |"
    return
  fi
  for conv in 1 2 3 4 5; do
    figures "$folder/$1-$2-probe/log/prec1.conv$conv"
  done
  if [ "$1" = random ]; then
    echo " |"
  else
    sed -n 's/.*"nmi-labels":\([0-9.]*\).*/\1/p' "$folder/$1-$2/metrics.jsonl" |
      awk '{ last = $1 } END { printf " %.3f |\n", last }'
  fi
}

failed=0
for seed in "$@"; do
  for row in $rows; do
    run "$row" "$seed" || { echo "ablation.sh: $row with seed $seed failed, see $folder/$row-$seed*.log" >&2; failed=1; }
  done
done

echo "| row | seed | conv1 | conv2 | conv3 | conv4 | conv5 | NMI to the labels |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
for seed in "$@"; do
  for row in $rows; do
    row "$row" "$seed"
  done
done
exit $failed
