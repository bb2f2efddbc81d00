#!/usr/bin/env bash
# Says where code decides by the kind of a task outside of Sources/Attar/Tasks: what depends on a task's meaning is asked of its TaskKind, what depends on shapes
# switches on AnswerForm and Truth.
set -euo pipefail
cd "$(dirname "$0")/.."

found=$(grep -rnE \
    -e 'isClassification' \
    -e '\.(accuracy|agreement|logLoss) *: *\.(r2|mse|mae|r2ToTeacher)' \
    -e '(kind|task) *(==|!=) *\.(classification|regression|embedding)\b' \
    -e 'case \.(classification|regression)\b' \
    Sources --include='*.swift' | grep -v '^Sources/Attar/Tasks/' || true)
if [[ -n $found ]]; then
    echo "These lines decide by the kind of a task; ask the TaskKind, or switch on AnswerForm or Truth:" >&2
    echo "$found" >&2
    exit 1
fi
