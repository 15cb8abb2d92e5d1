-- The language server of ssg in Neovim 0.11 and later.
--
-- Copy this file to `lsp/ssg.lua` of your configuration (`~/.config/nvim/lsp/ssg.lua`), and write into `init.lua`:
--
--     vim.lsp.enable("ssg")

return {
  cmd = { "ssg", "lsp" },
  filetypes = { "markdown", "toml", "html", "htmldjango" },
  root_markers = { "ssg.toml" },
  -- Without a site the server has nothing to say.
  workspace_required = true,
}
