//! Names of languages: which are known, and what they stand for.
//!
//! The table here comes first; names and file extensions of the syntax set
//! stand behind it. A known language without a grammar (`promql`, `console`) is
//! plain text without a warning: the author named the right thing, and nothing
//! in the post could be changed to do better.

use std::collections::HashMap;
use syntect::parsing::SyntaxReference;

/// A language that blocks may name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language {
    /// The name to use, in lower case.
    pub name: String,
    /// Other names, sorted.
    pub aliases: Vec<String>,
    /// Whether code is highlighted; otherwise it is known, and plain.
    pub highlighted: bool,
}

/// Name, grammar in the syntax set ("" for plain text), further names.
const TABLE: &[(&str, &str, &str)] = &[
    ("bash", "Bourne Again Shell (bash)", "sh shell zsh ksh ash shellscript bats"),
    ("batch", "Batch File", "bat cmd dosbatch"),
    ("bicep", "", ""),
    ("c", "C", "h"),
    ("console", "", "shell-session shellsession terminal sh-session bash-session output"),
    ("cpp", "C++", "c++ cc cxx hpp"),
    ("csharp", "C#", "cs c#"),
    ("css", "CSS", ""),
    ("csv", "Separated Values", ""),
    ("cue", "", ""),
    ("diff", "Diff", "patch udiff"),
    ("docker", "Dockerfile (with bash)", "dockerfile containerfile"),
    ("dotenv", "DotENV", "env"),
    ("elixir", "Elixir", "ex exs"),
    ("erb", "HTML (Rails)", "eruby html.erb"),
    ("fsharp", "F#", "fs f# fsx"),
    ("gherkin", "", "feature"),
    ("go", "Go", "golang"),
    ("graphql", "GraphQL", "gql"),
    ("groovy", "Groovy", "gradle jenkinsfile jenkins"),
    ("haml", "Ruby Haml", ""),
    ("haproxy", "", ""),
    ("haskell", "Haskell", "hs"),
    ("hcl", "Terraform", "terraform tf tfvars opentofu tofu nomad packer"),
    ("html", "HTML", "htm xhtml"),
    ("http", "HTTP Request and Response", ""),
    ("ini", "INI", "conf cfg config systemd service unit desktop editorconfig"),
    ("java", "Java", ""),
    ("javascript", "JavaScript", "js mjs cjs node"),
    ("jinja", "Jinja2", "jinja2 j2 django"),
    ("json", "JSON", "jsonc json5 geojson jsonl ndjson webmanifest"),
    ("jsonnet", "jsonnet", "libsonnet"),
    ("jsx", "TypeScriptReact", ""),
    ("kotlin", "Kotlin", "kt kts"),
    ("kusto", "", "kql"),
    ("less", "Less", ""),
    ("lua", "Lua", ""),
    ("makefile", "Makefile", "make mk gnumakefile"),
    ("markdown", "Markdown", "md"),
    ("mermaid", "", ""),
    ("nginx", "nginx", "nginxconf"),
    ("nix", "Nix", ""),
    ("objective-c", "Objective-C", "objc obj-c objectivec"),
    ("perl", "Perl", "pl pm"),
    ("php", "PHP", ""),
    ("plantuml", "", "puml"),
    ("powershell", "PowerShell", "ps1 pwsh psm1 posh"),
    ("promql", "", ""),
    ("properties", "Java Properties", "java-properties"),
    ("proto", "Protocol Buffer", "protobuf proto3"),
    ("puppet", "Puppet", "pp"),
    ("python", "Python", "py py3 python3 pyi starlark bazel"),
    ("rego", "Rego", "opa"),
    ("ruby", "Ruby", "rb rake gemfile vagrantfile berksfile chef"),
    ("rust", "Rust", "rs"),
    ("scala", "Scala", "sbt"),
    ("scss", "SCSS", ""),
    ("sql", "SQL", "mysql postgresql postgres psql sqlite plsql tsql"),
    ("ssh-config", "SSH Config", "ssh_config sshconfig ssh"),
    ("sshd-config", "SSHD Config", "sshd_config"),
    ("swift", "Swift", ""),
    ("text", "", "plain txt none plaintext plain-text raw"),
    ("toml", "TOML", ""),
    ("tsx", "TypeScriptReact", ""),
    ("typescript", "TypeScript", "ts mts cts"),
    ("vim", "VimL", "viml vimscript"),
    ("xml", "XML", "svg xsd xsl pom"),
    ("yaml", "YAML", "yml ansible helm kubernetes k8s cloudformation"),
];

/// What code in a known language is run through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Nothing: it stays plain.
    Plain,
    /// The grammar with this number.
    Grammar(usize),
}

/// All names, for one syntax set.
pub(crate) struct Languages {
    by_name: HashMap<String, Target>,
    list: Vec<Language>,
}

impl Languages {
    /// Collects the names of the table and of a syntax set.
    pub(crate) fn new(syntaxes: &[SyntaxReference]) -> Self {
        let mut by_name = HashMap::new();
        let mut list = Vec::new();
        let mut tabled = vec![false; syntaxes.len()];
        for (name, syntax, aliases) in TABLE {
            let target = match syntaxes.iter().position(|s| s.name == *syntax) {
                Some(index) => {
                    tabled[index] = true;
                    Target::Grammar(index)
                }
                None => Target::Plain,
            };
            let mut aliases: Vec<String> = aliases.split_whitespace().map(str::to_owned).collect();
            aliases.sort_unstable();
            for key in aliases.iter().map(String::as_str).chain([*name]) {
                by_name.insert(key.to_owned(), target);
            }
            let highlighted = target != Target::Plain;
            list.push(Language { name: (*name).to_owned(), aliases, highlighted });
        }
        // Later syntaxes replace earlier ones of the same name, as in syntect.
        for (index, syntax) in syntaxes.iter().enumerate().rev() {
            let plain = syntax.name == "Plain Text";
            if syntax.hidden || plain {
                continue;
            }
            let target = Target::Grammar(index);
            let name = name_of(&syntax.name);
            let mut taken = |key: &String| {
                let free = !by_name.contains_key(key);
                by_name.entry(key.clone()).or_insert(target);
                free
            };
            let named = taken(&name);
            let mut aliases: Vec<String> =
                syntax.file_extensions.iter().map(|e| e.to_ascii_lowercase()).collect();
            aliases.push(syntax.name.to_ascii_lowercase());
            aliases.sort_unstable();
            aliases.dedup();
            aliases.retain(|alias| *alias != name && taken(alias));
            if named && !tabled[index] {
                list.push(Language { name, aliases, highlighted: true });
            }
        }
        list.sort_unstable();
        Self { by_name, list }
    }

    /// What a name stands for, whatever its case.
    pub(crate) fn find(&self, name: &str) -> Option<Target> {
        let name = name.trim();
        match self.by_name.get(name) {
            Some(target) => Some(*target),
            None => self.by_name.get(&name.to_ascii_lowercase()).copied(),
        }
    }

    /// All languages, by name.
    pub(crate) fn list(&self) -> &[Language] {
        &self.list
    }
}

/// "HTML (Rails)" becomes "html-rails".
fn name_of(syntax: &str) -> String {
    let words = syntax.split([' ', '(', ')', '/']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}
