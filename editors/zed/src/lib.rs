//! Starts `ssg lsp` in Zed where a project is a site.

use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Ssg;

impl zed::Extension for Ssg {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        if worktree.read_text_file("ssg.toml").is_err() {
            return Err("this project is no site: it has no ssg.toml".to_owned());
        }
        let command = worktree.which("ssg").ok_or("`ssg` is not on the PATH")?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Ssg);
