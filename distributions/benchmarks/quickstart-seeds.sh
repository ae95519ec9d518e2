#!/bin/sh
# Runs the quickstart with several seeds and prints, for each, the probe of the trained and of the untrained network and
# how many points lie between them. Fails if any margin is under 5 points.
#
#   distributions/benchmarks/quickstart-seeds.sh [SEED ...]        default: 101 102 103 104 105
#
# The settings of the quickstart were chosen with other seeds.

root=$(cd "$(dirname "$0")/../.." && pwd -P) || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
[ $# -gt 0 ] || set -- 101 102 103 104 105

echo "seed  trained  untrained  points  seconds"
failed=0
for seed in "$@"; do
  "$root/uad" quickstart --seed "$seed" --exp "$folder/$seed" --json >"$folder/$seed.json" 2>"$folder/$seed.log" || {
    cat "$folder/$seed.log" >&2
    exit 1
  }
  value() { sed -n "s/.*\"$1\" : \([0-9.]*\).*/\1/p" "$folder/$seed.json"; }
  awk -v seed="$seed" -v trained="$(value top1)" -v untrained="$(value randomTop1)" -v seconds="$(value seconds)" 'BEGIN {
    printf "%4d  %7.2f  %9.2f  %6.2f  %7.0f\n", seed, trained, untrained, trained - untrained, seconds
    exit trained - untrained < 5
  }' || failed=1
  rm -rf "${folder:?}/$seed"
done
exit $failed
