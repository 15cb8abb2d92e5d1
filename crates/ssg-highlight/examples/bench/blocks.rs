//! Generated code blocks in the languages of `bench/gen.py`.

/// A small deterministic generator, so that every run times the same bytes.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self, low: u64, high: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        low + (self.0 >> 11) % (high - low + 1)
    }

    fn pick(&mut self, words: &str) -> String {
        let all: Vec<&str> = words.split_whitespace().collect();
        all[self.roll(0, all.len() as u64 - 1) as usize].to_owned()
    }

    fn noun(&mut self) -> String {
        self.pick("pipeline cluster incident dashboard runbook alert queue budget release secret token tenant schema volume")
    }

    fn adjective(&mut self) -> String {
        self.pick("quiet brittle shared stateless ephemeral noisy boring elastic signed cold")
    }

    fn verb(&mut self) -> String {
        self.pick("rotate drain deploy observe throttle restore migrate audit")
    }

    fn tool(&mut self) -> String {
        self.pick("terraform ansible puppet chef nginx vault consul prometheus grafana jenkins")
    }

    fn ident(&mut self) -> String {
        let (a, b) = (self.noun(), self.noun());
        match self.roll(0, 1) {
            0 => format!("{a}_{b}"),
            _ => format!("{a}_{b}_{}", self.roll(1, 999)),
        }
    }
}

/// One block of `language`.
pub fn block(language: &str, d: &mut Dice) -> String {
    let (a, b, c) = (d.ident(), d.ident(), d.ident());
    let (n, m) = (d.roll(2, 20), d.roll(1024, 9999));
    let (noun, adj, verb, tool) = (d.noun(), d.adjective(), d.verb(), d.tool());
    let (upper, dashed) = (a.to_uppercase(), a.replace('_', "-"));
    match language {
        "yaml" => format!(
            "# {adj} {noun}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {dashed}\n  labels:\n    app: {b}\nspec:\n  replicas: {n}\n  template:\n    spec:\n      containers:\n        - name: {tool}\n          image: \"registry.example.org/{tool}:{n}.4\"\n          ports:\n            - containerPort: {m}\n          # {verb} the {noun}: true\n"
        ),
        "bash" => format!(
            "#!/usr/bin/env bash\nset -euo pipefail\n{upper}=\"${{1:-{b}}}\"\nreadonly LIMIT={m}\nfunction {b}() {{\n  local name=\"$1\"\n  echo \"{verb} ${{name}} on $(hostname)\" >&2\n  if [[ -f /etc/{c}.conf ]]; then\n    grep -E '^{noun}=[0-9]+' /etc/{c}.conf | cut -d= -f2\n  fi\n}}\nfor host in web{{1..{n}}}; do\n  ssh \"$host\" sudo systemctl restart {tool} || exit {n}\ndone\n{b} \"${upper}\"\n"
        ),
        "dockerfile" => format!(
            "FROM debian:buster-slim AS build\nLABEL maintainer=\"{a}@example.org\"\nENV {upper}={n} \\\n    HOME_DIR=/opt/{b}\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends {tool} curl \\\n && rm -rf /var/lib/apt/lists/*\nWORKDIR /opt/{b}\nCOPY . .\nRUN make {noun} VERSION={n}.7\nFROM scratch\nCOPY --from=build /opt/{b}/bin/{a} /usr/bin/{a}\nEXPOSE {m}\nUSER nobody\nENTRYPOINT [\"/usr/bin/{a}\", \"--{noun}\", \"{adj}\"]\n"
        ),
        "ruby" => format!(
            "# Cookbook:: {a}\n{b} = node['{noun}']['{adj}']\npackage '{tool}' do\n  version '{n}.3'\n  action :install\nend\ntemplate \"/etc/{a}.conf\" do\n  source '{c}.erb'\n  mode '0644'\n  variables({c}: {b}, count: {m})\n  notifies :restart, 'service[{a}]', :delayed\n  not_if {{ ::File.exist?('/var/lib/{c}/done') }}\nend\nservice '{a}' do\n  action [:enable, :start]\nend\n"
        ),
        "python" => format!(
            "import json\nfrom pathlib import Path\n\nclass {noun}Store:\n    \"\"\"{verb} the {adj} {noun}.\"\"\"\n    limit = {m}\n    def {b}(self, path: Path, retries: int = {n}) -> dict:\n        for attempt in range(retries):\n            try:\n                return {{k: v for k, v in json.loads(path.read_text()).items() if k != '{c}'}}\n            except OSError as err:\n                print(f\"{c} failed {{attempt}}: {{err!r}}\")\n        return {{}}\n\nprint({noun}Store().{b}(Path(\"/srv/{c}.json\")))\n"
        ),
        _ => format!(
            "variable \"{a}\" {{\n  type    = string\n  default = \"{adj}\"\n}}\n\nresource \"aws_instance\" \"{b}\" {{\n  ami           = \"ami-{m}{m}\"\n  instance_type = \"t3.micro\"\n  count         = {n}\n  tags = {{\n    Name  = \"{c}-${{var.{a}}}\"\n    Owner = \"{noun}\"\n  }}\n}}\noutput \"{c}\" {{ value = aws_instance.{b}[0].id }}\n"
        ),
    }
}
