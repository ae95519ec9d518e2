#!/bin/sh
# Puts the installed engines beside each other: AlexNet, batch 128, at 64 and at 224 pixels. Each round lets every engine do the
# same work in a process of its own, one after the other ('uad engines compare'); printed are the medians of all rounds.
#
#   distributions/benchmarks/engines.sh [ROUNDS] [THREADS]        default: 3 rounds, 1 thread
#
# Other engines than the distribution's must be installed first, see plugins/engine-libtorch and plugins/engine-dl4j.

root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 1
rounds=${1:-3}
threads=${2:-1}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# The median of a figure of an engine over all rounds.
median() {
  awk -v engine="\"$2\"" -v figure="\"$3\"" '
    $1 == "\"engine\"" { current = $3; sub(/,$/, "", current) }
    $1 == figure && current == engine { sub(/,$/, "", $3); print $3 }' "$1"/*.json |
    sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

echo "| image | engine | training, ms/image | forward, ms/image | memory, MiB |"
echo "| --- | --- | --- | --- | --- |"
for side in 64 224; do
  mkdir "$folder/$side"
  round=0
  while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    "$root/uad" engines compare --json --images 128 --batch 128 --steps 2 --set image.size=$side \
      --set engine.threads="$threads" --set clustering.k=16 --set reduction.components=32 \
      >"$folder/$side/$round.json" 2>"$folder/errors" || { cat "$folder/errors" >&2; exit 1; }
  done
  for engine in $(sed -n 's/^ *"engine" : "\(.*\)",$/\1/p' "$folder/$side/1.json" | sort -u); do
    echo "$side $engine $(median "$folder/$side" "$engine" trainingMillis) \
      $(median "$folder/$side" "$engine" forwardMillis) $(median "$folder/$side" "$engine" peakBytes)" |
      awk '{ printf "| %d | %s | %.2f | %.2f | %d |\n", $1, $2, $3, $4, $5 / 1048576 }'
  done
done
