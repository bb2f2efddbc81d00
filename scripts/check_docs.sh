#!/usr/bin/env bash
# Fails when a public declaration in Sources has no documentation comment, and names each one.
# What a protocol requires, a well-known one (Codable, Hashable, RawRepresentable, ...) or a public one of ours, is
# documented there; a declaration that fulfils it needs no second comment. A setting is documented by its sentence for help.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly RULE=AllPublicDeclarationsHaveDocumentation
readonly WITNESS='func (==|<|hash\(into|encode\(to)|init\(from decoder|init\(rawValue|(var|let) (rawValue|description|debugDescription|errorDescription|hashValue)\b|let [A-Za-z]+ = (Word|Shared)Setting\b'

# What public protocols require, as patterns to search for, each after a bar:
# |func predict|(var|let) task|init(_ specification
requirements() {
    find Sources -name '*.swift' -exec awk '
        function indent(text) { match(text, /^ */); return RLENGTH }
        FNR == 1 { inside = 0 }
        inside && indent($0) == base && /^ *}/ { inside = 0 }
        inside && indent($0) == base + 4 && match($0, /(func [^(<]+|var [A-Za-z]+|init\([^:]+)/) {
            print substr($0, RSTART, RLENGTH)
        }
        /^ *public protocol .*{$/ { inside = 1; base = indent($0) }
    ' {} + | sed -E 's/[(]/\\(/g; s/^var /(var|let) /; s/.*/|&\\b/' | tr -d '\n'
}

# Declarations that say `public` themselves: the formatter's own rule, which is off in .swift-format.
undocumented_declarations() {
    local fulfils
    fulfils="$WITNESS$(requirements)"
    swift format lint --recursive --configuration "{ \"version\": 1, \"rules\": { \"$RULE\": true } }" Sources 2>&1 \
        | { grep -F "[$RULE]" || true; } \
        | while IFS=: read -r file line _ _ message; do
            sed -n "${line}p" "$file" | grep -qE "$fulfils" || echo "$file:$line:$message"
        done
}

# Cases of public enumerations and requirements of public protocols, which are public without saying so.
undocumented_members() {
    find Sources -name '*.swift' -exec awk '
        function indent(text) { match(text, /^ */); return RLENGTH }
        FNR == 1 { inside = 0 }
        inside && indent($0) == base && /^ *}/ { inside = 0 }
        inside && indent($0) == base + 4 \
            && /^ *(case|(static |mutating )*(func|var|init|subscript)|associatedtype)[ (]/ && previous !~ /^ *(\/\/\/|@)/ {
            sub(/^ */, ""); print FILENAME ":" FNR ": add a documentation comment for: " $0
        }
        /^ *public (indirect )?(enum|protocol) .*{$/ { inside = 1; base = indent($0) }
        { previous = $0 }
    ' {} +
}

missing=$(undocumented_declarations; undocumented_members)
if [[ -n $missing ]]; then
    printf '%s\n' "$missing" >&2
    echo "check_docs: $(wc -l <<<"$missing") public declarations have no documentation comment" >&2
    exit 1
fi
