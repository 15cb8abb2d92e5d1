//! Blocks of code in the languages of the trade, about fifteen lines each.

use crate::dice::Dice;
use crate::words::Words;

/// Language and form: places as in sentences; letters in other braces stay.
const FORMS: [(&str, &str); 6] = [
    (
        "yaml",
        "# {q} {t}, see `{i}`
- name: {a} the {t}
  hosts: {x}
  become: true
  vars:
    {i}: {d}
    {i}: \"{q}-{d}\"
  tasks:
    - name: install {x}
      package:
        name: {x}
        state: present
    - name: {a} {t}
      template: { src: {t}.j2, dest: /etc/{x}.conf, mode: \"0640\" }
      notify: restart {x}
  handlers:
    - { name: restart {x}, service: { name: {x}, state: restarted } }",
    ),
    (
        "bash",
        "#!/bin/bash
# {a} the {q} {t}
set -eu
{i}=${1:-{q}}
readonly limit={d}
main() {
  local count=0
  while read -r name size; do
    if (( size > limit )) && [[ $name != *.{t} ]]; then
      printf '%s: {q} %d\\n' \"$name\" \"$size\" >&2
      count=$((count + 1))
    fi
  done < <(du -sk /srv/{t}/* | awk '{ print $2, $1 }' | sort -n)
  return $(( count > {d} ? 1 : 0 ))
}
main \"${i}\" || { echo \"{t} is {q}\"; exit {d}; }",
    ),
    (
        "dockerfile",
        "# syntax=docker/dockerfile:1
FROM alpine:3.{d} AS base
ARG {i}={d}
ENV PATH=/opt/{t}/bin:$PATH \\
    MODE={q}
RUN apk add --no-cache {x} ca-certificates \\
    && adduser -D -u 10{d} {t}
COPY --chown={t} . /srv/{t}
WORKDIR /srv/{t}
RUN ./{a}.sh --{q} > /tmp/{i}.log
FROM base
HEALTHCHECK --interval={d}s CMD [\"/opt/{t}/check\", \"{q}\"]
EXPOSE 80{d}
USER {t}
CMD [\"{x}\", \"--config\", \"/etc/{i}.conf\"]",
    ),
    (
        "ruby",
        "# {q} {t}
module Bench
  LIMIT = {d}
  class Report
    attr_reader :{i}, :lines
    def initialize(path, {i}: nil)
      @{i} = {i} || '{q}'
      @lines = File.readlines(path, chomp: true)
    end
    def each_{t}_line
      return to_enum(__method__) unless block_given?
      lines.grep(/^{t}: \\d+$/) { |line| yield line.split(': ').last.to_i }
    end
    def to_s = \"#{@{i}}: #{lines.size} of #{LIMIT}\"
  end
end
puts Bench::Report.new('/var/log/{x}.log')",
    ),
    (
        "python",
        "\"\"\"{a} the {q} {t}.\"\"\"
import re
import sys
from collections import Counter

PATTERN = re.compile(r\"^(?P<name>[a-z]+)\\s+(\\d+)$\", re.M)

def {i}(text: str, limit: int = {d}) -> Counter:
    # {q} first
    found = Counter()
    for match in PATTERN.finditer(text):
        if int(match[2]) >= limit and match[\"name\"] != '{t}':
            found[match[\"name\"]] += 1
    return found

if __name__ == \"__main__\":
    print(f\"{q}: {{i}(sys.stdin.read())!r}\")",
    ),
    (
        "hcl",
        "# {q} {t}
locals {
  {i} = \"{q}\"
}

resource \"google_compute_instance\" \"{i}\" {
  name         = \"{t}-${local.{i}}\"
  machine_type = \"n{d}-standard\"
  count        = {d}
  labels = {
    owner = \"{x}\"
    size  = max({d}, length(var.{i}))
  }
}

output \"{i}\" { value = google_compute_instance.{i}[*].id }",
    ),
];

/// A fenced block.
pub fn code_block(dice: &mut Dice, words: &Words) -> String {
    let (language, form) = dice.pick(&FORMS);
    format!("```{language}\n{}\n```", words.fill(dice, form))
}
