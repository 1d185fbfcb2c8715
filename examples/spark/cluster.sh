#!/usr/bin/env bash
# A standalone cluster of two workers on this machine, one job on it, and everything stopped again:
#   examples/spark/cluster.sh kho.parquet so-lieu/ [what else claims.py takes]
# PYTHON names a Python with the wheel and pyspark (python3 otherwise); Java 17 must be there. CORES is what each worker
# may use (1), MEMORY what an executor may (1g).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
export SPARK_HOME PYSPARK_PYTHON SPARK_LOCAL_IP=127.0.0.1
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
PYSPARK_PYTHON=$("$python" -c 'import sys; print(sys.executable)')
at=$(mktemp -d /tmp/solieu-spark.XXXXXX)
started=()
stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait "${started[@]}" 2>/dev/null || true
  rm -rf "$at"
}
trap stop EXIT

start() {
  "$SPARK_HOME/bin/spark-class" "$@" >"$at/${#started[@]}.log" 2>&1 &
  started+=($!)
}
# Waits until a log says it, a minute at most.
until_said() {
  for _ in $(seq 120); do
    grep -q "$2" "$at/$1.log" && return
    sleep 0.5
  done
  cat "$at/$1.log" >&2
  exit 2
}

port=${PORT:-7077}
start org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
until_said 0 'Starting Spark master at'
master=$(grep -o 'spark://127.0.0.1:[0-9]*' "$at/0.log" | head -1)
for n in 1 2; do
  start org.apache.spark.deploy.worker.Worker "$master" --host 127.0.0.1 --webui-port 0 \
    --cores "${CORES:-1}" --memory 2g --work-dir "$at/work$n"
done
for n in 1 2; do until_said "$n" 'Successfully registered with master'; done

"$SPARK_HOME/bin/spark-submit" --master "$master" --conf spark.executor.memory="${MEMORY:-1g}" \
  --conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false "$here/claims.py" "$@" 2>"$at/job.log" ||
  { cat "$at/job.log" >&2; exit 1; }
echo "workers: $(grep -c 'Asked to launch executor' "$at"/[12].log | sed 's/.*://' | tr '\n' ' ')executors launched"
